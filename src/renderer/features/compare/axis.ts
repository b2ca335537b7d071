import type { Line } from '../../charts/series.ts';

/** What the horizontal axis counts. Iterations and tasks are exact; compute time is read off its own series. */
export type HorizontalAxis = 'iteration' | 'tasks' | 'compute';

export const axisWords: Readonly<Record<HorizontalAxis, string>> = {
  iteration: 'Iteration',
  tasks: 'Tasks seen',
  compute: 'Compute time',
};

export type TimeUnit = 'seconds' | 'minutes' | 'hours';

const secondsIn: Readonly<Record<TimeUnit, number>> = { seconds: 1, minutes: 60, hours: 3600 };

/** The unit in which so many seconds are read with few digits. */
export const unitFor = (seconds: number): TimeUnit =>
  seconds >= 2 * 3600 ? 'hours' : seconds >= 180 ? 'minutes' : 'seconds';

export function axisTitle(axis: HorizontalAxis, unit: TimeUnit): string {
  switch (axis) {
    case 'iteration':
      return 'Meta-iteration';
    case 'tasks':
      return 'Tasks seen';
    case 'compute':
      return `Compute time (${unit}, pauses excluded)`;
  }
}

/**
 * A line over another axis. `clock` is the run's compute time in seconds over its iterations (0 at the start); points
 * beyond what it knows are left out. x ascending, as the steps are.
 */
export function overAxis(line: Line, axis: HorizontalAxis, metaBatch: number, clock: Line, unit: TimeUnit): Line {
  switch (axis) {
    case 'iteration':
      return line;
    case 'tasks':
      return { steps: Float64Array.from(line.steps, (step) => step * metaBatch), values: line.values };
    case 'compute': {
      const last = clock.steps.length > 0 ? clock.steps[clock.steps.length - 1]! : Number.NEGATIVE_INFINITY;
      let known = line.steps.length;
      while (known > 0 && line.steps[known - 1]! > last) known--;
      const steps = Float64Array.from(
        { length: known },
        (_, index) => timeAt(clock, line.steps[index]!) / secondsIn[unit],
      );
      return { steps, values: Float64Array.from({ length: known }, (_, index) => line.values[index]!) };
    }
  }
}

/** Compute seconds at a step, between the points around it, from 0 at step 0; null beyond what is known. */
export function secondsAt(clock: Line, step: number): number | null {
  const { length } = clock.steps;
  return length === 0 || step > clock.steps[length - 1]! ? null : timeAt(clock, step);
}

function timeAt({ steps, values }: Line, step: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! < step) low = middle + 1;
    else high = middle;
  }
  const [x1, y1] = [steps[low]!, values[low]!];
  const [x0, y0] = low === 0 ? [0, 0] : [steps[low - 1]!, values[low - 1]!];
  return x1 <= x0 ? y1 : y0 + ((Math.min(step, x1) - x0) / (x1 - x0)) * (y1 - y0);
}
