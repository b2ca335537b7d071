import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { constantMask, stopGradient } from './stop-gradient.ts';

/** The derivative of ELU with alpha 1 is exp(min(x, 0)). Stock saves the output and has no gradient for EluGrad. */
export const eluGradient = defineGradient(tf.Elu, ['x'], (dy, [x]) => ({
  x: () => tf.mul(dy, tf.exp(tf.minimum(x!, 0))),
}));

// Klambauer 2017, arXiv 1706.02515, equation 2
const SELU_SCALE = 1.0507009873554805;
const SELU_SCALE_ALPHA = 1.0507009873554805 * 1.6732632423543772;

/** Stock throws on the second pass: Greater has no gradient. */
export const seluGradient = defineGradient(tf.Selu, ['x'], (dy, [x]) => ({
  x: () => {
    const positive = constantMask(tf.greater(stopGradient(x!), 0));
    const negativeSlope = tf.mul(tf.exp(tf.minimum(x!, 0)), tf.mul(tf.sub(1, positive), SELU_SCALE_ALPHA));
    return tf.mul(dy, tf.add(tf.mul(positive, SELU_SCALE), negativeSlope));
  },
}));
