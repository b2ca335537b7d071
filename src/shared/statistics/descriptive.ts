/** Means and spreads of plain lists of numbers. All throw on an empty list: there is nothing honest to return. */

export function mean(values: ArrayLike<number>): number {
  requireValues(values, 'mean');
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Sample variance (n - 1 in the denominator); 0 for a single value. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values);
  if (values.length === 1) return 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - centre) ** 2;
  return sum / (values.length - 1);
}

export const standardDeviation = (values: ArrayLike<number>): number => Math.sqrt(variance(values));

/** Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, as NumPy does); `q` in [0, 1]. */
export function quantile(values: ArrayLike<number>, q: number): number {
  requireValues(values, 'quantile');
  if (!(q >= 0 && q <= 1)) throw new RangeError(`A quantile lies in [0, 1], got ${q}.`);
  const sorted = Float64Array.from(values).sort();
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}

export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);

/**
 * Interquartile mean: the mean of the middle half, robust to a lucky or a lost seed (Agarwal 2021, arXiv 2108.13264).
 * As `scipy.stats.trim_mean(values, 0.25)`: floor(n / 4) values are dropped at each end.
 */
export function interquartileMean(values: ArrayLike<number>): number {
  requireValues(values, 'interquartile mean');
  const dropped = Math.floor(values.length / 4);
  return mean(
    Float64Array.from(values)
      .sort()
      .subarray(dropped, values.length - dropped),
  );
}

function requireValues(values: ArrayLike<number>, what: string): void {
  if (values.length === 0) throw new RangeError(`The ${what} of no values is not defined.`);
}
