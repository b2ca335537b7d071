import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MetaLearner } from '../../src/main/learning/meta-learner.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import { episodeAlgorithms } from '../../src/shared/run-config/algorithm-facts.ts';
import type { RunConfig } from '../../src/shared/run-config/schema.ts';
import { blobs, imageConfig, learnerOf, trainUntil } from './learners.ts';

/** What every algorithm must keep, on tasks of three blobs; MAML and FOMAML have their own tests in learner.test.ts. */

beforeAll(async () => {
  await loadTensorFlow();
});

type Parts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Settings with which an algorithm learns within 80 iterations; what is not here goes by `usual`. */
const own: Readonly<Record<string, Parts>> = {
  anil: { inner: { rate: 1, steps: 2 } },
  'proto-net': { algorithm: { trainWay: 4 } },
  imaml: { algorithm: { lambda: 2, damping: 1, solverSteps: 3 }, inner: { rate: 0.1, steps: 5 } },
  pretrain: { inner: { rate: 1, steps: 2 } },
  'from-scratch': { inner: { optimizer: 'adam', rate: 0.03, steps: 2 } },
  reptile: {
    algorithm: { trainShot: 3, perClass: 1 },
    inner: { optimizer: 'adam', rate: 0.01, steps: 5 },
    outer: { optimizer: 'sgd', metaBatch: 3, iterations: 80, rate: 1 },
  },
};
const usual: Parts = { inner: { rate: 0.1, steps: 2 }, outer: { metaBatch: 3, iterations: 80, rate: 0.01 } };
const kinds = episodeAlgorithms.filter((kind) => kind !== 'maml' && kind !== 'fomaml');
/** Iterations that are enough to see it learn; convolutions take longer. */
const enough = ({ kind }: RunConfig['model']) => (kind === 'mlp' ? 80 : 40);
const networks: readonly [string, RunConfig['model']][] = [
  ['MLP, tasks side by side', { kind: 'mlp', hidden: [8], activation: 'tanh', initialization: 'glorot-uniform' }],
  [
    'Conv4, tasks one by one',
    {
      kind: 'conv4',
      filters: 4,
      downsampling: 'stride',
      batchNorm: 'transductive',
      initialization: 'glorot-uniform',
    },
  ],
];

const images = blobs(5);
const learner = (kind: string, model: RunConfig['model'], parts: Parts = {}): MetaLearner => {
  const algorithm = { kind, ...own[kind]?.algorithm };
  return learnerOf(imageConfig({ ...usual, ...own[kind], ...parts, algorithm, model }), images);
};
const bytesOf = (from: MetaLearner) =>
  from.state().tensors.map(({ values }) => [...new Uint32Array(values.slice().buffer)]);
const relative = (value: number, reference: number) => Math.abs(value - reference) / (Math.abs(reference) || 1);
const mean = (part: readonly number[]) => part.reduce((a, b) => a + b) / part.length;

describe.each(kinds)('%s', { timeout: 300_000 }, (kind) => {
  describe.each(networks)('%s', (_, model) => {
    it('takes the same steps compiled and eager', () => {
      const compiled = learner(kind, model, { engine: { mode: 'compiled', xla: 'off' } });
      const eager = learner(kind, model, { engine: { mode: 'eager', xla: 'off' } });
      expect(compiled.prepareTraining()).toMatchObject({ mode: 'compiled', reason: null });
      while (compiled.iteration < 3) {
        eager.restore(compiled.state());
        const [step] = compiled.trainCall();
        const [reference] = eager.trainCall();
        expect(relative(step!.loss, reference!.loss)).toBeLessThan(1e-5);
        expect(relative(step!.gradientNorm, reference!.gradientNorm)).toBeLessThan(1e-4);
      }
      compiled.dispose();
      eager.dispose();
    });

    it('lowers the loss, goes on after a restore to the bit, and keeps the number of tensors', async () => {
      const whole = learner(kind, model);
      const before = trainUntil(whole, 9);
      const state = structuredClone(whole.state());
      const { numTensors } = tf.memory();
      const after = trainUntil(whole, enough(model));
      expect(tf.memory().numTensors).toBe(numTensors);
      const losses = [...before, ...after];
      if (kind !== 'from-scratch') expect(mean(losses.slice(-15))).toBeLessThan(0.97 * mean(losses.slice(0, 15)));

      const second = learner(kind, model);
      second.restore(state);
      expect(trainUntil(second, enough(model))).toEqual(after);
      expect(bytesOf(second)).toEqual(bytesOf(whole));

      const outcome = await whole.evaluate({ split: 'test', episodes: 12, episodeSeed: 1, steps: 3 });
      const { perStep } = outcome!;
      if (kind === 'from-scratch') expect(perStep[3]!.loss).toBeLessThan(perStep[0]!.loss);
      else expect(outcome!.mean).toBeGreaterThan(0.5); // chance is one third
      expect(perStep.map(({ step }) => step)).toEqual(kind === 'proto-net' ? [0] : [0, 1, 2, 3]);
      whole.dispose();
      second.dispose();
    });
  });
});
