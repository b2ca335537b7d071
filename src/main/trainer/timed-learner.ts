import { median } from '../../shared/statistics/descriptive.ts';
import type { LearnerFacts, MetaLearner } from '../learning/meta-learner.ts';

export interface TimedCalls {
  /** Median and fastest over the calls; milliseconds of one meta-iteration. */
  readonly msPerStep: number;
  readonly fastestMs: number;
  readonly steps: number;
}

export interface TimedWindow {
  readonly forMs: number;
  /** Medians of few calls say little, however long a call takes. */
  readonly fewestCalls: number;
  /** Awaited after each call, outside of its time. */
  readonly between: (elapsedMs: number) => Promise<'go on' | 'stop'>;
}

/** A learner whose training step is recorded and has run once. */
export interface TimedLearner {
  readonly facts: LearnerFacts;
  /** Recording, loading and the first call, milliseconds. */
  readonly firstCallMs: number;
  /** Times native calls; null when `between` answered 'stop'. */
  measure(window: TimedWindow): Promise<TimedCalls | null>;
}

/** Records the step and makes the first call. `clock`: milliseconds that only grow. */
export function timeLearner(learner: MetaLearner, clock: () => number): TimedLearner {
  const startedAt = clock();
  const facts = learner.prepareTraining();
  learner.trainCall();
  const firstCallMs = clock() - startedAt;
  return {
    facts,
    firstCallMs,
    measure: async ({ forMs, fewestCalls, between }) => {
      const perStep: number[] = [];
      let steps = 0;
      const from = clock();
      while (perStep.length < fewestCalls || clock() - from < forMs) {
        const before = clock();
        const done = learner.trainCall().length;
        perStep.push((clock() - before) / done);
        steps += done;
        if ((await between(clock() - from)) === 'stop') return null;
      }
      return { msPerStep: median(perStep), fastestMs: Math.min(...perStep), steps };
    },
  };
}
