import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { constantMask, stopGradient } from './stop-gradient.ts';
import { allAxes, spreadOver } from './sum-to-shape.ts';

/**
 * Stock throws on the second pass (Equal has no gradient) and gives each of several equal maxima the whole gradient;
 * here they share it.
 */
export const maxGradient = defineGradient(tf.Max, ['x'], (dy, [x], attributes) => ({
  x: () => throughExtremes(dy, x!, allAxes(attributes.reductionIndices, x!.shape), tf.max),
}));

export const minGradient = defineGradient(tf.Min, ['x'], (dy, [x], attributes) => ({
  x: () => throughExtremes(dy, x!, allAxes(attributes.axis, x!.shape), tf.min),
}));

function throughExtremes(dy: tf.Tensor, x: tf.Tensor, axes: number[], reduce: typeof tf.max): tf.Tensor {
  const values = stopGradient(x);
  const mask = constantMask(tf.equal(values, reduce(values, axes, true)));
  const share = tf.div(mask, tf.sum(mask, axes, true));
  return tf.mul(spreadOver(dy, x.shape, axes), share);
}
