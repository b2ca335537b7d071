import type { MetricSeries } from '../../../src/shared/contract/requests.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import type { Evaluation, Protocol, RunSummary } from '../../../src/shared/runs/run.ts';

/** Plausible curves, the same for a run at every call: numbers of the fake are made up, never measured. */

export interface Curves {
  readonly start: number;
  readonly end: number;
  readonly noise: number;
  /** Accuracy that the run ends at; null for regression. */
  readonly accuracy: number | null;
  /** Accuracy by guessing. */
  readonly chance: number;
}

const decay = (share: number): number => Math.exp(-7 * share ** 0.55);

const lossAt = (curves: Curves, share: number): number => curves.end + (curves.start - curves.end) * decay(share);

const accuracyAt = (curves: Curves, share: number): number =>
  curves.chance + ((curves.accuracy ?? 1) - curves.chance) * (1 - decay(share * 0.8));

export interface StoredSeries {
  readonly steps: number[];
  readonly values: number[];
}

/** All series of a run up to its present iteration. */
export function seriesOf(run: RunSummary, curves: Curves): Map<string, StoredSeries> {
  const total = run.config.outer.iterations;
  const random = createRandom(run.number, 'fake-metrics');
  const series = new Map<string, StoredSeries>();
  const add = (key: string, step: number, value: number): void => {
    const stored = series.get(key) ?? { steps: [], values: [] };
    stored.steps.push(step);
    stored.values.push(value);
    series.set(key, stored);
  };
  const every = Math.max(1, Math.floor(total / 6000));
  for (let step = every; step <= run.iteration; step += every) {
    const share = step / total;
    const spread = 1 + curves.noise * random.normal();
    add('train/loss', step, Math.max(1e-5, lossAt(curves, share) * Math.max(0.2, spread)));
    if (curves.accuracy !== null) {
      add('train/accuracy', step, Math.min(1, accuracyAt(curves, share) + 0.02 * random.normal()));
    }
    add('train/gradient-norm', step, Math.exp(0.4 * random.normal()) * (0.4 + decay(share)));
    if (step % (every * 20) === 0) {
      add('time/compute-seconds', step, (step / total) * 3600);
      add('time/iterations-per-second', step, 12 + random.normal() * 0.4);
      add('system/memory-mb', step, 820 + 14 * random.normal());
      add('system/cpu-percent', step, 148 + 12 * random.normal());
    }
  }
  const validate = run.config.evaluation.every;
  for (let step = 0; validate > 0 && run.iteration > 0 && step <= run.iteration; step += validate) {
    const share = step / total;
    add('validation/loss', step, lossAt(curves, share) * 1.08 * (1 + 0.03 * random.normal()));
    add('validation/loss-ci95', step, lossAt(curves, share) * 0.06);
    if (curves.accuracy !== null) {
      add('validation/accuracy', step, Math.min(1, accuracyAt(curves, share) + 0.006 * random.normal()));
      add('validation/accuracy-ci95', step, 0.004 + 0.004 * decay(share));
    }
  }
  return series;
}

/** What the core does: the range, then at most so many min/max buckets. */
export function reduceSeries(
  key: string,
  stored: StoredSeries,
  range: { readonly from: number | null; readonly to: number | null; readonly buckets: number | null },
): MetricSeries {
  const low = range.from ?? Number.NEGATIVE_INFINITY;
  const high = range.to ?? Number.POSITIVE_INFINITY;
  const picked = stored.steps.flatMap((step, index) => (step >= low && step <= high ? [index] : []));
  const kept = range.buckets === null ? picked : extremes(picked, stored.values, range.buckets);
  return {
    key,
    steps: Float64Array.from(kept, (index) => stored.steps[index]!),
    values: Float64Array.from(kept, (index) => stored.values[index]!),
    stored: picked.length,
  };
}

function extremes(indices: readonly number[], values: readonly number[], buckets: number): number[] {
  if (indices.length <= buckets * 2) return [...indices];
  const size = indices.length / buckets;
  const kept: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const part = indices.slice(Math.floor(bucket * size), Math.floor((bucket + 1) * size));
    if (part.length === 0) continue;
    const low = part.reduce((best, index) => (values[index]! < values[best]! ? index : best));
    const high = part.reduce((best, index) => (values[index]! > values[best]! ? index : best));
    kept.push(...(low === high ? [low] : [Math.min(low, high), Math.max(low, high)]));
  }
  return kept;
}

export const protocolOf = (run: RunSummary, episodes: number, split: Protocol['split']): Protocol => {
  const { config } = run;
  const image = config.task.kind === 'image-classes' ? config.task : null;
  return {
    task: config.task.kind,
    dataset: run.dataset,
    split: image ? split : 'generated',
    way: image?.way ?? null,
    shot: 'shot' in config.task ? config.task.shot : 0,
    query: 'query' in config.task ? config.task.query : 0,
    episodes,
    episodeSeed: config.evaluation.episodeSeed,
    batchNorm: config.model.kind === 'conv4' ? config.model.batchNorm : 'none',
    lossReduction: config.inner.lossReduction,
    innerSteps: config.evaluation.testSteps,
    innerRate: config.inner.rate,
    order: config.algorithm.kind === 'maml' ? 'second' : 'first',
  };
};

/** An evaluation after `iteration` iterations; `untrained` learns slowly from chance. */
export function evaluationOf(
  run: RunSummary,
  curves: Curves,
  kind: Evaluation['kind'],
  iteration: number,
  createdAt: number,
): Evaluation {
  const share = kind === 'untrained' ? 0 : iteration / run.config.outer.iterations;
  const episodes = kind === 'validation' ? run.config.evaluation.episodes : run.config.evaluation.finalEpisodes;
  const steps = run.config.evaluation.testSteps;
  const top = kind === 'untrained' ? curves.chance * 1.9 : accuracyAt(curves, share);
  const perStep = Array.from({ length: steps + 1 }, (_, step) => {
    const gain = 1 - Math.exp(-(kind === 'untrained' ? 0.25 : 1.4) * step);
    return {
      step,
      loss: curves.start * 1.1 - (curves.start * 1.1 - lossAt(curves, kind === 'untrained' ? 0.004 : share)) * gain,
      lossCi95: 0.02 + 0.02 * gain,
      accuracy: curves.accuracy === null ? null : curves.chance + (top - curves.chance) * gain,
      accuracyCi95: curves.accuracy === null ? null : 0.002 + 0.003 * gain,
    };
  });
  const last = perStep.at(-1)!;
  return {
    id: `${run.id}-${kind}-${iteration}`,
    runId: run.id,
    kind,
    iteration,
    createdAt,
    metric: curves.accuracy === null ? 'loss' : 'accuracy',
    mean: last.accuracy ?? last.loss,
    ci95: last.accuracyCi95 ?? last.lossCi95,
    perStep,
    protocol: protocolOf(run, episodes, kind === 'validation' ? 'validation' : 'test'),
    durationMs: 9300,
  };
}
