import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** Stock saves the output: the second derivative of tanh vanishes. */
export const tanhGradient = defineGradient(tf.Tanh, ['x'], (dy, [x]) => ({
  x: () => tf.mul(dy, tf.sub(1, tf.square(tf.tanh(x!)))),
}));
