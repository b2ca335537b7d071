import { InnerloopError } from '../../../../shared/contract/errors.ts';
import { splitOf } from '../texts/read-example.ts';
import type { Cell, TextRow, TextSource } from '../texts/text-source.ts';
import { numberOf, wordOf } from './cells.ts';
import type { ChosenTable } from './choose-table-columns.ts';

const longestWord = 200;

export interface ReadRow {
  readonly label: string;
  /** Split code where a column gives splits; else null. */
  readonly split: number | null;
  /** One for each column that is a number or a category: its number or its word; null where it is missing. */
  readonly cells: readonly (number | string | null)[];
}

export type RowReader = (row: TextRow) => ReadRow;

/** Turns rows of a source into rows of a dataset; throws `bad-file` that names the row and the column. */
export function rowReader(source: TextSource, { label, split, columns }: ChosenTable): RowReader {
  const inputs = columns.flatMap(({ name, use }, at) =>
    use === 'number' || use === 'category' ? [{ name, use, at }] : [],
  );
  const [labelAt, splitAt] = [source.columns.indexOf(label), split === null ? -1 : source.columns.indexOf(split)];
  return ({ where, cells }) => ({
    label: labelOf(cells[labelAt] ?? null, where, label),
    split: split === null ? null : splitOf(cells[splitAt] ?? null, where),
    cells: inputs.map(({ name, use, at }) =>
      use === 'number' ? numberAt(cells[at] ?? null, where, name) : categoryAt(cells[at] ?? null, where, name),
    ),
  });
}

/** A label may be called "NA" or "?": only an empty one is missing. */
function labelOf(cell: Cell, where: string, column: string): string {
  if (cell !== null && typeof cell !== 'string') {
    throw new InnerloopError('bad-file', `${where} has a list in "${column}", and a row of a table has one label.`);
  }
  const label = cell?.normalize('NFC').trim() ?? '';
  if (label === '') {
    throw new InnerloopError('bad-file', `${where} has no label in "${column}". Give it one, or take the row out.`);
  }
  return notTooLong(label, where, column);
}

function numberAt(cell: Cell, where: string, column: string): number | null {
  const word = wordOf(cell);
  if (word === null) return null;
  const number = numberOf(word);
  if (number !== null) return number;
  throw new InnerloopError(
    'bad-file',
    `${where} has "${word.slice(0, 40)}" in "${column}", which is a column of numbers: import it as a category, leave it out, or leave the cell empty.`,
  );
}

function categoryAt(cell: Cell, where: string, column: string): string | null {
  const word = wordOf(cell);
  return word === null ? null : notTooLong(word, where, column);
}

function notTooLong(word: string, where: string, column: string): string {
  if (word.length <= longestWord) return word;
  throw new InnerloopError(
    'bad-file',
    `${where} has ${word.length.toLocaleString('en')} characters in "${column}" ("${word.slice(0, 40)}…"); labels and categories have at most ${longestWord}. Leave the column out.`,
  );
}
