import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { ci95 } from '../../../src/shared/statistics/intervals.ts';
import { blobs, imageConfig, learnerOf, sinusoidConfig, trainUntil } from '../learners.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

const images = blobs(5);
const request = { split: 'test', episodes: 9, episodeSeed: 3, steps: 2 } as const;

describe('evaluation of a classifier', () => {
  it('measures after 0, 1, ... steps, with intervals over episodes', async () => {
    const outcome = (await learnerOf(imageConfig(), images).evaluate(request))!;
    expect(outcome.metric).toBe('accuracy');
    expect(outcome.perStep.map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(outcome.perEpisode.length).toBe(9);
    expect(outcome.mean).toBe(outcome.perStep[2]!.accuracy);
    expect(outcome.ci95).toBeCloseTo(ci95(outcome.perEpisode), 12);
    for (const accuracy of outcome.perEpisode) expect(accuracy * 6).toBeCloseTo(Math.round(accuracy * 6), 5); // of 6
  });

  it('adapts: the loss falls with the steps', async () => {
    const learner = learnerOf(imageConfig(), images);
    trainUntil(learner, 30);
    const { perStep } = (await learner.evaluate({ ...request, episodes: 20, steps: 3 }))!;
    expect(perStep[3]!.loss).toBeLessThan(perStep[0]!.loss);
    expect(perStep[3]!.accuracy!).toBeGreaterThan(0.5);
  });

  it('is the same to the bit when repeated, and its first episodes when fewer are asked for', async () => {
    const learner = learnerOf(imageConfig(), images);
    const once = (await learner.evaluate(request))!;
    expect(await learner.evaluate(request)).toEqual(once);
    const fewer = (await learner.evaluate({ ...request, episodes: 5 }))!;
    expect([...fewer.perEpisode]).toEqual([...once.perEpisode.slice(0, 5)]);
    expect((await learner.evaluate({ ...request, episodeSeed: 4 }))!.perStep).not.toEqual(once.perStep);
    expect((await learner.evaluate({ ...request, split: 'validation' }))!.perStep).not.toEqual(once.perStep);
  });

  it('is the same compiled and eager', async () => {
    const measured = async (mode: 'compiled' | 'eager') =>
      (await learnerOf(
        imageConfig({ engine: { mode }, model: { kind: 'conv4', batchNorm: 'inductive' } }),
        images,
      ).evaluate(request))!;
    const [compiled, eager] = [await measured('compiled'), await measured('eager')];
    compiled.perStep.forEach(({ loss, accuracy }, i) => {
      expect(loss).toBeCloseTo(eager.perStep[i]!.loss, 4);
      expect(accuracy).toBeCloseTo(eager.perStep[i]!.accuracy!, 5);
    });
  });

  it('can start from other parameters: the untrained network is the one before training', async () => {
    const learner = learnerOf(imageConfig(), images);
    const untrained = await learner.evaluate(request);
    trainUntil(learner, 20);
    expect(await learner.evaluate(request)).not.toEqual(untrained);
    expect(await learner.evaluate({ ...request, from: learner.initialParameters() })).toEqual(untrained);
  });

  it('refuses parameters of another network', async () => {
    const other = learnerOf(imageConfig({ task: { way: 4 } }), images).parameters();
    await expect(learnerOf(imageConfig(), images).evaluate({ ...request, from: other })).rejects.toThrow(
      /"head\/kernel" has the shape \[4, 4\], but this config needs \[4, 3\]/,
    );
  });
});

describe('evaluation of a regression', () => {
  it('has a loss and no accuracy', async () => {
    const outcome = (await learnerOf(sinusoidConfig()).evaluate({ ...request, episodes: 60 }))!;
    expect(outcome.metric).toBe('loss');
    expect(outcome.perStep.every(({ accuracy }) => accuracy === null)).toBe(true);
    expect(outcome.mean).toBe(outcome.perStep[2]!.loss);
  });
});

describe('while it runs', () => {
  it('reports progress, waits for its listener and stops when told', async () => {
    const learner = learnerOf(imageConfig(), images);
    const seen: number[] = [];
    const onProgress = async (done: number, total: number) => {
      await Promise.resolve();
      seen.push(done / total);
    };
    await learner.evaluate(request, { onProgress });
    expect(seen).toEqual([4 / 9, 8 / 9, 1]);
    expect(await learner.evaluate(request, { shouldStop: () => true })).toBeNull();
  });

  it('leaves no tensors behind', async () => {
    const learner = learnerOf(imageConfig(), images);
    await learner.evaluate(request);
    const { numTensors } = tf.memory();
    await learner.evaluate(request);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
