import { expect, it } from 'vitest';
import {
  askedRow,
  columnHint,
  columnsNamed,
  valueProblem,
  valuesOf,
} from '../../../src/renderer/features/run/row-values.ts';
import type { TableColumn } from '../../../src/shared/datasets/table.ts';

const age: TableColumn = { kind: 'number', name: 'age at start', least: 6.9812, mean: 14, most: 28.11, missing: 0 };
const city: TableColumn = { kind: 'category', name: 'city', categories: ['Bonn', 'Rome'], missing: 0 };

it('asks of every column, null where a field is empty', () => {
  const values = valuesOf(['age at start', 'city'], ['31', null]);
  expect(values).toEqual({ 'age at start': '31', city: '' });
  expect(askedRow([age, city], values)).toEqual({ 'age at start': '31', city: null });
});

it('says what is no number, of numbers only', () => {
  expect([
    valueProblem(age, 'old'),
    valueProblem(age, ' '),
    valueProblem(age, '-1e3'),
    valueProblem(city, 'x'),
  ]).toEqual(['a number is due', null, null, null]);
});

it('hints at the range of a number, and finds columns by words of their names', () => {
  expect(columnHint(age)).toBe('6.98 to 28.1');
  expect(columnsNamed([age, city], 'START age')).toEqual([age]);
});
