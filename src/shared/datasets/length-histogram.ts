import type { LengthHistogram } from './text.ts';

const bins = 24;

/**
 * The spread of whole numbers in bins of one width, a round number. A long tail (well beyond the 98th percentile) goes
 * into the last bin, which is then wider, so that a single huge text does not squeeze all others into one bar.
 */
export function lengthHistogram(lengths: ArrayLike<number>): LengthHistogram {
  const sorted = Float64Array.from(lengths).sort();
  const least = sorted[0] ?? 0;
  const most = sorted.at(-1) ?? 0;
  const tail = 1.25 * quantile(sorted, 0.98);
  const shownMost = most > tail ? Math.ceil(tail) : most;
  const width = roundWidth((shownMost - least + 1) / bins);
  const start = Math.floor(least / width) * width;
  const size = Math.max(1, Math.ceil((shownMost + 1 - start) / width));
  const edges = Array.from({ length: size + 1 }, (_, bin) => start + bin * width);
  if (most > edges.at(-1)!) edges[size] = most;
  const counts = new Array<number>(size).fill(0);
  for (const length of sorted) counts[Math.min(size - 1, Math.floor((length - start) / width))]! += 1;
  const sum = sorted.reduce((total, length) => total + length, 0);
  return {
    edges,
    counts,
    least,
    median: quantile(sorted, 0.5),
    mean: sorted.length === 0 ? 0 : sum / sorted.length,
    p95: quantile(sorted, 0.95),
    most,
  };
}

/** The smallest value that at least this share of the values does not exceed. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** 1, 2, 5, 10, 20, 50 ...: the first that is enough. */
function roundWidth(atLeast: number): number {
  for (let power = 1; ; power *= 10) {
    for (const factor of [1, 2, 5]) if (factor * power >= atLeast) return factor * power;
  }
}
