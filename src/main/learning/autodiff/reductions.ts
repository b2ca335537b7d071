import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { allAxes, spreadOver } from './sum-to-shape.ts';

/**
 * Right on stock, but it multiplies by a tensor of ones made in JavaScript: a recorded graph would carry that tensor
 * as a constant for every sum. Repeating needs no constant.
 */
export const sumGradient = defineGradient(tf.Sum, ['x'], (dy, [x], attributes) => ({
  x: () => spreadOver(dy, x!.shape, allAxes(attributes.axis, x!.shape)),
}));

export const meanGradient = defineGradient(tf.Mean, ['x'], (dy, [x], attributes) => ({
  x: () => {
    const axes = allAxes(attributes.axis, x!.shape);
    const count = axes.reduce((product, axis) => product * x!.shape[axis]!, 1);
    return spreadOver(tf.div(dy, count), x!.shape, axes); // divided before it is repeated: fewer numbers
  },
}));
