import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { TextColumns } from '../../../../shared/datasets/text.ts';
import { splitCodeOf, splitWordsAllowed } from './split-words.ts';
import type { Cell, TextRow, TextSource } from './text-source.ts';

/** Of text and pair each: longer ones are no examples to learn from, and one alone would fill a batch. */
export const mostTextCharacters = 1_000_000;
const mostLabelCharacters = 200;

export interface ReadExample {
  readonly text: string;
  readonly pair: string | null;
  /** Names; exactly one where a cell is one label. */
  readonly labels: readonly string[];
  /** Split code where the columns give splits; else null. */
  readonly split: number | null;
}

export type ExampleReader = (row: TextRow) => ReadExample;

/** Turns rows of a source into examples; throws `bad-file` or `too-large` that names the row. */
export function exampleReader(source: TextSource, columns: TextColumns, separator: string | null): ExampleReader {
  const at = (column: string | null): number => (column === null ? -1 : source.columns.indexOf(column));
  const [textAt, pairAt, labelAt, splitAt] = [at(columns.text), at(columns.pair), at(columns.label), at(columns.split)];
  return ({ where, cells }) => ({
    text: textOf(cells[textAt] ?? null, where, columns.text),
    pair: columns.pair === null ? null : textOf(cells[pairAt] ?? null, where, columns.pair),
    labels: labelsOf(cells[labelAt] ?? null, where, separator),
    split: columns.split === null ? null : splitOf(cells[splitAt] ?? null, where),
  });
}

function textOf(cell: Cell, where: string, column: string): string {
  if (cell !== null && typeof cell !== 'string') {
    throw new InnerloopError('bad-file', `${where} has a list in "${column}", and a text is needed.`);
  }
  if (cell === null || cell.trim() === '') {
    throw new InnerloopError('bad-file', `${where} has no text${column === 'text' ? '' : ` in "${column}"`}.`);
  }
  if (cell.length > mostTextCharacters) {
    throw new InnerloopError(
      'too-large',
      `${where} has a text of ${cell.length.toLocaleString('en')} characters; at most 1,000,000 are allowed.`,
    );
  }
  return cell;
}

/** A list is taken as it is; a cell is split where there is a separator. Several labels may also be none. */
function labelsOf(cell: Cell, where: string, separator: string | null): readonly string[] {
  if (separator === null && cell !== null && typeof cell !== 'string') {
    throw new InnerloopError(
      'bad-file',
      `${where} has a list of labels. Give a separator, such as ";", to import texts with several labels.`,
    );
  }
  const parts =
    cell === null ? [] : typeof cell !== 'string' ? cell : separator === null ? [cell] : cell.split(separator);
  const labels = [...new Set(parts.map((part) => part.normalize('NFC').trim()).filter((part) => part !== ''))];
  if (separator === null && labels.length === 0) throw new InnerloopError('bad-file', `${where} has no label.`);
  const long = labels.find((label) => label.length > mostLabelCharacters);
  if (long !== undefined) {
    throw new InnerloopError(
      'bad-file',
      `${where} has a label of ${long.length.toLocaleString('en')} characters ("${long.slice(0, 40)}…"). Is this the column of the labels?`,
    );
  }
  return labels;
}

/** The split code that a cell names; throws `bad-file` for a word that is none. */
export function splitOf(cell: Cell, where: string): number {
  const word = cell === null ? '' : typeof cell === 'string' ? cell : JSON.stringify(cell);
  const code = splitCodeOf(word);
  if (code !== undefined) return code;
  throw new InnerloopError(
    'bad-file',
    `${where} has the split "${word.slice(0, 40)}"; allowed are ${splitWordsAllowed}.`,
  );
}
