import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** Stock saves the output: the second derivative of the sigmoid vanishes, and with it the third of softplus. */
export const sigmoidGradient = defineGradient(tf.Sigmoid, ['x'], (dy, [x]) => ({
  x: () => {
    const y = tf.sigmoid(x!);
    return tf.mul(dy, tf.mul(y, tf.sub(1, y)));
  },
}));
