import type { TableColumn } from '../../../shared/datasets/table.ts';
import type { AskedRow } from '../../../shared/runs/prediction.ts';
import { setting } from '../../app/format.ts';

/** What stands in the fields of a form for one row, by column; what is left out is empty: missing. */
export type RowValues = Readonly<Record<string, string>>;

/** Cells as a page of predictions gives them, by the names of their columns. */
export const valuesOf = (columns: readonly string[], cells: readonly (string | null)[]): RowValues =>
  Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? '']));

/** Why what stands in a field is no value of its column; null where it is one, or empty. */
export function valueProblem(column: TableColumn, text: string): string | null {
  if (text.trim() === '' || column.kind === 'category' || Number.isFinite(Number(text))) return null;
  return 'a number is due';
}

/** What a run is asked: a value for each of its columns, null where the field is empty. */
export const askedRow = (columns: readonly TableColumn[], values: RowValues): AskedRow =>
  Object.fromEntries(columns.map(({ name }) => [name, values[name]?.trim() || null]));

/** "6.98 to 28.1", or how many categories there are. */
export const columnHint = (column: TableColumn): string =>
  column.kind === 'number'
    ? `${setting(Number(column.least.toPrecision(3)))} to ${setting(Number(column.most.toPrecision(3)))}`
    : `${column.categories.length} categories`;

/** Columns whose name has all the words, in any case. */
export function columnsNamed(columns: readonly TableColumn[], search: string): readonly TableColumn[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return columns.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}
