import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MetaLearner } from '../../src/main/learning/meta-learner.ts';
import { adviseXla } from '../../src/main/learning/meta-learner.ts';
import type { TaskSource } from '../../src/main/learning/tasks/task-source.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import type { MetaRunConfig } from '../../src/shared/run-config/schema.ts';
import { blobs, imageConfig, learnerOf, sinusoidConfig, trainUntil } from './learners.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

const withEngine = (config: MetaRunConfig, engine: Partial<MetaRunConfig['engine']>): MetaRunConfig => ({
  ...config,
  engine: { ...config.engine, ...engine },
});
const images = blobs(5);
const cases: [string, MetaRunConfig][] = [
  ['MAML, MLP, sinusoids', sinusoidConfig({ inner: { rate: 0.01, steps: 2 } })],
  ['MAML, MLP, sinusoids, XLA', sinusoidConfig({ engine: { xla: 'on' } })],
  [
    'FOMAML, MLP, images',
    imageConfig({ algorithm: { kind: 'fomaml' }, model: { kind: 'mlp', hidden: [8], activation: 'tanh' } }),
  ],
  ['MAML, Conv4 with stride', imageConfig()],
  [
    'MAML, inductive Conv4 in shares',
    imageConfig({ model: { kind: 'conv4', batchNorm: 'inductive' }, outer: { metaBatch: 5, iterations: 60 } }),
  ],
  [
    'MAML++ in shares, annealed with warm-up',
    imageConfig({
      algorithm: { kind: 'maml-plus-plus', multiStepShare: 0.3, firstOrderShare: 0.1 },
      inner: { rate: 0.1, steps: 2 },
      outer: { metaBatch: 5, iterations: 30, schedule: { kind: 'cosine' }, warmUp: 4 },
    }),
  ],
];
const learner = (config: MetaRunConfig, source: TaskSource = images) =>
  learnerOf(config, config.task.kind === 'sinusoid' ? { kind: 'sinusoid' } : source);
const bytesOf = (own: MetaLearner) =>
  own.state().tensors.map(({ values }) => [...new Uint32Array(values.slice().buffer)]);

const bothModes = (config: MetaRunConfig, source: TaskSource = images): [MetaLearner, MetaLearner] => {
  const [compiled, eager] = (['compiled', 'eager'] as const).map((mode) =>
    learner(withEngine(config, { mode }), source),
  );
  expect([compiled!.prepareTraining().mode, eager!.prepareTraining().mode]).toEqual(['compiled', 'eager']);
  return [compiled!, eager!];
};
const relative = (value: number, reference: number) => Math.abs(value - reference) / Math.abs(reference);

describe('compiled and eager', () => {
  it.each([
    ['MLP', sinusoidConfig({ inner: { rate: 0.01, steps: 2 } })],
    ['Conv4', imageConfig()],
  ])('%s: the same losses to 1e-5 over 50 steps', (_, config) => {
    const [compiled, eager] = bothModes(config, blobs(5, 28));
    const reference = trainUntil(eager, 50);
    trainUntil(compiled, 50).forEach((loss, i) => {
      expect(relative(loss, reference[i]!)).toBeLessThan(1e-5);
    });
  });
});

describe.each(cases)('%s', (_, config) => {
  /** Step by step: on images this small, training itself blows up the last bits within 50 steps. */
  it('takes the same steps compiled and eager', () => {
    const [compiled, eager] = bothModes(config);
    while (compiled.iteration < 10) {
      eager.restore(compiled.state());
      const steps = compiled.trainCall();
      const reference = steps.flatMap(() => eager.trainCall()).slice(0, steps.length);
      expect(relative(steps[0]!.loss, reference[0]!.loss)).toBeLessThan(1e-5);
      expect(relative(steps[0]!.gradientNorm, reference[0]!.gradientNorm)).toBeLessThan(1e-4);
    }
  });

  it('goes on after a restore exactly as without one', () => {
    const whole = learner(config);
    const losses = trainUntil(whole, 24);
    const first = learner(config);
    const before = trainUntil(first, 9);
    const state = structuredClone(first.state());
    const second = learner(config);
    trainUntil(second, 3); // what it did before is forgotten
    second.restore(state);
    const after = trainUntil(second, 24);
    expect([...before, ...after]).toEqual(losses);
    expect(bytesOf(second)).toEqual(bytesOf(whole));
    for (const own of [whole, first, second]) own.dispose();
  });

  it('keeps the number of tensors while it trains', () => {
    const own = learner(config);
    trainUntil(own, 10);
    const { numTensors } = tf.memory();
    trainUntil(own, 26);
    expect(tf.memory().numTensors).toBe(numTensors);
    own.dispose();
  });
});

