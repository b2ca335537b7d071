import { mean, variance } from './descriptive.ts';
import { NORMAL_975, studentQuantile } from './distributions.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Half the width of the 95 % confidence interval of a mean, 1.96 sd / sqrt(n): for many episodes, as the field reports
 * it. 0 for a single value, of which nothing is known.
 */
export const ci95 = (values: ArrayLike<number>): number => NORMAL_975 * Math.sqrt(variance(values) / values.length);

/** The same with Student's t: for a handful of seeds, where 1.96 would promise too much. NaN for a single value. */
export function ci95OfFew(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  return studentQuantile(0.975, values.length - 1) * Math.sqrt(variance(values) / values.length);
}

/** Wilson's 95 % interval of a proportion: stays within [0, 1], also at 0 or all successes (Wilson 1927). */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (!(trials > 0 && successes >= 0 && successes <= trials)) {
    throw new RangeError(`Successes must lie between 0 and the trials, got ${successes} of ${trials}.`);
  }
  const z2 = NORMAL_975 ** 2;
  const p = successes / trials;
  const centre = (p + z2 / (2 * trials)) / (1 + z2 / trials);
  const half = (NORMAL_975 * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials))) / (1 + z2 / trials);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

export interface Difference extends Interval {
  /** mean(a) - mean(b) */
  readonly difference: number;
  readonly degreesOfFreedom: number;
}

/**
 * 95 % interval of the difference of two means with unequal variances (Welch 1947). Each list needs two values.
 * Two lists without any spread give an interval of width 0.
 */
export function welchInterval(a: ArrayLike<number>, b: ArrayLike<number>): Difference {
  if (a.length < 2 || b.length < 2) throw new RangeError('Welch needs at least two values on each side.');
  const difference = mean(a) - mean(b);
  const errorA = variance(a) / a.length;
  const errorB = variance(b) / b.length;
  const error = errorA + errorB;
  if (error === 0) return { difference, low: difference, high: difference, degreesOfFreedom: a.length + b.length - 2 };
  const degreesOfFreedom = error ** 2 / (errorA ** 2 / (a.length - 1) + errorB ** 2 / (b.length - 1));
  const half = studentQuantile(0.975, degreesOfFreedom) * Math.sqrt(error);
  return { difference, low: difference - half, high: difference + half, degreesOfFreedom };
}

/**
 * Probability that a value of `a` beats one of `b`, ties counting half (Agarwal 2021, arXiv 2108.13264, "probability of
 * improvement"; the Mann-Whitney U over n m).
 */
export function probabilityOfImprovement(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  better: 'higher' | 'lower' = 'higher',
): number {
  if (a.length === 0 || b.length === 0) throw new RangeError('Both sides need at least one value.');
  let wins = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      const lead = better === 'higher' ? a[i]! - b[j]! : b[j]! - a[i]!;
      wins += lead > 0 ? 1 : lead === 0 ? 0.5 : 0;
    }
  }
  return wins / (a.length * b.length);
}
