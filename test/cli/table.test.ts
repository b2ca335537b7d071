import { describe, expect, it } from 'vitest';
import { tableLines } from '../../src/main/cli/table.ts';

const columns = [
  { title: '#', align: 'right' as const, cells: ['1', '12'] },
  { title: 'name', shrinksTo: 6, cells: ['a-rather-long-name', 'short'] },
  { title: 'note', leaves: 1, cells: ['keep', 'me'] },
  { title: 'time', leaves: 2, align: 'right' as const, cells: ['3 s', '12 s'] },
];

describe('a table', () => {
  it('aligns its columns', () => {
    expect(tableLines(columns, 100)).toEqual([
      ' #  name                note  time',
      ' 1  a-rather-long-name  keep   3 s',
      '12  short               me    12 s',
    ]);
  });

  it('lets columns leave in their order before it shortens cells', () => {
    expect(tableLines(columns, 30)[0]).toBe(' #  name                note');
    expect(tableLines(columns, 25)[0]).toBe(' #  name');
    expect(tableLines(columns, 15)).toEqual([' #  name', ' 1  a-rather-l…', '12  short']);
  });

  it('never shortens below what a column allows', () => {
    expect(tableLines(columns, 3)[1]).toBe(' 1  a-rat…');
  });

  it('of nothing is its head', () => {
    expect(tableLines([{ title: 'name', cells: [] }], 80)).toEqual(['name']);
  });
});
