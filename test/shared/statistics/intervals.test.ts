import { describe, expect, it } from 'vitest';
import {
  ci95,
  ci95OfFew,
  probabilityOfImprovement,
  welchInterval,
  wilsonInterval,
} from '../../../src/shared/statistics/intervals.ts';

const a = [2.1, 3.4, 1.9, 4.4, 3.3];
const b = [1.2, 2.2, 0.7, 1.9];

/** Expected values from SciPy. */
describe('interval of a mean', () => {
  it('is 1.96 standard errors for many values', () => {
    expect(ci95(a)).toBeCloseTo(0.9011572530334194, 10);
    expect(ci95([3])).toBe(0);
  });

  it("uses Student's t for a few, and knows nothing of one", () => {
    expect(ci95OfFew(a)).toBeCloseTo(1.2765610306789772, 10);
    expect(ci95OfFew([3])).toBeNaN();
  });
});

describe("Wilson's interval", () => {
  it.each([
    [8, 10, 0.4901624715366418, 0.9433178485456248],
    [0, 10, 0, 0.27753279986288926],
    [10, 10, 0.7224672001371109, 1],
    [473, 600, 0.7538661945067905, 0.8191318912419755],
  ])('of %d in %d', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 10);
    expect(interval.high).toBeCloseTo(high, 10);
  });

  it('refuses more successes than trials', () => {
    expect(() => wilsonInterval(11, 10)).toThrow(/11 of 10/);
  });
});

describe("Welch's interval", () => {
  it('of a difference of means', () => {
    const interval = welchInterval(a, b);
    expect(interval.difference).toBeCloseTo(1.52, 10);
    expect(interval.degreesOfFreedom).toBeCloseTo(6.83769770831537, 9);
    expect(interval.low).toBeCloseTo(0.16252868677281462, 9);
    expect(interval.high).toBeCloseTo(2.8774713132271863, 9);
  });

  it('has no width without spread, and needs two values', () => {
    expect(welchInterval([1, 1], [3, 3])).toMatchObject({ difference: -2, low: -2, high: -2 });
    expect(() => welchInterval([1], [1, 2])).toThrow(/two values/);
  });
});

describe('probability of improvement', () => {
  it('is the Mann-Whitney U over n m', () => {
    expect(probabilityOfImprovement(a, b)).toBeCloseTo(0.875, 12);
    expect(probabilityOfImprovement(a, b, 'lower')).toBeCloseTo(0.125, 12);
  });

  it('counts ties half', () => {
    expect(probabilityOfImprovement([1, 1], [1])).toBe(0.5);
  });
});
