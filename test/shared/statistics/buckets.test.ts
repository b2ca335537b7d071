import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/shared/random/random.ts';
import { minMaxBuckets, type Series } from '../../../src/shared/statistics/buckets.ts';

const series = (steps: readonly number[], values: readonly number[]): Series => ({
  steps: Float64Array.from(steps),
  values: Float64Array.from(values),
});
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('min/max buckets', () => {
  it('leave a short series whole', () => {
    const short = series(range(20), range(20));
    expect(minMaxBuckets(short, 10)).toEqual(short);
    const empty = series([], []);
    expect(minMaxBuckets(empty, 10)).toEqual(empty);
  });

  it('keep the smallest and largest value of each range, at their own steps and in order', () => {
    const reduced = minMaxBuckets(series(range(8), [5, 1, 9, 4, 2, 2, 0, 3]), 2);
    expect([...reduced.steps]).toEqual([2, 3, 7, 8]);
    expect([...reduced.values]).toEqual([1, 9, 0, 3]);
    const flat = minMaxBuckets(series(range(50), range(50).fill(7)), 5);
    expect([...flat.values]).toEqual([7, 7, 7, 7, 7]);
  });

  it('show extremes wherever they are, never more points than asked for, and only stored points', () => {
    const random = createRandom(1, 'buckets');
    for (let round = 0; round < 50; round++) {
      const count = 100 + random.integer(3000);
      const buckets = 10 + random.integer(100);
      let step = 0;
      const steps = range(count).map(() => {
        step += 1 + random.integer(round % 2 ? 1 : 50);
        return step;
      });
      const values = range(count).map(() => random.normal());
      const reduced = minMaxBuckets(series(steps, values), buckets);
      expect(reduced.steps.length).toBeLessThanOrEqual(Math.max(2 * buckets, 0));
      expect(Math.min(...reduced.values)).toBe(Math.min(...values));
      expect(Math.max(...reduced.values)).toBe(Math.max(...values));
      const stored = new Map(steps.map((at, index) => [at, values[index]]));
      reduced.steps.forEach((at, index) => {
        expect(stored.get(at)).toBe(reduced.values[index]);
        if (index > 0) expect(at).toBeGreaterThan(reduced.steps[index - 1]!);
      });
    }
  });
});
