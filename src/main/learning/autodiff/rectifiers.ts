import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { constantMask, stopGradient } from './stop-gradient.ts';
import { sumToShape } from './sum-to-shape.ts';

/**
 * Piecewise activations. Stock is right for ReLU, but differentiates its mask on the second pass: work for a zero.
 * Stock throws for the others (Greater has no gradient).
 */
const whereAbove = (x: tf.Tensor, limit: number): tf.Tensor => constantMask(tf.greater(stopGradient(x), limit));

export const reluGradient = defineGradient(tf.Relu, ['x'], (dy, [x]) => ({
  x: () => tf.mul(dy, whereAbove(x!, 0)),
}));

export const relu6Gradient = defineGradient(tf.Relu6, ['x'], (dy, [x]) => ({
  x: () => tf.mul(dy, tf.mul(whereAbove(x!, 0), constantMask(tf.lessEqual(stopGradient(x!), 6)))),
}));

export const leakyReluGradient = defineGradient(tf.LeakyRelu, ['x'], (dy, [x], attributes) => ({
  x: () => {
    const slope = attributes.alpha as number;
    return tf.mul(dy, tf.add(tf.mul(whereAbove(x!, 0), 1 - slope), slope));
  },
}));

export const preluGradient = defineGradient(tf.Prelu, ['x', 'alpha'], (dy, [x, alpha]) => ({
  x: () => {
    const positive = whereAbove(x!, 0);
    return tf.mul(dy, tf.add(positive, tf.mul(tf.sub(1, positive), alpha!)));
  },
  alpha: () => sumToShape(tf.mul(dy, tf.mul(x!, tf.sub(1, whereAbove(x!, 0)))), alpha!.shape),
}));
