/** The pieces of a transformer layer, as transformers computes them in float32. */

import * as tf from '@tensorflow/tfjs-core';
import type { EncoderActivation } from './encoder-config.ts';
import { gelu } from './fused-kernels.ts';
import { type Precision, product } from './product.ts';

/** x W^T + b; x [n, inputs], weight [outputs, inputs]. */
export const linear = (
  x: tf.Tensor2D,
  weight: tf.Tensor,
  bias: tf.Tensor,
  precision: Precision = 'float32',
): tf.Tensor2D => tf.add(product(x, weight as tf.Tensor2D, { transposeA: false, transposeB: true }, precision), bias);

export const activations: Readonly<Record<EncoderActivation, (x: tf.Tensor) => tf.Tensor>> = {
  gelu,
  /** GELU's approximation by tanh. */
  gelu_new: (x) => {
    const inner = tf.mul(tf.add(x, tf.mul(tf.pow(x, 3), 0.044715)), Math.sqrt(2 / Math.PI));
    return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
  },
  relu: tf.relu,
};
