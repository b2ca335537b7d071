import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileFunction, type PureFunction } from '../../../src/main/learning/compile/compiled-step.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { compiled, eager } from './compiling.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

type Operation = (x: tf.Tensor2D, image: tf.Tensor4D, integers: tf.Tensor1D) => tf.Tensor | tf.Tensor[];

const x = [0.5, -1.25, 2, 0.75, -0.1, 3];
const image = Array.from({ length: 2 * 4 * 4 * 2 }, (_, index) => Math.sin(index));
const integers = [1, 0, 1];

/** One operation of each kind that a network or a gradient may use, with its attributes. */
const operations: Readonly<Record<string, Operation>> = {
  'element by element': (v) => {
    const positive = tf.add(tf.abs(v), 0.5);
    return [
      ...[tf.exp, tf.square, tf.neg, tf.tanh, tf.sigmoid, tf.relu, tf.relu6, tf.elu, tf.selu, tf.softplus].map((f) =>
        f(v),
      ),
      ...[tf.sin, tf.cos, tf.atan, tf.erf, tf.floor, tf.ceil, tf.round, tf.sign, tf.expm1, tf.sinh].map((f) => f(v)),
      ...[tf.log, tf.sqrt, tf.rsqrt, tf.reciprocal, tf.log1p].map((f) => f(positive)),
      ...[tf.leakyRelu(v, 0.3), tf.clipByValue(v, -1, 1), tf.step(v), tf.prelu(v, tf.fill([2, 3], 0.2) as tf.Tensor2D)],
    ];
  },
  'two operands and broadcasting': (v) => {
    const row = tf.tensor1d([1, 2, 3]);
    return [tf.add, tf.sub, tf.mul, tf.div, tf.maximum, tf.minimum, tf.squaredDifference, tf.mod, tf.atan2].map((f) =>
      f(v, row),
    );
  },
  powers: (v) => [tf.pow(tf.abs(v), 3), tf.pow(tf.scalar(2), v)],
  'whole numbers': (v, _image, indices) => [
    ...[tf.floorDiv(indices, tf.scalar(2, 'int32')), tf.cast(v, 'int32'), tf.cast(tf.cast(v, 'bool'), 'float32')],
    ...[tf.oneHot(indices, 3), tf.gather(v, indices, 1), tf.cumsum(indices), tf.range(0, 3)],
  ],
  comparisons: (v) => [
    ...[tf.greater(v, 0), tf.greaterEqual(v, 0), tf.less(v, 0), tf.lessEqual(v, 0), tf.equal(v, 2), tf.notEqual(v, 2)],
    ...[tf.logicalAnd(tf.greater(v, 0), tf.less(v, 1)), tf.logicalOr(tf.greater(v, 0), tf.less(v, 1))],
    ...[tf.logicalNot(tf.greater(v, 0)), tf.where(tf.greater(v, 0), v, tf.neg(v)), tf.isNaN(v)],
  ],
  reductions: (v) => [
    ...[tf.sum(v, 0), tf.mean(v, 1, true), tf.max(v, 1), tf.min(v), tf.prod(v, 0), tf.argMax(v, 1), tf.argMin(v, 0)],
    ...[tf.all(tf.cast(v, 'bool'), 1), tf.any(tf.cast(v, 'bool')), tf.logSumExp(v, 1), tf.norm(v)],
  ],
  'softmax and its like': (v) => [tf.softmax(v), tf.logSoftmax(v)],
  'products of matrices': (v) => [
    ...[
      tf.matMul(v, v, false, true),
      tf.matMul(v, v, true),
      tf.dot(v, tf.ones([3, 1])),
      tf.outerProduct([1, 2], [3, 4]),
    ],
    tf.einsum('ij,kj->ik', v, v),
  ],
  shapes: (v) => [
    ...[tf.reshape(v, [3, 2]), tf.transpose(v), tf.expandDims(v, 1), tf.squeeze(tf.expandDims(v, 1), [1])],
    ...[tf.slice(v, [0, 1], [2, 2]), tf.stridedSlice(v, [0, 0], [2, 3], [1, 2]), tf.tile(v, [2, 2]), tf.reverse(v, 1)],
    ...[
      tf.concat([v, v], 1),
      tf.stack([v, v], 1),
      tf.pad(v, [
        [1, 0],
        [0, 2],
      ]),
      tf.broadcastTo(v, [2, 2, 3]),
    ],
    ...[...tf.split(v, [1, 2], 1), ...tf.unstack(v, 0), tf.onesLike(v), tf.zerosLike(v), tf.fill([2], 4)],
    ...[
      tf.mirrorPad(
        v,
        [
          [1, 1],
          [1, 1],
        ],
        'reflect',
      ),
      tf.eye(3),
      tf.linspace(0, 1, 5),
    ],
  ],
  sorting: (v) => {
    const { values, indices } = tf.topk(v, 2);
    return [values, indices];
  },
  scattering: (v, _image, indices) => [
    tf.scatterND(tf.reshape(indices, [3, 1]), tf.reshape(tf.slice(v, [0, 0], [1, 3]), [3]), [4]),
    tf.unsortedSegmentSum(tf.transpose(v), indices, 2),
    tf.gatherND(
      v,
      tf.tensor2d(
        [
          [0, 1],
          [1, 2],
        ],
        [2, 2],
        'int32',
      ),
    ),
  ],
  convolutions: (_v, pictures) => {
    const filter = tf.reshape(tf.linspace(-1, 1, 3 * 3 * 2 * 3), [3, 3, 2, 3]) as tf.Tensor4D;
    const depthwise = tf.reshape(tf.linspace(-1, 1, 3 * 3 * 2), [3, 3, 2, 1]) as tf.Tensor4D;
    return [
      ...[tf.conv2d(pictures, filter, 2, 'same'), tf.conv2d(pictures, filter, 1, 'valid')],
      ...[tf.depthwiseConv2d(pictures, depthwise, 1, 'same'), tf.maxPool(pictures, 2, 2, 'valid')],
      ...[tf.avgPool(pictures, 2, 2, 'same'), tf.image.resizeBilinear(pictures, [6, 6])],
      ...[tf.image.resizeNearestNeighbor(pictures, [2, 2]), tf.depthToSpace(tf.concat([pictures, pictures], 3), 2)],
    ];
  },
  'gradients of convolutions and pooling': (_v, pictures) => {
    const filter = tf.reshape(tf.linspace(-1, 1, 3 * 3 * 2 * 3), [3, 3, 2, 3]) as tf.Tensor4D;
    const convolved = tf.grads((p: tf.Tensor, f: tf.Tensor) =>
      tf.conv2d(p as tf.Tensor4D, f as tf.Tensor4D, 2, 'same'),
    );
    return [
      ...convolved([pictures, filter]),
      tf.grad((p: tf.Tensor) => tf.maxPool(p as tf.Tensor4D, 2, 2, 'valid'))(pictures),
      tf.grad((p: tf.Tensor) => tf.avgPool(p as tf.Tensor4D, 2, 2, 'same'))(pictures),
      tf.grad((p: tf.Tensor) => tf.batchNorm(p as tf.Tensor4D, [0, 1], [1, 2], [0, 0], [2, 1]))(pictures),
    ];
  },
  'batch normalisation': (_v, pictures) => tf.batchNorm(pictures, [0, 1], [1, 2], [0, 0], [2, 1]),
};

