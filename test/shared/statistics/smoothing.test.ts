import { describe, expect, it } from 'vitest';
import { exponentialMovingAverage } from '../../../src/shared/statistics/smoothing.ts';

describe('exponential moving average', () => {
  it('leaves a series alone with weight 0', () => {
    expect([...exponentialMovingAverage([3, 1, 2], 0)]).toEqual([3, 1, 2]);
  });

  it('starts at the first value instead of near zero', () => {
    expect([...exponentialMovingAverage([5, 5, 5], 0.9)]).toEqual([5, 5, 5].map((v) => expect.closeTo(v, 12)));
    expect(exponentialMovingAverage([4, 2], 0.5)[1]).toBeCloseTo((0.25 * 4 + 0.5 * 2) / 0.75, 12);
  });

  it('passes over gaps', () => {
    const smoothed = exponentialMovingAverage([4, Number.NaN, 4], 0.5);
    expect(smoothed[1]).toBeNaN();
    expect(smoothed[2]).toBeCloseTo(4, 12);
  });

  it('refuses weight 1', () => {
    expect(() => exponentialMovingAverage([1], 1)).toThrow(/\[0, 1\)/);
  });
});