describe('a training run', () => {
  it('is another for another seed, in its tasks and its start', () => {
    const one = learner(sinusoidConfig());
    const two = learner(sinusoidConfig({ seed: 2 }));
    expect(one.initialParameters()[0]!.values).not.toEqual(two.initialParameters()[0]!.values);
    expect(trainUntil(one, 8)).not.toEqual(trainUntil(two, 8));
  });

  it('does not depend on evaluations in between', async () => {
    const undisturbed = trainUntil(learner(sinusoidConfig()), 24);
    const disturbed = learner(sinusoidConfig());
    const before = trainUntil(disturbed, 8);
    await disturbed.evaluate({ split: 'validation', episodes: 7, episodeSeed: 1, steps: 1 });
    expect([...before, ...trainUntil(disturbed, 24)]).toEqual(undisturbed);
  });

  it('never steps over a validation, a checkpoint or its end', () => {
    const own = learner(
      sinusoidConfig({
        outer: { metaBatch: 2, iterations: 23 },
        evaluation: { every: 10 },
        checkpoints: { every: 15 },
      }),
    );
    const ends: number[] = [];
    while (own.iteration < 23) {
      own.trainCall();
      ends.push(own.iteration);
    }
    expect(ends).toEqual([5, 10, 15, 20, 21, 22, 23]);
    expect(() => own.trainCall()).toThrow('All 23 meta-iterations are done.');
  });

  it('lowers the loss after adaptation', () => {
    const own = learner(sinusoidConfig({ outer: { metaBatch: 10, iterations: 400, rate: 0.01 } }));
    const losses = trainUntil(own, 400);
    const mean = (part: number[]) => part.reduce((a, b) => a + b) / part.length;
    expect(mean(losses.slice(-50))).toBeLessThan(0.6 * mean(losses.slice(0, 50)));
  });

  it('ends with a plain sentence when it diverges', () => {
    const own = learner(sinusoidConfig({ inner: { rate: 90, steps: 5 } }));
    expect(() => trainUntil(own, 60)).toThrow(
      /query loss of task \d+ became (NaN|Infinity) at iteration \d+\. Training diverged/,
    );
  });

  it('sums the inner loss over classes by a rate that is larger by the way', () => {
    const summed = trainUntil(learner(imageConfig({ inner: { rate: 0.1, lossReduction: 'sum-over-classes' } })), 5);
    const faster = trainUntil(learner(imageConfig({ inner: { rate: 0.1 * 3, lossReduction: 'mean' } })), 5);
    expect(summed).toEqual(faster);
  });
});

describe('before training', () => {
  it('says which split is too small for the final evaluation', () => {
    const own = learner(imageConfig({ task: { way: 5, rotations: 'on' }, evaluation: { finalSplit: 'test' } }));
    expect(() => own.prepareTraining()).not.toThrow();
    const wider = learner(imageConfig({ task: { way: 6, rotations: 'on' }, evaluation: { finalSplit: 'test' } }));
    expect(() => wider.prepareTraining()).toThrow(/The test split has 5 classes, but 6-way/);
  });

  it('says that convolutions cannot be batched over tasks', () => {
    const facts = learner(withEngine(imageConfig(), { taskBatching: 'batched' })).prepareTraining();
    expect(facts.taskBatching).toBe('looped');
    expect(facts.reason).toMatch(/one set of weights at a time/);
  });

  it('has facts for the header of a run', () => {
    expect(learner(sinusoidConfig()).prepareTraining()).toMatchObject({
      mode: 'compiled',
      xla: 'off',
      reason: null,
      taskBatching: 'batched',
      stepsPerCall: 8,
      parameters: 12 * 2 + 13 * 12 + 13,
      multiplyAdds: 12 + 12 * 12 + 12,
    });
  });
});

describe('restore', () => {
  it('refuses a checkpoint of another network by name and shape', () => {
    const state = learner(sinusoidConfig()).state();
    const wider = learner(sinusoidConfig({ model: { kind: 'mlp', hidden: [13, 12] } }));
    expect(() => wider.restore(state)).toThrow(
      /"parameter\/dense1\/kernel" has the shape \[1, 12\], but this config needs \[1, 13\]/,
    );
    const deeper = learner(sinusoidConfig({ model: { kind: 'mlp', hidden: [12, 12, 12] } }));
    expect(() => deeper.restore(state)).toThrow(/shape|lack/);
    const plain = learner(sinusoidConfig({ outer: { optimizer: 'sgd', metaBatch: 4, iterations: 60 } }));
    expect(() => plain.restore(state)).toThrow(/hold "optimizer\/adam/);
  });
});

describe('XLA', () => {
  it('is advised for dense networks and not for convolutions, unless the config says otherwise', () => {
    expect(adviseXla(withEngine(sinusoidConfig(), { xla: 'auto' }))).toBe('on');
    expect(adviseXla(withEngine(imageConfig(), { xla: 'auto' }))).toBe('off');
    expect(adviseXla(withEngine(imageConfig(), { xla: 'on' }))).toBe('on');
  });
});
