import { describe, expect, it } from 'vitest';
import { meanLine, resample } from '../../../src/renderer/features/compare/mean-line.ts';

const line = (...points: readonly (readonly [number, number])[]) => ({
  steps: Float64Array.from(points, ([step]) => step),
  values: Float64Array.from(points, ([, value]) => value),
});

describe('the mean of lines that share their steps', () => {
  it('uses every point as it is, up to the end of the shortest', () => {
    const mean = meanLine([line([0, 1], [500, 2], [1000, 9]), line([0, 3], [500, 4])]);
    expect(mean.points).toBe('shared');
    expect([...mean.steps]).toEqual([0, 500]);
    expect([...mean.values]).toEqual([2, 3]);
  });

  it('has the interval of Student’s t over the lines', () => {
    const mean = meanLine([line([0, 1]), line([0, 2]), line([0, 3])]);
    expect(mean.half[0]).toBeCloseTo(4.302653 / Math.sqrt(3), 5); // t(0.975, 2 degrees) sd 1
  });
});

describe('the mean of lines with steps of their own', () => {
  const slow = line([0, 0], [10, 10]);
  const fast = line([2, 2], [8, 8], [20, 20]);

  it('reads them between their points, where all of them are', () => {
    const mean = meanLine([slow, fast]);
    expect(mean.points).toBe('interpolated');
    expect([mean.steps[0], mean.steps.at(-1)]).toEqual([2, 10]);
    for (const [index, value] of mean.values.entries()) expect(value).toBeCloseTo(mean.steps[index]!, 9);
    for (const half of mean.half) expect(half).toBeCloseTo(0, 9);
  });

  it('is empty where they do not meet', () => {
    expect(meanLine([line([0, 1], [1, 1]), line([5, 1], [6, 1])]).steps).toHaveLength(0);
    expect(meanLine([line(), line([5, 1], [6, 1])]).steps).toHaveLength(0);
  });
});

it('reads a line at its points and between them', () => {
  const values = resample(line([0, 0], [10, 100], [20, 0]), Float64Array.of(0, 5, 10, 15, 20));
  expect([...values]).toEqual([0, 50, 100, 50, 0]);
});
