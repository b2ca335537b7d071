import { minMaxBuckets } from '../../shared/statistics/buckets.ts';
import { type ChartSeries, type Line, lowerBound, type Range } from './series.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The points that are drawn of a line: those within the range and one beyond each end (so that lines run to the edge),
 * reduced to at most `buckets` min/max buckets. For drawing only.
 */
export function drawnPoints(line: Line, range: Range, buckets: number): Point[] {
  const from = Math.max(0, lowerBound(line.steps, range.from) - 1);
  const to = Math.min(line.steps.length, lowerBound(line.steps, range.to) + 1);
  const steps = Float64Array.from({ length: to - from }, (_, index) => line.steps[from + index]!);
  const values = Float64Array.from({ length: to - from }, (_, index) => line.values[from + index]!);
  const reduced = minMaxBuckets({ steps, values }, buckets);
  return Array.from(reduced.steps, (x, index) => ({ x, y: reduced.values[index]! }));
}

/** The outline of a band, left to right; thinned to at most `columns` places by taking the widest of each. */
export function drawnBand(
  series: ChartSeries,
  range: Range,
  columns: number,
): { x: number; low: number; high: number }[] {
  const { steps, band } = series;
  if (!band) return [];
  const from = Math.max(0, lowerBound(steps, range.from) - 1);
  const to = Math.min(steps.length, lowerBound(steps, range.to) + 1);
  const stride = Math.max(1, Math.ceil((to - from) / columns));
  const places: { x: number; low: number; high: number }[] = [];
  for (let start = from; start < to; start += stride) {
    const end = Math.min(start + stride, to);
    let low = band.low[start]!;
    let high = band.high[start]!;
    for (let index = start + 1; index < end; index++) {
      low = Math.min(low, band.low[index]!);
      high = Math.max(high, band.high[index]!);
    }
    if (Number.isFinite(low) && Number.isFinite(high)) places.push({ x: steps[start]!, low, high });
  }
  return places;
}
