import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** Stock saves the output: half of the Hessian-vector product is lost. */
export const softmaxGradient = defineGradient(tf.Softmax, ['logits'], (dy, [logits], attributes) => ({
  logits: () => {
    const axis = attributes.dim as number;
    const y = tf.softmax(logits!, axis);
    return tf.mul(y, tf.sub(dy, tf.sum(tf.mul(dy, y), axis, true)));
  },
}));
