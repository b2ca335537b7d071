import { expect, it } from 'vitest';
import { cellsOfRows } from '../../../src/main/core/runs/asked-rows.ts';
import type { TableColumn } from '../../../src/shared/datasets/table.ts';

const columns: readonly TableColumn[] = [
  { kind: 'number', name: 'age', least: 1, mean: 20, most: 90, missing: 0 },
  { kind: 'category', name: 'city', categories: ['Bonn', 'Rome'], missing: 0 },
];

it('stores rows as a dataset does, numbers also where they come as words', () => {
  const rows = [
    { age: ' 31.5 ', city: 'Rome' },
    { city: 'Bonn', age: -2 },
  ];
  expect(cellsOfRows(columns, rows)).toEqual({
    cells: [
      [31.5, 1],
      [-2, 0],
    ],
    notes: [],
  });
});

it('takes what is left out, empty or never seen for missing, and says so', () => {
  const { cells, notes } = cellsOfRows(columns, [{ age: '', city: 'Oslo' }, { age: null }]);
  expect(cells).toEqual([
    [null, null],
    [null, null],
  ]);
  expect(notes).toEqual([
    'Without a value, "age" counts as missing.',
    '"city" is missing in 1 of 2 rows.',
    'Training never saw "Oslo" in "city": it counts as no category at all.',
  ]);
});

it('refuses a column that it does not know and what is no number, naming row and column', () => {
  expect(() => cellsOfRows(columns, [{ cty: 'Rome' }])).toThrow(
    'The row has a column "cty" that the run did not learn from. Did you mean "city"?',
  );
  expect(() => cellsOfRows(columns, [{ age: 1 }, { age: 'old' }])).toThrow(
    'Row 2 of 2 has "old" in the column "age": a number is due.',
  );
});
