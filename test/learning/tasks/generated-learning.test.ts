import { beforeAll, describe, expect, it } from 'vitest';
import type { EvaluationOutcome } from '../../../src/main/learning/meta-learner.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { episodeAlgorithms } from '../../../src/shared/run-config/algorithm-facts.ts';
import { parseRunConfig } from '../../../src/shared/run-config/complete.ts';
import type { MetaRunConfig } from '../../../src/shared/run-config/schema.ts';
import { learnerOf, trainUntil } from '../learners.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

type Parts = Readonly<Record<string, unknown>>;

function configOf(task: Parts, parts: Parts = {}): MetaRunConfig {
  const parsed = parseRunConfig({
    task,
    outer: { metaBatch: 25, rate: 0.003, iterations: 300 },
    evaluation: { every: 0, finalSplit: 'none' },
    engine: { xla: 'off' }, // it compiles for longer than these runs take
    ...parts,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.config as MetaRunConfig;
}

const sourceOf = ({ task }: MetaRunConfig) => {
  if (task.kind !== 'sinusoid' && task.kind !== 'binary-points') throw new Error('These tasks are generated.');
  return { kind: task.kind };
};

/** Test episodes after as many steps as are trained, with the untrained network and with the trained one. */
async function learn(config: MetaRunConfig): Promise<readonly [EvaluationOutcome, EvaluationOutcome]> {
  const learner = learnerOf(config, sourceOf(config));
  try {
    const asked = { split: 'test', episodes: 200, episodeSeed: 1, steps: config.inner.steps } as const;
    const untrained = await learner.evaluate({ ...asked, from: learner.initialParameters() });
    trainUntil(learner, config.outer.iterations);
    const trained = await learner.evaluate(asked);
    return [untrained!, trained!];
  } finally {
    learner.dispose();
  }
}

describe('MAML learns', { timeout: 120_000 }, () => {
  it('waves and lines: half the error of the untrained network, and less with a step than without', async () => {
    const task = { kind: 'sinusoid', variant: 'platipus-2018', shot: 10, query: 10 };
    const [untrained, trained] = await learn(configOf(task, { inner: { rate: 0.01, steps: 1 } }));
    expect(trained.metric).toBe('loss');
    expect(trained.mean).toBeLessThan(untrained.mean / 2);
    expect(trained.mean).toBeLessThan(trained.perStep[0]!.loss / 2);
  });

  it('harmonic curves: a lower error than that of the untrained network', async () => {
    const task = { kind: 'sinusoid', variant: 'harmonic-2018', shot: 10, query: 10 };
    const [untrained, trained] = await learn(configOf(task, { inner: { rate: 0.05, steps: 2 } }));
    expect(trained.mean + trained.ci95).toBeLessThan(untrained.mean - untrained.ci95);
  });

  it.each(['half-planes', 'moons'])('%s: more of them right than with the untrained network', async (family) => {
    const task = { kind: 'binary-points', family, shot: 5, query: 15 };
    const [untrained, trained] = await learn(configOf(task, { inner: { rate: 0.2, steps: 1 } }));
    expect(trained.metric).toBe('accuracy');
    expect(trained.perStep[0]!.accuracy).toBeCloseTo(0.5, 1);
    expect(trained.mean).toBeGreaterThan(0.8);
    expect(trained.mean - trained.ci95).toBeGreaterThan(untrained.mean + untrained.ci95);
  });
});

describe('binary points', { timeout: 120_000 }, () => {
  const task = { kind: 'binary-points', family: 'moons', shot: 3, query: 5 };
  const kinds = episodeAlgorithms.filter((kind) => kind !== 'pretrain');

  it.each(kinds)('are trained and tested by %s', async (kind) => {
    const outer = { metaBatch: 4, iterations: 3 };
    const [, trained] = await learn(configOf(task, { algorithm: { kind }, outer, inner: { rate: 0.1, steps: 2 } }));
    expect(trained.metric).toBe('accuracy');
    expect(trained.mean).toBeGreaterThan(0.4);
  });

  it('have no classes that stay, which pretraining needs', () => {
    expect(() => configOf(task, { algorithm: { kind: 'pretrain' } })).toThrow(/others in every task/);
  });

  it('have a loss that can be summed over both classes, as a rate that is twice as large', () => {
    const losses = (lossReduction: string, rate: number) => {
      const config = configOf(task, {
        inner: { rate, steps: 1, lossReduction },
        outer: { metaBatch: 4, iterations: 3 },
      });
      const learner = learnerOf(config, sourceOf(config));
      const trained = trainUntil(learner, 3);
      learner.dispose();
      return trained;
    };
    expect(losses('sum-over-classes', 0.1)).toEqual(losses('mean', 0.2));
  });
});
