import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { accuracy, crossEntropy, logSoftmax, meanSquaredError } from '../../src/main/learning/losses.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

describe('cross-entropy', () => {
  it('is the mean of -log p of the right class', () => {
    const loss = crossEntropy(
      tf.tensor2d([
        [Math.log(2), 0],
        [0, 0],
      ]),
      tf.tensor2d([
        [1, 0],
        [0, 1],
      ]),
    );
    expect(loss.shape).toEqual([]);
    expect(loss.dataSync()[0]).toBeCloseTo((Math.log(3 / 2) + Math.log(2)) / 2, 6);
  });

  it('keeps tasks apart', () => {
    const logits = tf.tensor3d([[[1, 0]], [[0, 3]]]);
    const targets = tf.tensor3d([[[1, 0]], [[1, 0]]]);
    const loss = crossEntropy(logits, targets);
    expect(loss.shape).toEqual([2]);
    expect([...loss.dataSync()]).toEqual([
      expect.closeTo(Math.log1p(Math.exp(-1)), 6),
      expect.closeTo(Math.log1p(Math.exp(3)), 5),
    ]);
  });

  it('stays finite for huge logits', () => {
    const loss = crossEntropy(tf.tensor2d([[1000, -1000]]), tf.tensor2d([[0, 1]]));
    expect(loss.dataSync()[0]).toBe(2000);
    expect([...logSoftmax(tf.tensor2d([[1000, -1000]])).dataSync()]).toEqual([0, -2000]);
  });
});

describe('mean squared error', () => {
  it('averages over examples and outputs, per task', () => {
    const predictions = tf.tensor3d([
      [[1], [2]],
      [[0], [0]],
    ]);
    expect([...meanSquaredError(predictions, tf.zeros([2, 2, 1])).dataSync()]).toEqual([2.5, 0]);
  });
});

describe('accuracy', () => {
  it('is the fraction of right arguments, per task', () => {
    const logits = tf.tensor3d([
      [
        [1, 0],
        [0, 1],
      ],
      [
        [1, 0],
        [3, 1],
      ],
    ]);
    const targets = tf.tensor3d([
      [
        [1, 0],
        [0, 1],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    ]);
    expect([...accuracy(logits, targets).dataSync()]).toEqual([1, 0.5]);
  });
});
