import * as tf from '@tensorflow/tfjs-core';
import type { BatchStatistics, Normalization } from './model.ts';

type Statistics = BatchStatistics[number];

/** What one batch norm made of its input, and the statistics that it used. */
export interface Normalized {
  readonly output: tf.Tensor;
  readonly used: Statistics;
}

/** The parameters of one batch norm, each [channels], and its epsilon. */
export interface NormParameters {
  readonly scale: tf.Tensor;
  readonly shift: tf.Tensor;
  readonly epsilon: number;
}

/**
 * Batch norm of x [..., channels] (Ioffe and Szegedy 2015, arXiv 1502.03167): by the mean and variance of x over all
 * axes but the last, or by those given for this `layer`.
 */
export function batchNorm(
  x: tf.Tensor,
  normalization: Normalization,
  layer: number,
  parameters: NormParameters,
): Normalized {
  const used = normalization.kind === 'given' ? normalization.statistics[layer]! : statisticsOf(x);
  return { output: normalize(x, used, parameters), used };
}

function statisticsOf(x: tf.Tensor): Statistics {
  const axes = x.shape.slice(1).map((_, axis) => axis); // all but the last
  const mean = tf.mean(x, axes);
  return { mean, variance: tf.mean(tf.square(tf.sub(x, mean)), axes) };
}

/** (x - mean) / sqrt(variance + epsilon) * scale + shift, with one multiplication over the whole of x. */
function normalize(x: tf.Tensor, { mean, variance }: Statistics, { scale, shift, epsilon }: NormParameters): tf.Tensor {
  const factor = tf.mul(tf.rsqrt(tf.add(variance, epsilon)), scale); // [channels]
  return tf.add(tf.mul(tf.sub(x, mean), factor), shift);
}
