import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { miniBatch } from '../../../src/main/learning/algorithms/mini-batches.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

/** Two classes of three examples, class by class, named by their inputs. */
const inputs = [10, 11, 12, 20, 21, 22];
const targets = inputs.map((value) => (value < 20 ? [1, 0] : [0, 1]));
const support = () => ({ inputs: tf.tensor(inputs, [6, 1]), targets: tf.tensor(targets) });
const chosen = (perClass: number, step: number) => [
  ...miniBatch(support(), 2, perClass, step).inputs.reshape([-1]).dataSync(),
];

describe('a mini-batch', () => {
  it('takes turns among the examples of each class, beginning again at their end', () => {
    expect([0, 1, 2].map((step) => chosen(2, step))).toEqual([
      [10, 11, 20, 21],
      [12, 10, 22, 20],
      [11, 12, 21, 22],
    ]);
  });

  it('is the whole support set where that holds no more, or when asked for', () => {
    for (const perClass of [0, 3, 5]) expect(chosen(perClass, 1)).toEqual(inputs);
  });

  it('has the targets of its examples, and a task axis where the support set has one', () => {
    const { inputs: own, targets: ownTargets } = support();
    const tasks = { inputs: tf.stack([own, tf.add(own, 100)]), targets: tf.stack([ownTargets, ownTargets]) };
    const batch = miniBatch(tasks, 2, 1, 2);
    expect(batch.inputs.arraySync()).toEqual([[[12], [22]], [[112], [122]]]); // biome-ignore format: one task a line
    expect((batch.targets.arraySync() as number[][][])[1]).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});
