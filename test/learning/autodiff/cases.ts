import * as tf from '@tensorflow/tfjs-core';
import { crossEntropy, logSoftmax } from '../../../src/main/learning/losses.ts';
import { positiveTensor, randomTensor, type ScalarFunction } from '../differences.ts';

export interface GradientCase {
  readonly name: string;
  readonly f: ScalarFunction;
  readonly inputs: () => tf.Tensor[];
  /** What stock tfjs 4.22 does with the second derivative. */
  readonly stock: 'wrong' | 'throws' | 'right';
}

/** A scalar with curvature of its own, so that linear ops have a second derivative to get wrong. */
const curved = (y: tf.Tensor): tf.Tensor => tf.mean(tf.square(tf.add(y, 0.3)));

const elementWise = (name: string, op: (x: tf.Tensor) => tf.Tensor, stock: GradientCase['stock']): GradientCase => ({
  name,
  f: (x) => curved(op(x!)),
  inputs: () => [randomTensor(name, [3, 4])],
  stock,
});

const image = (name: string) => randomTensor(name, [2, 6, 6, 2]) as tf.Tensor4D;
/** Values that are far apart, so that no small step changes which of them is the largest. */
const ranked = (shape: number[]): tf.Tensor => {
  const size = tf.util.sizeFromShape(shape);
  const order = Array.from({ length: size }, (_, i) => ((i * 7919) % size) / 4 - size / 8);
  return tf.tensor(order, shape);
};
const oneHot = (): tf.Tensor => tf.tensor2d([0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1], [3, 4]);

