/** The pieces of a transformer layer, as transformers computes them in float32. */

import * as tf from '@tensorflow/tfjs-core';
import type { EncoderActivation } from './encoder-config.ts';
import { type Precision, product } from './product.ts';

/** x W^T + b; x [n, inputs], weight [outputs, inputs]. */
export const linear = (
  x: tf.Tensor,
  weight: tf.Tensor,
  bias: tf.Tensor,
  precision: Precision = 'float32',
): tf.Tensor2D => tf.add(product(x, weight, { transposeA: false, transposeB: true }, precision), bias);

/** Over the last axis, with the variance of the whole population: Ba 2016, arXiv 1607.06450. */
export function layerNorm<T extends tf.Tensor>(x: T, scale: tf.Tensor, shift: tf.Tensor, epsilon: number): T {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon))), scale), shift);
}

export const activations: Readonly<Record<EncoderActivation, (x: tf.Tensor) => tf.Tensor>> = {
  /** x P(X <= x) of the standard normal: Hendrycks and Gimpel 2016, arXiv 1606.08415. */
  gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  /** Its approximation by tanh. */
  gelu_new: (x) => {
    const inner = tf.mul(tf.add(x, tf.mul(tf.pow(x, 3), 0.044715)), Math.sqrt(2 / Math.PI));
    return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
  },
  relu: tf.relu,
};
