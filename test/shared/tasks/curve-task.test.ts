import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/shared/random/random.ts';
import type { SinusoidTaskConfig } from '../../../src/shared/run-config/schema.ts';
import { mean, standardDeviation } from '../../../src/shared/statistics/descriptive.ts';
import { type Curve, curveAt, drawCurveTask, drawInput, drawTarget } from '../../../src/shared/tasks/curve-task.ts';
import { drawSinusoid } from '../../../src/shared/tasks/sinusoid.ts';

const tasksOf = (variant: SinusoidTaskConfig['variant'], count = 4000) => {
  const random = createRandom(1, variant);
  return Array.from({ length: count }, () => drawCurveTask(random, variant));
};
const wavesOf = (curve: Curve) => (curve.kind === 'waves' ? curve.waves : []);
const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)];
const near = (low: number, high: number) => [expect.closeTo(low, 1), expect.closeTo(high, 1)];

describe('curves of one wave', () => {
  it('are drawn as they always were: the wave, then inputs from -5 to 5, without noise', () => {
    const [random, plain] = [createRandom(3, 'a'), createRandom(3, 'a')];
    const task = drawCurveTask(random, 'meta-sgd-2017');
    const wave = drawSinusoid(plain, 'meta-sgd-2017');
    expect(task.curve).toEqual({ kind: 'waves', waves: [wave] });
    const x = drawInput(task, random);
    expect(x).toBe(plain.uniformBetween(-5, 5));
    expect(drawTarget(task, x, random)).toBe(curveAt(task.curve, x));
    expect(random.state()).toEqual(plain.state());
  });
});

describe('harmonic curves', () => {
  const tasks = tasksOf('harmonic-2018');

  it('add two waves, the second of twice the frequency, from 5 to 7 for the first', () => {
    for (const { curve } of tasks) {
      const [first, second] = wavesOf(curve);
      expect(second!.frequency).toBeCloseTo(2 * first!.frequency, 12);
    }
    expect(range(tasks.map(({ curve }) => wavesOf(curve)[0]!.frequency))).toEqual(near(5, 7));
    const { curve } = tasks[0]!;
    const [a, b] = wavesOf(curve);
    const expected =
      a!.amplitude * Math.sin(a!.frequency * 0.7 + a!.phase) + b!.amplitude * Math.sin(b!.frequency * 0.7 + b!.phase);
    expect(curveAt(curve, 0.7)).toBeCloseTo(expected, 12);
  });

  it('have standard normal amplitudes and any phase', () => {
    const waves = tasks.flatMap(({ curve }) => wavesOf(curve));
    const amplitudes = waves.map(({ amplitude }) => amplitude);
    expect(mean(amplitudes)).toBeCloseTo(0, 1);
    expect(standardDeviation(amplitudes)).toBeCloseTo(1, 1);
    expect(range(waves.map(({ phase }) => phase))).toEqual(near(0, 2 * Math.PI));
  });

  it('have inputs around a middle of their own, from -4 to 4', () => {
    const middles = tasks.map(({ inputs }) => (inputs.kind === 'normal' ? inputs.mean : Number.NaN));
    expect(range(middles)).toEqual(near(-4, 4));
    const random = createRandom(2, 'inputs');
    const inputs = Array.from({ length: 4000 }, () => drawInput(tasks[0]!, random));
    expect(mean(inputs)).toBeCloseTo(middles[0]!, 1);
    expect(standardDeviation(inputs)).toBeCloseTo(1, 1);
  });
});

describe('waves and lines', () => {
  const tasks = tasksOf('platipus-2018');

  it('are one half each', () => {
    expect(tasks.filter(({ curve }) => curve.kind === 'line').length / tasks.length).toBeCloseTo(0.5, 1);
  });

  it('have slopes and intercepts from -3 to 3, amplitudes from 0.1 to 5', () => {
    const lines = tasks.flatMap(({ curve }) => (curve.kind === 'line' ? [curve] : []));
    expect(range(lines.map(({ slope }) => slope))).toEqual(near(-3, 3));
    expect(range(lines.map(({ intercept }) => intercept))).toEqual(near(-3, 3));
    expect(range(tasks.flatMap(({ curve }) => wavesOf(curve)).map(({ amplitude }) => amplitude))).toEqual(near(0.1, 5));
    expect(curveAt({ kind: 'line', slope: 2, intercept: -1 }, 3)).toBe(5);
  });

  it('are observed with noise of deviation 0.3', () => {
    const random = createRandom(5, 'noise');
    const errors = Array.from({ length: 40_000 }, () => drawTarget(tasks[0]!, 1, random) - curveAt(tasks[0]!.curve, 1));
    expect(mean(errors)).toBeCloseTo(0, 1);
    expect(standardDeviation(errors)).toBeCloseTo(0.3, 2);
  });
});

it.each(['finn-2017', 'harmonic-2018', 'platipus-2018'] as const)('%s: the same for the same generator', (variant) => {
  const drawn = (seed: number) => {
    const random = createRandom(seed, 'tasks');
    const task = drawCurveTask(random, variant);
    const x = drawInput(task, random);
    return [task, x, drawTarget(task, x, random)];
  };
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
});
