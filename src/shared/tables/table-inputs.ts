import type { TableCell, TableColumn } from '../datasets/table.ts';

/**
 * What a network is given of a row: of a number (x - mean) / deviation, and where its column has missing values a second
 * input that is 1 where it is missing (the first is 0 then, the mean); of a category one input for each, 1 for its own
 * ("one-hot"), all 0 where it is missing. Means and deviations are those of the run's own training rows.
 */

/** null for a column of categories. */
export type ColumnScale = { readonly mean: number; readonly deviation: number } | null;

/** Inputs of a column, in number. */
const widthOf = (column: TableColumn): number =>
  column.kind === 'category' ? column.categories.length : column.missing > 0 ? 2 : 1;

/** Inputs of a row, from its columns alone. */
export const tableInputSize = (columns: readonly TableColumn[]): number =>
  columns.reduce((sum, column) => sum + widthOf(column), 0);

/**
 * Mean and standard deviation (over n) of each number among these rows, missing ones apart. A column that never changes
 * there has deviation 1; one without any number mean 0.
 */
export function scalesOf(columns: readonly TableColumn[], rows: Iterable<readonly TableCell[]>): ColumnScale[] {
  const moments = columns.map(() => ({ count: 0, mean: 0, squares: 0 }));
  for (const cells of rows) {
    cells.forEach((cell, at) => {
      if (cell === null || columns[at]!.kind !== 'number') return;
      const of = moments[at]!; // Welford 1962
      of.count += 1;
      const difference = cell - of.mean;
      of.mean += difference / of.count;
      of.squares += difference * (cell - of.mean);
    });
  }
  return columns.map(({ kind }, at) => {
    if (kind === 'category') return null;
    const { count, mean, squares } = moments[at]!;
    const deviation = count === 0 ? 0 : Math.sqrt(squares / count);
    return { mean, deviation: deviation > 0 && Number.isFinite(deviation) ? deviation : 1 };
  });
}

/** Writes the inputs of a row at `offset` of `target`, which holds zeros there. */
export function writeTableInputs(
  columns: readonly TableColumn[],
  scales: readonly ColumnScale[],
  cells: readonly TableCell[],
  target: Float32Array,
  offset: number,
): void {
  let place = offset;
  columns.forEach((column, at) => {
    const cell = cells[at] ?? null;
    if (column.kind === 'category') {
      if (cell !== null && cell < column.categories.length) target[place + cell] = 1;
    } else if (cell === null) {
      if (column.missing > 0) target[place + 1] = 1;
    } else {
      const { mean, deviation } = scales[at]!;
      target[place] = (cell - mean) / deviation;
    }
    place += widthOf(column);
  });
}
