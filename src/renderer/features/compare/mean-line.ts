import { mean } from '../../../shared/statistics/descriptive.ts';
import { ci95OfFew } from '../../../shared/statistics/intervals.ts';
import type { Line } from '../../charts/series.ts';

export interface MeanLine {
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** Half the width of the 95 % interval over the lines (Student's t), at each step. */
  readonly half: Float64Array;
  /** `interpolated`: the lines do not share their steps, so they were read between their points. */
  readonly points: 'shared' | 'interpolated';
}

const gridPoints = 400;

/**
 * Mean and interval over lines, as far as all of them go. Where they share their steps (seeds of one config over
 * iterations) every point is used as it is; else all are read at the same places of an even grid.
 */
export function meanLine(lines: readonly Line[]): MeanLine {
  const steps = sharedSteps(lines);
  const grid = steps ?? evenGrid(lines);
  const columns = steps ? lines : lines.map((line) => ({ steps: grid, values: resample(line, grid) }));
  const values = new Float64Array(grid.length);
  const half = new Float64Array(grid.length);
  const at = new Float64Array(lines.length);
  for (let index = 0; index < grid.length; index++) {
    for (let line = 0; line < lines.length; line++) at[line] = columns[line]!.values[index]!;
    values[index] = mean(at);
    half[index] = lines.length > 1 ? ci95OfFew(at) : 0;
  }
  return { steps: grid, values, half, points: steps ? 'shared' : 'interpolated' };
}

/** The steps that all lines begin with; null when they part before the shortest ends. */
function sharedSteps(lines: readonly Line[]): Float64Array | null {
  const first = lines[0];
  if (!first) return new Float64Array(0);
  const length = Math.min(...lines.map(({ steps }) => steps.length));
  for (let index = 0; index < length; index++) {
    const step = first.steps[index]!;
    if (lines.some(({ steps }) => steps[index] !== step)) return null;
  }
  return Float64Array.from({ length }, (_, index) => first.steps[index]!);
}

/** Places between the last beginning and the first end of the lines. */
function evenGrid(lines: readonly Line[]): Float64Array {
  if (lines.some(({ steps }) => steps.length === 0)) return new Float64Array(0);
  const from = Math.max(...lines.map(({ steps }) => steps[0]!));
  const to = Math.min(...lines.map(({ steps }) => steps[steps.length - 1]!));
  if (from > to) return new Float64Array(0);
  const count = Math.min(gridPoints, Math.max(...lines.map(({ steps }) => steps.length)));
  if (count === 1 || from === to) return Float64Array.of(from);
  return Float64Array.from({ length: count }, (_, index) => from + (index / (count - 1)) * (to - from));
}

/** Values of a line at ascending places within its range, linearly between its points. */
export function resample({ steps, values }: Line, places: Float64Array): Float64Array {
  let after = 0;
  return Float64Array.from(places, (x) => {
    while (after < steps.length - 1 && steps[after]! < x) after++;
    const before = Math.max(0, after - 1);
    const [x0, x1] = [steps[before]!, steps[after]!];
    if (x1 === x0 || x >= x1) return values[after]!;
    return values[before]! + ((x - x0) / (x1 - x0)) * (values[after]! - values[before]!);
  });
}
