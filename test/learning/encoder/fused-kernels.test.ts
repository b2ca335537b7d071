import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSecondOrderGradients } from '../../../src/main/learning/autodiff/second-order-gradients.ts';
import { gelu, layerNorm } from '../../../src/main/learning/encoder/fused-kernels.ts';
import { product } from '../../../src/main/learning/encoder/product.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { randomTensor, relativeError, type ScalarFunction } from '../differences.ts';

beforeAll(async () => {
  await loadTensorFlow();
  registerSecondOrderGradients();
});

const curved = (y: tf.Tensor): tf.Tensor => tf.mean(tf.square(tf.add(y, 0.3)));

/** The same from operations of tfjs, whose gradients are held against differences elsewhere. */
const normInParts = (x: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor): tf.Tensor => {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, 1e-3))), scale), shift);
};
const geluInParts = (x: tf.Tensor): tf.Tensor => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));

interface Case {
  readonly name: string;
  readonly f: ScalarFunction;
  readonly parts: ScalarFunction;
  readonly inputs: () => tf.Tensor[];
}

const cases: readonly Case[] = [
  {
    name: 'layer norm',
    f: (x, scale, shift) => curved(layerNorm(x as tf.Tensor2D, scale!, shift!, 1e-3)),
    parts: (x, scale, shift) => curved(normInParts(x!, scale!, shift!)),
    inputs: () => [randomTensor('x', [4, 6]), randomTensor('scale', [6]), randomTensor('shift', [6])],
  },
  {
    name: 'GELU',
    f: (x) => curved(gelu(x!)),
    parts: (x) => curved(geluInParts(x!)),
    inputs: () => [randomTensor('gelu', [3, 4], 0.2, 2)],
  },
  {
    name: 'the product of a linear layer',
    f: (x, weight) => curved(product(x!, weight!, { transposeA: false, transposeB: true }, 'float32')),
    parts: (x, weight) => curved(tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D, false, true)),
    inputs: () => [randomTensor('left', [3, 4]), randomTensor('right', [5, 4])],
  },
];

describe.each(cases)('$name', ({ f, parts, inputs }) => {
  it('has the value of its parts, and their derivatives of first and second order; no tensors stay behind', () => {
    const before = tf.memory().numTensors;
    const numbersOf = (tensors: readonly tf.Tensor[]) => tensors.flatMap((tensor) => [...tensor.dataSync()]);
    const secondOf = (g: ScalarFunction): tf.Tensor[] => {
      const squaredGradient = (...at: tf.Tensor[]) =>
        tf.addN(
          tf
            .grads(g)(at)
            .map((own) => tf.sum(tf.square(own))),
        );
      return tf.grads(squaredGradient)(inputs());
    };
    tf.tidy(() => {
      expect(relativeError(numbersOf([f(...inputs())]), numbersOf([parts(...inputs())]))).toBeLessThan(1e-6);
      expect(relativeError(numbersOf(tf.grads(f)(inputs())), numbersOf(tf.grads(parts)(inputs())))).toBeLessThan(1e-5);
      expect(relativeError(numbersOf(secondOf(f)), numbersOf(secondOf(parts)))).toBeLessThan(1e-4);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the values', () => {
  it('of layer norm have the given mean and deviation', () => {
    const normed = layerNorm(randomTensor('rows', [5, 64]) as tf.Tensor2D, tf.fill([64], 2), tf.fill([64], 3), 0);
    const { mean, variance } = tf.moments(normed, 1);
    expect(relativeError(mean.dataSync(), new Float32Array(5).fill(3))).toBeLessThan(1e-5);
    expect(relativeError(variance.dataSync(), new Float32Array(5).fill(4))).toBeLessThan(1e-5);
  });

  it('of GELU are those of the table of the normal distribution', () => {
    const found = gelu(tf.tensor1d([-2, -1, 0, 1, 2])).dataSync();
    expect(relativeError(found, [-0.0455003, -0.1586553, 0, 0.8413447, 1.9544997])).toBeLessThan(1e-6);
  });
});
