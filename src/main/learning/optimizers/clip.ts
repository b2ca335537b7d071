import * as tf from '@tensorflow/tfjs-core';
import type { ClipConfig } from '../../../shared/run-config/schema.ts';

/** Square root of the sum of all squares, a scalar. */
export function globalNorm(gradients: readonly tf.Tensor[]): tf.Tensor {
  const squares = gradients.map((gradient) => tf.sum(tf.square(gradient)));
  return tf.sqrt(tf.addN(squares));
}

/** `value`: each number to [-limit, limit] (Finn's code). `norm`: all together to a global norm of at most `limit`. */
export function clipGradients(
  gradients: readonly tf.Tensor[],
  norm: tf.Tensor,
  clip: ClipConfig,
): readonly tf.Tensor[] {
  switch (clip.kind) {
    case 'off':
      return gradients;
    case 'value':
      return gradients.map((gradient) => tf.clipByValue(gradient, -clip.limit, clip.limit));
    case 'norm': {
      const factor = tf.div(clip.limit, tf.maximum(norm, clip.limit));
      return gradients.map((gradient) => tf.mul(gradient, factor));
    }
  }
}
