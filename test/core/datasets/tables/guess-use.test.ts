import { describe, expect, it } from 'vitest';
import { numberOf, wordOf } from '../../../../src/main/core/datasets/tables/cells.ts';
import { columnFacts } from '../../../../src/main/core/datasets/tables/column-facts.ts';
import { guessUse } from '../../../../src/main/core/datasets/tables/guess-use.ts';

const guess = (name: string, values: readonly (string | null)[]) =>
  guessUse(
    name,
    columnFacts(
      values.map((value) => ({ where: '', cells: [value] })),
      0,
    ),
  );
const times = (amount: number, value: (i: number) => string | null) =>
  Array.from({ length: amount }, (_, i) => value(i));

describe('a cell', () => {
  it.each(['', '  ', 'NA', 'n/a', 'NaN', 'null', 'NULL', '?'])('without a value: %j', (cell) => {
    expect(wordOf(cell)).toBeNull();
  });

  it.each([
    ['-1.5e-3', -0.0015], ['+.5', 0.5], ['7.', 7], ['1e400', null], ['1,234', null], ['3,5', null],
    ['12 kg', null], ['Infinity', null], ['0x10', null], ['', null],
  ])('%j as a number is %j', (word, number) => {
    expect(numberOf(word)).toBe(number);
  }); // biome-ignore format: a table
});

describe('a column is taken for', () => {
  it('numbers, where nine in ten values are some', () => {
    expect(
      guess(
        'age',
        times(40, (i) => (i < 36 ? String(i * 1.5) : 'unknown')),
      ),
    ).toMatchObject({ use: 'number' });
    expect(
      guess(
        'age',
        times(40, (i) => (i < 30 ? String(i * 1.5) : 'unknown')),
      ),
    ).not.toMatchObject({ use: 'number' });
  });

  it('a category, where few words come again and again', () => {
    expect(
      guess(
        'ward',
        times(40, (i) => `w${i % 4}`),
      ),
    ).toEqual({ use: 'category', reason: null });
    expect(guess('flag', ['x', null, 'x'])).toEqual({ use: 'category', reason: null });
  });

  it.each<[string, string, (string | null)[], string]>([
    ['rows that are counted', 'n', times(20, (i) => String(i + 5)), 'looks like the number of the row'],
    ['ids', 'customer_id', times(20, (i) => String((i * 7919) % 1009)), 'looks like the number of the row'],
    ['names', 'who', times(20, (i) => `person ${i}`), 'every row has another value'],
    ['one value', 'unit', times(20, () => 'mg'), 'every row has "mg"'],
    ['no value', 'empty', times(20, () => null), 'no row has a value'],
    ['text', 'note', times(20, (i) => `came in and left again after day ${i % 3}`), 'looks like text'],
    ['nearly all different', 'street', times(40, (i) => `s${i % 30}`), 'has 30 different values in 40 rows'],
  ])('nothing: %s', (_, name, values, reason) => {
    expect(guess(name, values)).toMatchObject({ use: 'ignored', reason: expect.stringContaining(reason) });
  });

  it('numbers, where measurements are all different', () => {
    expect(
      guess(
        'height',
        times(20, (i) => (150 + i * 1.37).toFixed(2)),
      ),
    ).toEqual({ use: 'number', reason: null });
  });
});
