import type * as tf from '@tensorflow/tfjs-core';
import { batchNorm } from './batch-norm.ts';
import { type Initializer, ones, zeros } from './initializers.ts';
import type { BatchStatistics, Normalization, ParameterSpec } from './model.ts';

/** A convolution without bias, which its batch norm would take out again: kernel [..., in, out], scale and shift [out]. */
export function normedConvolution(name: string, kernel: readonly number[], initialize: Initializer): ParameterSpec[] {
  const shape = [kernel.at(-1)!];
  const part = 'body';
  return [
    { name: `${name}/kernel`, shape: kernel, initialize, part },
    { name: `${name}/scale`, shape, initialize: ones, part, norm: 'scale' },
    { name: `${name}/shift`, shape, initialize: zeros, part, norm: 'shift' },
  ];
}

/** Goes through the normed convolutions of a network in the order of their parameters. */
export interface NormedConvolutions {
  /** The next convolution, by what `convolve` does with x and its kernel, and its batch norm. */
  next<X extends tf.Tensor>(x: X, convolve: (x: X, kernel: tf.Tensor) => tf.Tensor): X;
  /** Statistics used so far. */
  readonly statistics: BatchStatistics;
}

export function normedConvolutions(
  parameters: readonly tf.Tensor[],
  normalization: Normalization,
  epsilon: number,
): NormedConvolutions {
  const statistics: BatchStatistics[number][] = [];
  return {
    statistics,
    next: <X extends tf.Tensor>(x: X, convolve: (x: X, kernel: tf.Tensor) => tf.Tensor): X => {
      const layer = statistics.length;
      const [kernel, scale, shift] = parameters.slice(3 * layer) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const { output, used } = batchNorm(convolve(x, kernel), normalization, layer, { scale, shift, epsilon });
      statistics.push(used);
      return output as X;
    },
  };
}
