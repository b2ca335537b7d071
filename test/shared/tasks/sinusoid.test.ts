import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/shared/random/random.ts';
import { drawSinusoid, sinusoidAt } from '../../../src/shared/tasks/sinusoid.ts';

const drawn = (variant: 'finn-2017' | 'meta-sgd-2017') => {
  const random = createRandom(1, variant);
  return Array.from({ length: 5000 }, () => drawSinusoid(random, variant));
};
const range = (values: number[]) => [Math.min(...values), Math.max(...values)];

describe('sinusoids', () => {
  it('of Finn 2017: amplitude in [0.1, 5], phase shift in [0, pi], frequency 1', () => {
    const waves = drawn('finn-2017');
    expect(range(waves.map(({ amplitude }) => amplitude))).toEqual([expect.closeTo(0.1, 1), expect.closeTo(5, 1)]);
    expect(range(waves.map(({ phase }) => phase))).toEqual([expect.closeTo(-Math.PI, 1), expect.closeTo(0, 1)]);
    expect(new Set(waves.map(({ frequency }) => frequency))).toEqual(new Set([1]));
  });

  it('of Meta-SGD: the frequency lies in [0.8, 1.2]', () => {
    const waves = drawn('meta-sgd-2017');
    expect(range(waves.map(({ frequency }) => frequency))).toEqual([expect.closeTo(0.8, 2), expect.closeTo(1.2, 2)]);
    expect(range(waves.map(({ phase }) => phase))).toEqual([expect.closeTo(0, 1), expect.closeTo(Math.PI, 1)]);
  });

  it('have the value amplitude * sin(frequency x + phase)', () => {
    expect(sinusoidAt({ amplitude: 2, frequency: 0.5, phase: -1 }, 3)).toBeCloseTo(2 * Math.sin(0.5), 12);
  });
});
