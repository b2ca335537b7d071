import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import type { MetaRunConfig } from '../../../src/shared/run-config/schema.ts';
import { blobs, imageConfig, learnerOf, trainUntil } from '../learners.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

const networks = [
  ['ResNet-12', { kind: 'resnet12', widths: [4, 6, 8, 10] }],
  ['inductive ResNet-12', { kind: 'resnet12', widths: [3, 4, 5, 6], batchNorm: 'inductive' }],
  ['1-D CNN on the rows of images', { kind: 'cnn1d', blocks: 3, filters: 6 }],
  [
    '1-D CNN from a truncated normal',
    { kind: 'cnn1d', blocks: 2, filters: 6, initialization: 'truncated-normal-0.01' },
  ],
] as const;
const images = blobs(5, 28);
const configOf = (model: object, mode: MetaRunConfig['engine']['mode']): MetaRunConfig =>
  imageConfig({
    model,
    engine: { mode, xla: 'off' },
    inner: { rate: 0.05, steps: 1 },
    outer: { metaBatch: 2, iterations: 30, rate: 0.01 },
  });
const relative = (value: number, reference: number) => Math.abs(value - reference) / Math.abs(reference);

describe('second-order MAML', { timeout: 120_000 }, () => {
  it.each(networks)('%s takes the same steps on 28 x 28 images, compiled and eager', (_, model) => {
    const compiled = learnerOf(configOf(model, 'compiled'), images);
    const eager = learnerOf(configOf(model, 'eager'), images);
    expect(compiled.prepareTraining()).toMatchObject({ mode: 'compiled', reason: null, taskBatching: 'looped' });
    while (compiled.iteration < 2) {
      eager.restore(compiled.state());
      const [step] = compiled.trainCall();
      const [reference] = eager.trainCall();
      expect(relative(step!.loss, reference!.loss)).toBeLessThan(1e-5);
      expect(relative(step!.gradientNorm, reference!.gradientNorm)).toBeLessThan(1e-4);
    }
    compiled.dispose();
    eager.dispose();
  });

  it.each([networks[0], networks[2]])('%s learns and keeps the number of tensors', async (_, model) => {
    const own = learnerOf(configOf(model, 'compiled'), blobs(5, 16));
    const before = trainUntil(own, 5);
    const { numTensors } = tf.memory();
    const losses = [...before, ...trainUntil(own, 24)];
    expect(tf.memory().numTensors).toBe(numTensors);
    const mean = (part: readonly number[]) => part.reduce((a, b) => a + b) / part.length;
    expect(mean(losses.slice(-8))).toBeLessThan(0.7 * mean(losses.slice(0, 8)));
    const outcome = await own.evaluate({ split: 'test', episodes: 8, episodeSeed: 1, steps: 1 });
    expect(outcome!.mean).toBeGreaterThan(0.5); // chance is one third
    own.dispose();
  });
});
