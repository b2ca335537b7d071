import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { TextColumns, TextImport } from '../../../../shared/datasets/text.ts';
import { nearestWord } from '../../../../shared/text/nearest-word.ts';
import { quoted } from '../../../files/file-error.ts';
import { splitCodeOf } from './split-words.ts';
import type { Cell, TextRow, TextSource } from './text-source.ts';

/** Rows that a guess looks at. */
export const rowsForGuess = 1000;

/** The choices of an import with the column of given splits; null where it is to be found out. */
export type WishedColumns = TextImport & { readonly splitColumn: string | null };

export const textNames = [
  ['text', null], ['sentence', null], ['sentence1', 'sentence2'], ['premise', 'hypothesis'],
  ['question1', 'question2'], ['text_a', 'text_b'], ['text1', 'text2'], ['question', 'sentence'],
  ['review', null], ['content', null], ['message', null], ['body', null], ['tweet', null], ['comment_text', null],
] as const; // biome-ignore format: a table

export const labelNames = [
  'label',
  'labels',
  'class',
  'classes',
  'category',
  'categories',
  'target',
  'sentiment',
  'gold_label',
  'topic',
  'tag',
  'tags',
  'intent',
  'emotion',
  'y',
];
const splitNames = ['split', 'set', 'subset', 'fold', 'partition'];

/**
 * Which column is what: as wished, else by the names that corpora use, else by what the first rows hold (the longest
 * texts; the fewest different values). Throws `invalid-request` for a column that does not exist, with those that do.
 */
export function chooseColumns(source: TextSource, rows: readonly TextRow[], wished: WishedColumns): TextColumns {
  for (const name of [wished.text, wished.pair, wished.label, wished.splitColumn]) requireColumn(source, name);
  const taken = new Set([wished.pair, wished.label, wished.splitColumn].filter((name) => name !== null));
  const named = wished.text === null ? namedText(source.columns, taken) : null;
  const text = wished.text ?? named?.text ?? longest(source, rows, taken);
  if (text === null) throw missing(source, 'text');
  taken.add(text);
  // A pair is guessed only together with its text: one that somebody chose is meant to stand alone.
  const pair = wished.pair ?? named?.pair ?? null;
  if (pair !== null) taken.add(pair);
  const split = wished.splitColumn ?? givenSplits(source, rows, taken);
  if (split !== null) taken.add(split);
  const label = wished.label ?? known(source.columns, labelNames, taken) ?? fewest(source, rows, taken);
  if (label === null) throw missing(source, 'label');
  const columns = { text, pair, label, split };
  refuseTwice(columns);
  return columns;
}

/** Throws `invalid-request` for a column that does not exist, with those that do. */
export function requireColumn({ name, columns }: Pick<TextSource, 'name' | 'columns'>, wished: string | null): void {
  if (wished === null || columns.includes(wished)) return;
  const nearest = nearestWord(wished, columns);
  const hint = nearest === undefined ? '' : ` Did you mean ${quoted(nearest)}?`;
  throw new InnerloopError(
    'invalid-request',
    `${quoted(name)} has no column ${quoted(wished)}.${hint} Its columns are ${listed(columns)}.`,
  );
}

const missing = ({ name, columns }: TextSource, what: 'text' | 'label'): InnerloopError =>
  new InnerloopError(
    'invalid-request',
    `No column of ${quoted(name)} looks like the ${what}s. Say which one it is: ${listed(columns)}.`,
  );

export const listed = (columns: readonly string[]): string =>
  columns.length > 30 ? `${columns.slice(0, 30).join(', ')} and ${columns.length - 30} more` : columns.join(', ');

function refuseTwice(columns: TextColumns): void {
  const chosen = Object.values(columns).filter((name) => name !== null);
  const twice = chosen.find((name, index) => chosen.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new InnerloopError('invalid-request', `The column ${quoted(twice)} was chosen for two things.`);
}

/** The column with one of these names in any case, the first name first. */
export function known(columns: readonly string[], names: readonly string[], taken: ReadonlySet<string>): string | null {
  for (const name of names) {
    const found = columns.find((column) => column.toLowerCase() === name && !taken.has(column));
    if (found !== undefined) return found;
  }
  return null;
}

function namedText(columns: readonly string[], taken: ReadonlySet<string>) {
  for (const [textName, pairName] of textNames) {
    const text = known(columns, [textName], taken);
    const pair = pairName === null ? null : known(columns, [pairName], taken);
    if (text !== null && (pairName === null || pair !== null)) return { text, pair };
  }
  return null;
}

function valuesOf(source: TextSource, rows: readonly TextRow[], column: string): string[] {
  const at = source.columns.indexOf(column);
  return rows.map(({ cells }) => cellText(cells[at] ?? null));
}

/** A cell as text; a list as its JSON. */
export const cellText = (cell: Cell): string =>
  cell === null ? '' : typeof cell === 'string' ? cell : JSON.stringify(cell);

const open = ({ columns }: TextSource, taken: ReadonlySet<string>): string[] =>
  columns.filter((column) => !taken.has(column));

function longest(source: TextSource, rows: readonly TextRow[], taken: ReadonlySet<string>): string | null {
  const sized = open(source, taken).map((column) => ({
    column,
    size: valuesOf(source, rows, column).reduce((sum, value) => sum + value.length, 0),
  }));
  return sized.length === 0 ? null : sized.reduce((best, next) => (next.size > best.size ? next : best)).column;
}

/** The column with the fewest different values, at least two and clearly fewer than rows; null when none is so. */
function fewest(source: TextSource, rows: readonly TextRow[], taken: ReadonlySet<string>): string | null {
  const sized = open(source, taken)
    .map((column) => ({ column, size: new Set(valuesOf(source, rows, column).filter(Boolean)).size }))
    .filter(({ size }) => size >= 2 && size <= Math.max(2, rows.length / 2));
  return sized.length === 0 ? null : sized.reduce((best, next) => (next.size < best.size ? next : best)).column;
}

/** A column that is called like splits and holds nothing else. */
export function givenSplits(source: TextSource, rows: readonly TextRow[], taken: ReadonlySet<string>): string | null {
  const column = known(source.columns, splitNames, taken);
  if (column === null) return null;
  return valuesOf(source, rows, column).every((value) => splitCodeOf(value) !== undefined) ? column : null;
}
