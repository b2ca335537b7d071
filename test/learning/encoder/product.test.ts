import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSecondOrderGradients } from '../../../src/main/learning/autodiff/second-order-gradients.ts';
import { valueAndGradients } from '../../../src/main/learning/autodiff/value-and-gradients.ts';
import { compileFunction } from '../../../src/main/learning/compile/compiled-step.ts';
import { nativeBackend } from '../../../src/main/learning/compile/native.ts';
import { type ClassifierHead, classifierParameters, classify } from '../../../src/main/learning/encoder/classifier.ts';
import { type Precision, product } from '../../../src/main/learning/encoder/product.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { compiled, livingThings } from '../compile/compiling.ts';
import { relativeError } from '../differences.ts';
import { batchOf, expectedOf, openEncoder, tensorsOf } from './encoders.ts';

beforeAll(async () => {
  await loadTensorFlow();
  registerSecondOrderGradients();
});

const flags = [true, false];
const cases = flags.flatMap((transposeA) => flags.map((transposeB) => ({ transposeA, transposeB })));

describe.each(cases)('the product of matrices, transposed: %j', (transposed) => {
  const { transposeA, transposeB } = transposed;
  const factors = (): [tf.Tensor2D, tf.Tensor2D] => [
    tf.randomNormal(transposeA ? [3, 4] : [4, 3], 0, 1, 'float32', 1),
    tf.randomNormal(transposeB ? [5, 3] : [3, 5], 0, 1, 'float32', 2),
  ];

  it.each([
    ['float32', 1e-6],
    ['bfloat16', 0.02],
  ] as const)('in %s has the values and gradients of tf.matMul, within %f', (precision: Precision, tolerance) => {
    const weights = tf.randomNormal([4, 5], 0, 1, 'float32', 3);
    const ours = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(weights, product(a, b, transposed, precision)));
    const theirs = (a: tf.Tensor, b: tf.Tensor) =>
      tf.sum(tf.mul(weights, tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, transposeA, transposeB)));
    const [found, expected] = [tf.grads(ours)(factors()), tf.grads(theirs)(factors())];
    found.forEach((gradient, i) => {
      expect(relativeError([...gradient.dataSync()], [...expected[i]!.dataSync()])).toBeLessThan(tolerance);
    });
    const values = product(...factors(), transposed, precision).dataSync();
    const exact = tf.matMul(...factors(), transposeA, transposeB).dataSync();
    expect(relativeError([...values], [...exact])).toBeLessThan(tolerance);
    if (precision === 'bfloat16') expect([...values]).not.toEqual([...exact]);
  });
});

describe('the product of stacks of matrices', () => {
  it.each([
    ['float32', 1e-6],
    ['bfloat16', 0.02],
  ] as const)('in %s has the values and gradients of tf.matMul, within %f', (precision, tolerance) => {
    const [a, b] = [
      tf.randomNormal<tf.Rank.R4>([2, 3, 4, 5], 0, 1, 'float32', 1),
      tf.randomNormal<tf.Rank.R4>([2, 3, 6, 5], 0, 1, 'float32', 2),
    ];
    const ours = (x: tf.Tensor, y: tf.Tensor) =>
      tf.mean(tf.square(product(x, y, { transposeA: false, transposeB: true }, precision)));
    const theirs = (x: tf.Tensor, y: tf.Tensor) => tf.mean(tf.square(tf.matMul(x, y, false, true)));
    const [found, expected] = [tf.grads(ours)([a, b]), tf.grads(theirs)([a, b])];
    found.forEach((gradient, i) => {
      expect(relativeError([...gradient.dataSync()], [...expected[i]!.dataSync()])).toBeLessThan(tolerance);
    });
  });
});

describe('an encoder with products in bfloat16', () => {
  it('is near the exact one, the same in a graph and without, and leaves nothing behind', async () => {
    const { config, tensors } = await openEncoder('bert');
    const head: ClassifierHead = { kind: 'pooled', outputs: 3, dropout: 0 };
    const parameters = tensorsOf(classifierParameters(config, head), tensors);
    const { ids, mask, types } = batchOf(expectedOf('bert').ids);
    const gradientsIn = (precision: Precision) => (state: readonly tf.Tensor[], feeds: readonly tf.Tensor[]) => {
      const [idsFed, maskFed, typesFed] = feeds as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const batch = { ids: idsFed, mask: maskFed, types: typesFed };
      const { value, gradients } = valueAndGradients(
        (at) => ({ value: tf.sum(classify(config, head, at, batch, { kind: 'off' }, precision)), measured: [] }),
        state,
      );
      return [value, ...gradients];
    };
    const feeds = [ids, mask, types];
    nativeBackend().getInputTensorIds([...parameters, ...feeds]);
    const before = livingThings();
    const graph = compileFunction(gradientsIn('bfloat16'), parameters, feeds, compiled);
    expect(graph.facts.mode).toBe('compiled');
    const found = graph.run(feeds.map((feed) => feed.dataSync() as Float32Array));
    graph.dispose();
    const flat = (results: readonly tf.Tensor[]) => results.flatMap((result) => [...result.dataSync()]);
    const [narrow, exact] = tf.tidy(() => [
      flat(gradientsIn('bfloat16')(parameters, feeds)),
      flat(gradientsIn('float32')(parameters, feeds)),
    ]) as unknown as [number[], number[]];
    expect(livingThings()).toEqual(before);
    expect(
      relativeError(
        found.flatMap((values) => [...values]),
        narrow,
      ),
    ).toBeLessThan(1e-3);
    expect(relativeError(narrow, exact)).toBeLessThan(0.05);
    expect(relativeError(narrow, exact)).toBeGreaterThan(1e-4);
  });
});
