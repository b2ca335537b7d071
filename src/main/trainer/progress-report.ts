import type { FromTrainer, TrainJob } from '../../shared/contract/trainer.ts';
import type { IterationMetrics } from '../learning/meta-learner.ts';
import type { MeasuredEpisodes } from './measure-episodes.ts';
import { createPace, validationsAfter } from './pace.ts';
import { createPointBatch } from './point-batch.ts';
import type { Usage } from './usage.ts';
import { iterationLine } from './wording.ts';

/** Points travel at most four times a second, measurements of the machine once, lines of the log every ten seconds. */
const flushEveryMs = 250;
const measureEveryMs = 1000;
const logEveryMs = 10_000;

export interface ProgressSetting {
  readonly job: TrainJob;
  readonly report: (message: FromTrainer) => void;
  readonly clock: () => number;
  readonly usage: () => Usage;
}

/** Turns what the loop measures into points, log lines and an estimate of the time that is left. */
export interface ProgressReport {
  /** Iterations of one call that took `elapsedMs` together; sends what is due. */
  trained(metrics: readonly IterationMetrics[], elapsedMs: number): void;
  validated(measured: MeasuredEpisodes): void;
  /** Sends everything that waits: before a checkpoint and the end, so that no stored state is ahead of its points. */
  flush(): void;
  /** Compute time of the run with its earlier stretches, ms. */
  computeMs(): number;
}

/** `startIteration`: iterations that earlier stretches of the run have done. */
export function createProgressReport(setting: ProgressSetting, startIteration: number): ProgressReport {
  const { job, report, clock, usage } = setting;
  const { config } = job;
  const batch = createPointBatch();
  const pace = createPace();
  const startedAt = clock();
  let iteration = startIteration;
  const computeMs = () => job.computeMs + clock() - startedAt;
  let flushedAt = Number.NEGATIVE_INFINITY;
  let measuredAt = Number.NEGATIVE_INFINITY;
  let loggedAt = Number.NEGATIVE_INFINITY;

  const measureMachine = (): void => {
    measuredAt = clock();
    const { memoryMb, cpuPercent } = usage();
    batch.add('time/compute-seconds', iteration, computeMs() / 1000);
    const speed = pace.iterationsPerSecond();
    if (speed !== null) batch.add('time/iterations-per-second', iteration, speed);
    batch.add('system/memory-mb', iteration, memoryMb);
    batch.add('system/cpu-percent', iteration, cpuPercent);
  };

  const episodesLeft = (): number => {
    const { every, episodes, finalSplit, finalEpisodes } = config.evaluation;
    const final = finalSplit === 'none' ? 0 : 2 * finalEpisodes; // the trained and the untrained network
    return validationsAfter(iteration, config.outer.iterations, every) * episodes + final;
  };

  const flush = (): void => {
    flushedAt = clock();
    if (batch.isEmpty()) return;
    report({
      type: 'points',
      iteration,
      computeMs: computeMs(),
      iterationsPerSecond: pace.iterationsPerSecond(),
      etaMs: pace.remainingMs({
        iterations: config.outer.iterations - iteration,
        episodes: episodesLeft(),
      }),
      points: batch.take(),
    });
  };

  return {
    computeMs,
    flush,
    trained: (metrics, elapsedMs) => {
      pace.add(metrics.length, elapsedMs);
      for (const one of metrics) {
        batch.add('train/loss', one.iteration, one.loss);
        if (one.accuracy !== null) batch.add('train/accuracy', one.iteration, one.accuracy);
        batch.add('train/gradient-norm', one.iteration, one.gradientNorm);
      }
      const last = metrics.at(-1)!;
      iteration = last.iteration;
      const isLast = iteration >= config.outer.iterations;
      if (isLast || clock() - measuredAt >= measureEveryMs) measureMachine();
      if (isLast || clock() - loggedAt >= logEveryMs) {
        loggedAt = clock();
        report({ type: 'log', level: 'info', message: iterationLine(last, pace.iterationsPerSecond()) });
      }
      if (clock() - flushedAt >= flushEveryMs) flush();
    },
    validated: ({ outcome, classification, episodeMs }) => {
      pace.addEpisode(episodeMs);
      const atTheEnd = outcome.perStep.at(-1)!;
      batch.add('validation/loss', iteration, atTheEnd.loss);
      batch.add('validation/loss-ci95', iteration, atTheEnd.lossCi95);
      if (atTheEnd.accuracy !== null) batch.add('validation/accuracy', iteration, atTheEnd.accuracy);
      if (atTheEnd.accuracyCi95 !== null) batch.add('validation/accuracy-ci95', iteration, atTheEnd.accuracyCi95);
      if (classification === null) return;
      batch.add('validation/macro-f1', iteration, classification.macroF1);
      if (classification.mcc !== null) batch.add('validation/mcc', iteration, classification.mcc);
    },
  };
}
