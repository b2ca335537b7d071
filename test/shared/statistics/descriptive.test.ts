import { describe, expect, it } from 'vitest';
import {
  interquartileMean,
  mean,
  median,
  quantile,
  standardDeviation,
  variance,
} from '../../../src/shared/statistics/descriptive.ts';

const values = [2.1, 3.4, 1.9, 4.4, 3.3];
const withOutlier = [100, 1, 2, 3, 4, 5, 6, 7];

/** Expected values from NumPy and SciPy. */
describe('descriptive statistics', () => {
  it('gives mean, sample variance and standard deviation', () => {
    expect(mean(values)).toBeCloseTo(3.02, 12);
    expect(variance(values)).toBeCloseTo(1.057, 12);
    expect(standardDeviation(values)).toBeCloseTo(Math.sqrt(1.057), 12);
  });

  it('finds no spread in a single value', () => {
    expect(variance([7])).toBe(0);
  });

  it('interpolates quantiles like NumPy, without sorting the list it was given', () => {
    expect([0, 0.1, 0.5, 0.9, 1].map((q) => quantile(withOutlier, q))).toEqual([
      1,
      expect.closeTo(1.7, 12),
      4.5,
      expect.closeTo(34.9, 12),
      100,
    ]);
    expect(withOutlier[0]).toBe(100);
    expect(median([3, 1, 2])).toBe(2);
  });

  it('takes the mean of the middle half, untouched by an outlier', () => {
    expect(interquartileMean(withOutlier)).toBe(4.5);
    expect(interquartileMean([5, 1, 9])).toBe(5);
  });

  it('refuses what has no answer', () => {
    expect(() => mean([])).toThrow(/mean of no values/);
    expect(() => quantile([1], 1.5)).toThrow(/\[0, 1\]/);
  });
});
