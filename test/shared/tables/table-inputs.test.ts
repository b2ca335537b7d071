import { describe, expect, it } from 'vitest';
import type { TableColumn } from '../../../src/shared/datasets/table.ts';
import { scalesOf, tableInputSize, writeTableInputs } from '../../../src/shared/tables/table-inputs.ts';

const number = (name: string, missing: number): TableColumn => ({
  ...{ kind: 'number', name, least: 0, mean: 0, most: 0, missing },
});
const columns: readonly TableColumn[] = [
  number('age', 0),
  number('income', 2),
  { kind: 'category', name: 'city', categories: ['Bonn', 'Oslo', 'Rome'], missing: 1 },
];

function inputsOf(cells: readonly (number | null)[], rows: readonly (readonly (number | null)[])[]): number[] {
  const target = new Float32Array(1 + tableInputSize(columns) + 1).fill(0);
  writeTableInputs(columns, scalesOf(columns, rows), cells, target, 1);
  expect([target[0], target.at(-1)]).toEqual([0, 0]); // nothing outside its place
  return [...target.subarray(1, -1)];
}

describe('the inputs that a network is given of a row', () => {
  it('are one for a number, one more where some are missing, and one for each category', () => {
    expect(tableInputSize(columns)).toBe(1 + 2 + 3);
    expect(tableInputSize([])).toBe(0);
  });

  it('are scaled by mean and deviation of the given rows, missing ones apart', () => {
    const rows = [
      [2, 10, 0],
      [4, null, 1],
      [9, 30, 2],
    ];
    // age: mean 5, deviation sqrt((9 + 1 + 16) / 3); income: mean 20, deviation 10
    const scales = scalesOf(columns, rows);
    expect(scales[0]!.mean).toBeCloseTo(5, 12);
    expect(scales[0]!.deviation).toBeCloseTo(Math.sqrt(26 / 3), 12);
    expect(scales[1]).toEqual({ mean: 20, deviation: 10 });
    expect(scales[2]).toBeNull();
    const [age, income, hasNone, ...cities] = inputsOf([8, 35, 1], rows);
    expect(age).toBeCloseTo(3 / Math.sqrt(26 / 3), 6);
    expect([income, hasNone]).toEqual([1.5, 0]);
    expect(cities).toEqual([0, 1, 0]);
  });

  it('are the mean and a mark for a missing number, and nothing for a missing or unknown category', () => {
    const rows = [[1, 1, 0]];
    expect(inputsOf([1, null, null], rows)).toEqual([0, 0, 1, 0, 0, 0]);
    expect(inputsOf([1, 1, 3], rows)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('stay finite for a column that never changes, or has no number at all', () => {
    const scales = scalesOf(columns, [
      [3, null, 0],
      [3, null, 0],
    ]);
    expect(scales.slice(0, 2)).toEqual([
      { mean: 3, deviation: 1 },
      { mean: 0, deviation: 1 },
    ]);
  });

  it('are exact for numbers far from zero', () => {
    const [scale] = scalesOf([number('year', 0)], [[1e9 + 1], [1e9 + 2], [1e9 + 3]]);
    expect(scale!.mean).toBe(1e9 + 2);
    expect(scale!.deviation).toBeCloseTo(Math.sqrt(2 / 3), 9);
  });
});