export const gradientCases: readonly GradientCase[] = [
  elementWise('exp', tf.exp, 'wrong'),
  elementWise('tanh', tf.tanh, 'wrong'),
  elementWise('sigmoid', tf.sigmoid, 'wrong'),
  elementWise('softplus', tf.softplus, 'right'),
  elementWise('relu', tf.relu, 'right'),
  elementWise('relu6', tf.relu6, 'throws'),
  elementWise('leakyRelu', (x) => tf.leakyRelu(x, 0.2), 'throws'),
  elementWise('elu', tf.elu, 'throws'),
  elementWise('selu', tf.selu, 'throws'),
  elementWise('softmax', (x) => tf.softmax(x), 'wrong'),
  elementWise('erf', tf.erf, 'right'),
  elementWise('expandDims', (x) => tf.expandDims(tf.square(x), 1), 'right'),
  elementWise('slice', (x) => tf.slice(tf.square(x), [1, 0], [2, 3]), 'right'),
  elementWise('split and concat', (x) => tf.concat(tf.split(tf.square(x), [1, 3], 1).toReversed(), 1), 'right'),
  elementWise('addN', (x) => tf.addN([x, tf.square(x), tf.mul(x, 2)]), 'right'),
  {
    name: 'square root, its inverse and the logarithm',
    f: (x) => curved(tf.add(tf.add(tf.sqrt(x!), tf.rsqrt(x!)), tf.log(x!))),
    inputs: () => [positiveTensor('square root', [3, 4])],
    stock: 'right',
  },
  ...[false, true].flatMap((transposeA) =>
    [false, true].map(
      (transposeB): GradientCase => ({
        name: `matMul of a batch, ${transposeA ? 'transposed' : 'plain'} by ${transposeB ? 'transposed' : 'plain'}`,
        f: (a, b) => curved(tf.matMul(a!, b!, transposeA, transposeB)),
        inputs: () => [
          randomTensor('left', transposeA ? [2, 4, 3] : [2, 3, 4]),
          randomTensor('right', transposeB ? [2, 5, 4] : [2, 4, 5]),
        ],
        stock: 'right',
      }),
    ),
  ),
  elementWise('abs', tf.abs, 'right'),
  elementWise('clipByValue', (x) => tf.clipByValue(x, -0.5, 0.5), 'throws'),
  elementWise('sum', (x) => tf.sum(tf.square(x), 0), 'right'),
  elementWise('mean', (x) => tf.mean(tf.square(x), 1), 'right'),
  elementWise('tile', (x) => tf.tile(tf.square(x), [2, 3]), 'right'),
  {
    name: 'tile of single rows',
    f: (x) => curved(tf.mul(tf.tile(x!, [5, 1]), randomTensor('factor', [5, 4]))),
    inputs: () => [randomTensor('row', [1, 4])],
    stock: 'right',
  },
  elementWise('logSoftmax of losses.ts', logSoftmax, 'wrong'),
  {
    name: 'cross-entropy of losses.ts',
    f: (logits) => crossEntropy(logits!, oneHot()),
    inputs: () => [randomTensor('logits', [3, 4], 0.2, 3)],
    stock: 'wrong',
  },
  {
    name: 'softplus, third order',
    f: (x) => tf.sum(tf.grad((at: tf.Tensor) => tf.sum(tf.square(tf.softplus(at))))(x!)),
    inputs: () => [randomTensor('softplus', [5])],
    stock: 'wrong',
  },
  {
    name: 'prelu',
    f: (x, alpha) => curved(tf.prelu(x!, alpha!)),
    inputs: () => [randomTensor('prelu', [3, 4]), randomTensor('slope', [4])],
    stock: 'throws',
  },
  {
    name: 'pow',
    f: (base, exponent) => curved(tf.pow(base!, exponent!)),
    inputs: () => [positiveTensor('base', [3, 4]), positiveTensor('exponent', [4])],
    stock: 'throws',
  },
  { name: 'max', f: (x) => curved(tf.max(x!, 1)), inputs: () => [ranked([3, 4])], stock: 'throws' },
  { name: 'min', f: (x) => curved(tf.min(x!, 0)), inputs: () => [ranked([3, 4])], stock: 'throws' },
  {
    name: 'maximum and minimum with broadcasting',
    f: (a, b) => curved(tf.add(tf.maximum(a!, b!), tf.minimum(tf.square(a!), b!))),
    inputs: () => [ranked([3, 4]), randomTensor('b', [4])],
    stock: 'throws',
  },
  {
    name: 'where with a comparison',
    f: (x) => curved(tf.where(tf.greater(x!, 0), tf.square(x!), tf.exp(x!))),
    inputs: () => [randomTensor('where', [3, 4])],
    stock: 'throws',
  },
  ...(['same', 'valid'] as const).flatMap((pad) =>
    [1, 2].map(
      (stride): GradientCase => ({
        name: `conv2d, ${pad}, stride ${stride}`,
        f: (x, filter) => curved(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad)),
        inputs: () => [image('conv2d'), randomTensor('filter', [3, 3, 2, 3])],
        stock: 'throws',
      }),
    ),
  ),
  ...[1, 2].map(
    (stride): GradientCase => ({
      name: `conv1d, stride ${stride}`,
      f: (x, filter) => curved(tf.conv1d(x as tf.Tensor3D, filter as tf.Tensor3D, stride, 'same')),
      inputs: () => [randomTensor('conv1d', [2, 7, 2]), randomTensor('filter', [3, 2, 3])],
      stock: 'throws',
    }),
  ),
  {
    name: 'depthwiseConv2d',
    f: (x, filter) => curved(tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same')),
    inputs: () => [image('depthwise'), randomTensor('filter', [3, 3, 2, 1])],
    stock: 'throws',
  },
  {
    name: 'maxPool 2 x 2',
    f: (x) => curved(tf.maxPool(tf.square(x as tf.Tensor4D), 2, 2, 'valid')),
    inputs: () => [ranked([2, 7, 6, 2])],
    stock: 'throws',
  },
  {
    name: 'avgPool 2 x 2',
    f: (x) => curved(tf.avgPool(tf.square(x as tf.Tensor4D), 2, 2, 'same')),
    inputs: () => [randomTensor('avgPool', [2, 5, 6, 2])],
    stock: 'throws',
  },
  {
    name: 'batch normalisation by hand',
    f: (x, gamma) => {
      const centred = tf.sub(x!, tf.mean(x!, 0, true));
      const variance = tf.mean(tf.square(centred), 0, true);
      return tf.mean(tf.pow(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-3))), gamma!), 3));
    },
    inputs: () => [randomTensor('batch', [6, 3]), randomTensor('gamma', [3])],
    stock: 'right',
  },
];
