import type { RunConfig } from '../../shared/run-config/schema.ts';

/** Numbers that follow from the iteration alone: computed on the host and fed to the recorded step. */
export interface Schedule {
  readonly length: number;
  /** `done`: share of the iterations before this one, from 0 to below 1. */
  at(done: number): readonly number[];
}

export type Outer = Pick<RunConfig['outer'], 'rate' | 'schedule' | 'warmUp' | 'iterations'>;

/** What the outer rate is multiplied with at an iteration (from 1). Warm-up rises linearly to the schedule's value. */
export function rateFactor({ rate, schedule, warmUp, iterations }: Outer, iteration: number): number {
  const done = (iteration - 1) / iterations;
  const warm = warmUp === 0 ? 1 : Math.min(1, iteration / warmUp);
  if (schedule.kind === 'constant') return warm;
  const final = schedule.finalRate / rate;
  const left = schedule.kind === 'linear' ? 1 - done : (1 + Math.cos(Math.PI * done)) / 2; // cosine: Loshchilov 2017
  return warm * (final + (1 - final) * left);
}

/** The feed of a step: the outer rate's factor, then the algorithm's numbers; null where nothing changes. */
export function stepSchedule(outer: Outer, ofAlgorithm: Schedule | null): StepSchedule | null {
  if (outer.schedule.kind === 'constant' && outer.warmUp === 0 && ofAlgorithm === null) return null;
  return {
    length: 1 + (ofAlgorithm?.length ?? 0),
    at: (iteration) => [rateFactor(outer, iteration), ...(ofAlgorithm?.at((iteration - 1) / outer.iterations) ?? [])],
  };
}

export interface StepSchedule {
  readonly length: number;
  /** Values for an iteration, from 1. */
  at(iteration: number): readonly number[];
}
