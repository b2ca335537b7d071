import { describe, expect, it } from 'vitest';
import { incompleteBeta, logGamma, studentCdf, studentQuantile } from '../../../src/shared/statistics/distributions.ts';

/** Expected values from SciPy. */
describe("Student's t", () => {
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.975, 4, 2.7764451051977934],
    [0.975, 9.5, 2.2441374614922958],
    [0.95, 30, 1.697260886593957],
    [0.025, 5, -2.5705818356363155],
    [0.975, 10_000, 1.960201239890626],
  ])('quantile of %d with %d degrees', (p, degrees, expected) => {
    expect(studentQuantile(p, degrees)).toBeCloseTo(expected, 9);
  });

  it.each([
    [0, 3, 0.5],
    [1.5, 4, 0.896],
    [-2.2, 7.3, 0.0310845827000118],
  ])('P(T <= %d) with %d degrees', (t, degrees, expected) => {
    expect(studentCdf(t, degrees)).toBeCloseTo(expected, 10);
  });

  it('refuses impossible arguments', () => {
    expect(() => studentQuantile(1, 5)).toThrow(/between 0 and 1/);
    expect(() => studentCdf(1, 0)).toThrow(/positive/);
  });
});

describe('special functions', () => {
  it.each([
    [0.3, 2, 3, 0.3483],
    [0.9, 0.5, 0.5, 0.7951672353008665],
    [0.01, 5, 0.5, 2.4712578086395438e-11],
    [0, 2, 2, 0],
    [1, 2, 2, 1],
  ])('I_%d(%d, %d)', (x, a, b, expected) => {
    expect(incompleteBeta(x, a, b)).toBeCloseTo(expected, 12);
  });

  it.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247],
    [1, 0],
    [3.7, 1.428072326665388],
    [50, 144.56574394634487],
    [1000, 5905.220423209181],
  ])('ln Gamma(%d)', (x, expected) => {
    expect(logGamma(x)).toBeCloseTo(expected, 9);
  });
});
