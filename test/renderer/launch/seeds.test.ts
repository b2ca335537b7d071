import { describe, expect, it } from 'vitest';
import {
  countedSeeds,
  listedSeeds,
  listText,
  parseSeeds,
  switchSeedsMode,
} from '../../../src/renderer/features/launch/seeds.ts';

const seedsOf = (parsed: ReturnType<typeof parseSeeds>) => (parsed.ok ? parsed.seeds : parsed.error.message);
const count = (text: string, first = 1) => seedsOf(parseSeeds({ ...countedSeeds(1, first), count: text }));
const list = (text: string) => seedsOf(parseSeeds({ ...listedSeeds([1]), list: text }));

describe('seeds as a count', () => {
  it('count up from the first one', () => {
    expect(count('3')).toEqual([1, 2, 3]);
    expect(count('× 2', 7)).toEqual([7, 8]);
  });

  it('say what is wrong and the nearest count that is not', () => {
    expect(count('')).toBe('Seeds is empty; allowed: a whole number from 1 to 1000.');
    expect(count('two')).toContain('"two"');
    const many = parseSeeds({ ...countedSeeds(1), count: '5000' });
    expect(!many.ok && many.error.nearest).toBe(1000);
  });
});

describe('seeds as a list', () => {
  it('may hold single seeds and ranges, in any order', () => {
    expect(list('9, 2 4-6')).toEqual([9, 2, 4, 5, 6]);
    expect(list('0')).toEqual([0]);
  });

  it('refuse what is no seed, and name it', () => {
    expect(list('1, x')).toContain('"x"');
    expect(list('-3')).toContain('"-3"');
    expect(list('2147483648')).toContain('2147483647');
    expect(list('1-5000')).toContain('at most 1000 seeds');
    expect(list(' ')).toContain('empty');
  });

  it('refuse a seed that stands twice and offer the list without it', () => {
    const parsed = parseSeeds({ ...listedSeeds([1]), list: '1, 2, 1' });
    expect(!parsed.ok && parsed.error.nearest).toBe('1, 2');
  });

  it('are written with ranges from four on', () => {
    expect(listText([1, 2, 3, 7, 8, 9, 10])).toBe('1, 2, 3, 7-10');
  });
});

it('keeps the seeds when the form of them changes', () => {
  const asList = switchSeedsMode(countedSeeds(5), 'list');
  expect(parseSeeds(asList)).toEqual({ ok: true, seeds: [1, 2, 3, 4, 5] });
  expect(switchSeedsMode(asList, 'count')).toMatchObject({ mode: 'count', count: '5' });
});
