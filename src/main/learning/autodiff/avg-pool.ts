import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { stopGradient } from './stop-gradient.ts';

/** As stock, but the input, of which only the shape counts, is a constant to the gradient kernel. */
export const avgPoolGradient = defineGradient(tf.AvgPool, ['x'], (dy, [x], attributes) => ({
  x: () => tf.engine().runKernel(tf.AvgPoolGrad, { dy, input: stopGradient(x!) }, attributes) as tf.Tensor,
}));

/** The pooling gradient is linear in dy, and the transpose of a transpose is pooling itself. Stock throws. */
export const avgPoolGradGradient = defineGradient(tf.AvgPoolGrad, ['input'], (ddx, [input], attributes) => ({
  dy: () => tf.engine().runKernel(tf.AvgPool, { x: ddx }, attributes) as tf.Tensor,
  input: () => tf.zerosLike(input!),
}));
