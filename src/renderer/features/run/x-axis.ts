import type { RunSummary } from '../../../shared/runs/run.ts';
import { compact, fixed } from '../../app/format.ts';
import { type Axis, lowerBound } from '../../charts/series.ts';
import { epochAxisTitle, exampleWord, placeInTraining, stepsPerEpoch } from './epochs.ts';
import type { LiveSeries } from './use-series.ts';

export type XChoice = 'iteration' | 'tasks' | 'compute';

/** What stands along the axis, in the run's own words. */
export function xWords({ config }: RunSummary): Readonly<Record<XChoice, { name: string; choice: string }>> {
  const epochs = stepsPerEpoch(config) !== null;
  const seen = epochs ? `${exampleWord(config)}s seen` : 'tasks seen';
  const Seen = seen[0]!.toUpperCase() + seen.slice(1);
  return {
    iteration: epochs ? { name: 'Step', choice: 'Epoch' } : { name: 'Iteration', choice: 'Iteration' },
    tasks: { name: Seen, choice: Seen },
    compute: { name: 'Second', choice: 'Compute time' },
  };
}

/** Value of a series at a step, on the line between its neighbours; its ends beyond them. NaN for an empty one. */
export function interpolate(series: LiveSeries, step: number): number {
  const { steps, values } = series;
  const after = lowerBound(steps, step);
  if (steps.length === 0) return Number.NaN;
  if (after === 0) return steps[0] === step ? values[0]! : (values[0]! * step) / Math.max(1, steps[0]!); // from 0 at 0
  if (after === steps.length) return values[steps.length - 1]!;
  const share = (step - steps[after - 1]!) / (steps[after]! - steps[after - 1]!);
  return values[after - 1]! + share * (values[after]! - values[after - 1]!);
}

/** The same values over tasks seen, or over compute time (seconds, pauses excluded). */
export function alongAxis(
  line: LiveSeries,
  x: XChoice,
  metaBatch: number,
  seconds: LiveSeries | undefined,
): LiveSeries {
  if (x === 'tasks') return { ...line, steps: line.steps.map((step) => step * metaBatch) };
  if (x === 'compute' && seconds) return { ...line, steps: line.steps.map((step) => interpolate(seconds, step)) };
  return line;
}

/** From the first to the last iteration; in epochs where the run learns in passes. */
export function iterationAxis({ config }: RunSummary): Axis {
  const ends = { min: 0, max: config.outer.iterations };
  const per = stepsPerEpoch(config);
  if (per === null) return { title: 'Meta-iteration', ...ends, values: 'whole' };
  return { title: epochAxisTitle(config), ...ends, per };
}

/** How the tooltip names a place on that axis. */
export const alongIterations = ({ config }: RunSummary) =>
  stepsPerEpoch(config) === null
    ? {}
    : { xName: 'Step', describeX: (step: number) => placeInTraining(config, Math.round(step)) };

export function xAxisFor(x: XChoice, run: RunSummary): Axis {
  switch (x) {
    case 'iteration':
      return iterationAxis(run);
    case 'tasks':
      return { title: xWords(run).tasks.name, min: 0, max: run.config.outer.iterations * run.config.outer.metaBatch };
    case 'compute':
      return run.computeMs >= 2 * 3_600_000
        ? { title: 'Compute time (hours, pauses excluded)', min: 0, format: (seen) => fixed(seen / 3600, 1) }
        : { title: 'Compute time (s, pauses excluded)', min: 0, format: compact };
  }
}
