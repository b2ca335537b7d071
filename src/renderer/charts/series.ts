/** What a chart draws. Columns of equal length, x ascending; a NaN leaves a gap. */
export interface Line {
  readonly steps: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Slot 1 to 8 of a run or group; `neutral` for training curves, `context` for what is only drawn as background. */
export type SeriesColour = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 'neutral' | 'context' | 'accent';

export interface ChartSeries extends Line {
  /** Identifies the series from one drawing to the next. */
  readonly key: string;
  readonly name: string;
  readonly colour: SeriesColour;
  /** `slot`: the dash pattern of the colour slot, for charts of many series; default solid. */
  readonly dash?: 'solid' | 'slot';
  /** Interval around `values`, at the same steps. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
  /** The unsmoothed line behind: drawn faint, and what the tooltip, tables and exports speak of. */
  readonly raw?: Line;
  /** Dots at every point (few points), or only at the last one (live). */
  readonly dots?: 'none' | 'all' | 'last';
  readonly width?: 'normal' | 'thin';
  /** Written at the line's end, in text colour. */
  readonly endLabel?: string;
  readonly endLabelLook?: 'strong' | 'soft';
}

export interface Axis {
  /** With its unit: "Query accuracy (%)". */
  readonly title: string;
  readonly scale?: 'linear' | 'log';
  /** `fraction` values are shown in percent. */
  readonly unit?: 'plain' | 'fraction';
  /** Fixed ends; otherwise the data's. */
  readonly min?: number;
  readonly max?: number;
  /** Steps in what ticks count, such as an epoch; default 1. Data and zoom stay in steps. */
  readonly per?: number;
  /** Counted things, such as steps: no ticks between whole numbers. */
  readonly values?: 'any' | 'whole';
  /** Values that the axis never goes beyond, such as 0 and 1 for accuracies. */
  readonly limits?: readonly [number, number];
  /** Text of a tick and of a tooltip's value, where the default does not do. */
  readonly format?: (value: number) => string;
}

export interface Mark {
  readonly step: number;
  readonly value: number;
  readonly label: string;
}

export interface Reference {
  readonly value: number;
  readonly label: string;
}

/** A stretch of the horizontal axis that lies beyond something: shaded, with a word. */
export interface Shade {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Where lines leave room for the word. */
  readonly labelAt: 'top' | 'bottom';
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** First index whose step is >= x (the length when there is none). */
export function lowerBound(steps: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the point nearest to x; -1 for an empty line. */
export function nearestIndex(steps: ArrayLike<number>, x: number): number {
  if (steps.length === 0) return -1;
  const after = Math.min(lowerBound(steps, x), steps.length - 1);
  const before = Math.max(after - 1, 0);
  return Math.abs(steps[before]! - x) <= Math.abs(steps[after]! - x) ? before : after;
}

/** What the tooltip and the table speak of: the raw line where the drawn one is smoothed. */
export const spoken = (series: ChartSeries): Line => series.raw ?? series;

/** Smallest and largest finite value within a range of steps (positive ones only for a log axis); null for none. */
export function extentWithin(
  { steps, values }: Line,
  range: Range,
  which: 'all' | 'positive',
): readonly [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const end = Math.min(lowerBound(steps, range.to) + 1, steps.length);
  for (let index = lowerBound(steps, range.from); index < end && steps[index]! <= range.to; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value) || (which === 'positive' && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** How many values a log axis cannot draw. */
export const nonPositive = (series: readonly ChartSeries[]): number =>
  series.reduce((sum, each) => {
    let here = 0;
    for (let index = 0; index < each.values.length; index++) if (each.values[index]! <= 0) here++;
    return sum + here;
  }, 0);
