import type { TableCell, TableColumn } from './table.ts';

/** Cells of a row as words, in the order of the columns: numbers in full, categories by name; null where one is missing. */
export const cellWords = (columns: readonly TableColumn[], cells: readonly TableCell[]): (string | null)[] =>
  columns.map((column, index) => {
    const cell = cells[index] ?? null;
    if (cell === null) return null;
    return column.kind === 'number' ? String(cell) : (column.categories[cell] ?? null);
  });