describe.each(Object.entries(operations))('%s', (_, operation) => {
  test('compiled gives what eager gives', () => {
    const feeds = [tf.tensor2d(x, [2, 3]), tf.tensor4d(image, [2, 4, 4, 2]), tf.tensor1d(integers, 'int32')];
    const evaluate: PureFunction = (_state, [v, pictures, indices]) => {
      const result = operation(v as tf.Tensor2D, pictures as tf.Tensor4D, indices as tf.Tensor1D);
      return Array.isArray(result) ? result : [result];
    };
    const inGraph = compileFunction(evaluate, [], feeds, compiled);
    const stepwise = compileFunction(evaluate, [], feeds, eager);
    tf.dispose(feeds);
    expect(inGraph.facts).toMatchObject({ mode: 'compiled' });
    const values = [Float32Array.from(x), Float32Array.from(image), Int32Array.from(integers)];

    const actual = inGraph.run(values);
    const expected = stepwise.run(values);

    expect(actual).toHaveLength(expected.length);
    expected.forEach((tensor, index) => {
      expect(actual[index]).toHaveLength(tensor.length);
      tensor.forEach((value, place) => {
        expect(actual[index]![place], `result ${index}, element ${place}`).toBeCloseTo(value, 5);
      });
    });
    inGraph.dispose();
    stepwise.dispose();
  });
});
