import { basename } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import type { TableCell, TableColumn } from '../../shared/datasets/table.ts';
import { quoted } from './file-error.ts';
import { type LineOptions, readTextLines } from './text-lines.ts';

export interface StoredRow {
  /** Position in the dataset's label list. */
  readonly label: number;
  /** One for each column: a number, the position of a category, or null where it is missing. */
  readonly cells: readonly TableCell[];
}

export interface RowShape {
  readonly labels: readonly string[];
  readonly columns: readonly TableColumn[];
}

/** The rows of a dataset's `rows.jsonl`, in its order; throws `bad-file` that names the line when it is damaged. */
export async function* storedRows(
  file: string,
  { labels, columns }: RowShape,
  options: LineOptions = {},
): AsyncGenerator<StoredRow> {
  for await (const { number, text } of readTextLines(file, basename(file), options)) {
    const [label, ...cells] = parsed(text);
    const whole = isPosition(label, labels.length) && cells.length === columns.length;
    if (!whole || !cells.every((cell, at) => fits(cell, columns[at]!))) {
      const where = `${quoted(basename(file))}, line ${number.toLocaleString('en')},`;
      throw new InnerloopError('bad-file', `${where} is no row of this dataset: it is damaged. Import it again.`);
    }
    yield { label, cells: cells as readonly TableCell[] };
  }
}

/** Nothing where a line is no list. */
function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return [];
    throw thrown;
  }
}

const isPosition = (value: unknown, length: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < length;

const fits = (cell: unknown, column: TableColumn): boolean =>
  cell === null || (column.kind === 'number' ? Number.isFinite(cell) : isPosition(cell, column.categories.length));
