import { describe, expect, it } from 'vitest';
import { emptySparkline, extendSparkline } from '../../../src/shared/statistics/sparkline.ts';

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a sparkline', () => {
  it('has the points themselves while there are few', () => {
    expect(extendSparkline(emptySparkline, [3, 1, 2]).values).toEqual([3, 1, 2]);
    expect(emptySparkline.values).toEqual([]);
  });

  it('is the same however the points come', () => {
    const all = range(1, 5000).map(Math.sin);
    const whole = extendSparkline(emptySparkline, all);
    let pieces = emptySparkline;
    for (let at = 0; at < all.length; at += 37) pieces = extendSparkline(pieces, all.slice(at, at + 37));
    expect(pieces).toEqual(whole);
  });

  it('always shows the whole series in 24 to 47 means', () => {
    let sparkline = emptySparkline;
    for (let count = 1; count <= 3000; count++) {
      sparkline = extendSparkline(sparkline, [count]);
      expect(sparkline.values.length).toBeLessThan(48);
      if (count >= 24) expect(sparkline.values.length).toBeGreaterThanOrEqual(23);
    }
    const { values, stride } = sparkline;
    expect(values[0]).toBe((1 + stride) / 2); // the mean of 1 .. stride
    expect(values.at(-1)).toBeGreaterThan(3000 - 2 * stride);
  });
});
