import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/shared/random/random.ts';
import { bootstrapInterval } from '../../../src/shared/statistics/bootstrap.ts';
import { interquartileMean, mean } from '../../../src/shared/statistics/descriptive.ts';
import { ci95 } from '../../../src/shared/statistics/intervals.ts';

const random = createRandom(3, 'sample');
const values = Array.from({ length: 200 }, () => random.normal());

describe('bootstrap', () => {
  it('agrees with theory on a mean', () => {
    const { low, high } = bootstrapInterval(values, mean, createRandom(1, 'bootstrap'));
    expect((low + high) / 2).toBeCloseTo(mean(values), 1);
    expect((high - low) / 2 / ci95(values)).toBeGreaterThan(0.9);
    expect((high - low) / 2 / ci95(values)).toBeLessThan(1.1);
  });

  it('is the same for the same seed and another for another', () => {
    const interval = (seed: number) => bootstrapInterval(values, interquartileMean, createRandom(seed, 'b'), 200);
    expect(interval(1)).toEqual(interval(1));
    expect(interval(2)).not.toEqual(interval(1));
  });

  it('refuses no values', () => {
    expect(() => bootstrapInterval([], mean, createRandom(1))).toThrow(/no values/);
  });
});
