import { describe, expect, it } from 'vitest';
import { createRandom, type Random, randomFromState } from '../../../src/shared/random/random.ts';
import { mean, variance } from '../../../src/shared/statistics/descriptive.ts';

const draws = (random: Random, count = 20): number[] => Array.from({ length: count }, () => random.nextUint32());
const many = (draw: () => number): number[] => Array.from({ length: 20_000 }, draw);

describe('streams', () => {
  it('are the same for the same seed and name, and others for others', () => {
    expect(draws(createRandom(1, 'a'))).toEqual(draws(createRandom(1, 'a')));
    expect(draws(createRandom(2, 'a'))).not.toEqual(draws(createRandom(1, 'a')));
    expect(draws(createRandom(1, 'b'))).not.toEqual(draws(createRandom(1, 'a')));
  });

  it('below one another do not depend on what was drawn before', () => {
    const used = createRandom(1, 'a');
    draws(used);
    expect(draws(used.stream('x'))).toEqual(draws(createRandom(1, 'a').stream('x')));
  });

  it('go on exactly from their state, the kept normal included', () => {
    const random = createRandom(5, 'state');
    random.normal();
    const resumed = randomFromState(JSON.parse(JSON.stringify(random.state())));
    expect(resumed.normal()).toBe(random.normal());
    expect(draws(resumed)).toEqual(draws(random));
  });

  it('keep their values from version to version, since seeds are stored with results', () => {
    expect(draws(createRandom(1, 'train-tasks'), 4)).toMatchInlineSnapshot(`
      [
        2147664627,
        2463348161,
        3035485026,
        3010205519,
      ]
    `);
  });

  it('refuse a seed that is not a whole number', () => {
    expect(() => createRandom(0.5)).toThrow(/whole number/);
  });
});

describe('distributions', () => {
  it('uniform: mean 1/2, variance 1/12, within [0, 1)', () => {
    const random = createRandom(1, 'uniform');
    const values = many(() => random.uniform());
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(variance(values)).toBeCloseTo(1 / 12, 2);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
  });

  it('normal: mean 0, variance 1, one value in 22 beyond 2', () => {
    const random = createRandom(1, 'normal');
    const values = many(() => random.normal());
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(variance(values)).toBeCloseTo(1, 1);
    expect(values.filter((value) => Math.abs(value) > 2).length / values.length).toBeCloseTo(0.0455, 2);
  });

  it('integer: every value of the range equally often', () => {
    const random = createRandom(1, 'integer');
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 20_000; i++) counts[random.integer(5)]!++;
    for (const count of counts) expect(count / 4000).toBeCloseTo(1, 1);
    expect(() => random.integer(0)).toThrow(/whole number/);
  });

  it('sample: different items, each place equally often, all of them when asked for all', () => {
    const random = createRandom(1, 'sample');
    const first = [0, 0, 0, 0];
    for (let i = 0; i < 8000; i++) {
      const drawn = random.sample(4, 2);
      expect(new Set(drawn).size).toBe(2);
      first[drawn[0]!]!++;
    }
    for (const count of first) expect(count / 2000).toBeCloseTo(1, 1);
    expect(random.sample(6, 6).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(() => random.sample(3, 4)).toThrow(/4 different items of 3/);
  });

  it('shuffle: a permutation, in place', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const shuffled = createRandom(1, 'shuffle').shuffle(items);
    expect(shuffled).toBe(items);
    expect([...shuffled].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(shuffled).not.toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
