import { describe, expect, it } from 'vitest';
import { rateFactor, stepSchedule } from '../../src/main/learning/schedule.ts';

const outer = { rate: 0.01, iterations: 100, warmUp: 0 } as const;
const linear = { ...outer, schedule: { kind: 'linear', finalRate: 0.002 } } as const;
const cosine = { ...outer, schedule: { kind: 'cosine', finalRate: 0 } } as const;

describe('the outer rate', () => {
  it('falls along a line, or half a cosine, towards its final value', () => {
    expect([1, 51, 101].map((iteration) => rateFactor(linear, iteration))).toEqual([
      1,
      expect.closeTo(0.6, 10),
      expect.closeTo(0.2, 10),
    ]);
    expect([1, 26, 51, 101].map((iteration) => rateFactor(cosine, iteration))).toEqual([
      1,
      expect.closeTo((1 + Math.SQRT1_2) / 2, 10),
      expect.closeTo(0.5, 10),
      expect.closeTo(0, 10),
    ]);
  });

  it('rises over the warm-up to where its schedule is', () => {
    const warm = { ...outer, warmUp: 4, schedule: { kind: 'constant' } } as const;
    expect([1, 2, 4, 5, 100].map((iteration) => rateFactor(warm, iteration))).toEqual([0.25, 0.5, 1, 1, 1]);
    expect(rateFactor({ ...linear, warmUp: 102 }, 51)).toBeCloseTo(0.3, 10);
  });
});

describe('the feed of a step', () => {
  it('is left out where nothing changes', () => {
    expect(stepSchedule({ ...outer, schedule: { kind: 'constant' } }, null)).toBeNull();
  });

  it('is the factor of the rate, then what the algorithm adds', () => {
    const schedule = stepSchedule(cosine, { length: 2, at: (done) => [done, 1 - done] })!;
    expect(schedule.length).toBe(3);
    expect(schedule.at(51)).toEqual([expect.closeTo(0.5, 10), 0.5, 0.5]);
  });
});
