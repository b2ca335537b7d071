import { describe, expect, it } from 'vitest';
import { linearScale, logScale, niceStep } from '../../../src/renderer/charts/scale.ts';

describe('linear scales', () => {
  it('has steps of 1, 2, 2.5 or 5', () => {
    expect([niceStep(60_000, 6), niceStep(9, 5), niceStep(0.12, 5)]).toEqual([10_000, 2, 0.025]);
  });

  it('moves loose ends outwards to ticks, within the limits', () => {
    const scale = linearScale(0.883, 0.991, 5, { loose: 'both', limits: [0, 1] });
    expect(scale.min).toBeLessThanOrEqual(0.883);
    expect(scale.max).toBe(1);
    expect(scale.ticks.at(-1)).toBe(1);
  });

  it('keeps fixed ends, with ticks inside', () => {
    const scale = linearScale(3100, 59_000, 6, { loose: 'none' });
    expect([scale.min, scale.max]).toEqual([3100, 59_000]);
    expect(scale.ticks[0]).toBe(10_000);
  });

  it('has no ticks between counted things', () => {
    expect(linearScale(0, 3, 6, { loose: 'none', values: 'whole' }).ticks).toEqual([0, 1, 2, 3]);
  });

  it('opens a scale for a single value', () => {
    const scale = linearScale(5, 5, 4, { loose: 'both' });
    expect(scale.min).toBeLessThan(5);
    expect(scale.max).toBeGreaterThan(5);
  });
});

describe('log scales', () => {
  it('has ticks at parts of decades for short spans', () => {
    expect(logScale(0.1, 3, 5).ticks).toEqual([0.1, 0.2, 0.5, 1, 2]);
  });

  it('has only decades for long spans, never more than asked for by far', () => {
    const { ticks } = logScale(1e-9, 1e3, 5);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks.every((tick) => Math.abs(Math.log10(tick) % 1) < 1e-9)).toBe(true);
  });
});
