import { InnerloopError } from '../../../../shared/contract/errors.ts';
import { type TableImport, type TablePreview, tableLimits } from '../../../../shared/datasets/table.ts';
import { quoted } from '../../../files/file-error.ts';
import { givenSplits, known, labelNames, listed, requireColumn } from '../texts/choose-columns.ts';
import type { TextRow, TextSource } from '../texts/text-source.ts';
import { type ColumnFacts, columnFacts } from './column-facts.ts';
import { guessUse } from './guess-use.ts';

/** The choices of an import with the column of given splits; null where it is to be found out. */
export type WishedTable = TableImport & { readonly splitColumn: string | null };

export type ChosenColumn = Pick<TablePreview['columns'][number], 'name' | 'use' | 'reason'> & {
  readonly facts: ColumnFacts;
};

export interface ChosenTable {
  readonly label: string;
  readonly split: string | null;
  /** Every column of the source, in its order. */
  readonly columns: readonly ChosenColumn[];
}

const moreLabelNames = [...labelNames, 'species', 'outcome', 'diagnosis', 'quality', 'survived', 'result', 'status'];

/**
 * What each column is taken for: as wished, else by names and by what the first rows hold. Throws `invalid-request` for
 * a column that does not exist or is chosen twice, where no labels are found, and where nothing is left to learn from.
 */
export function chooseTableColumns(source: TextSource, rows: readonly TextRow[], wished: WishedTable): ChosenTable {
  for (const name of [wished.label, wished.splitColumn, ...Object.keys(wished.columns)]) requireColumn(source, name);
  refuseTwice(wished);
  if (source.columns.length > tableLimits.columns) {
    const [most, has] = [tableLimits.columns, source.columns.length].map((number) => number.toLocaleString('en'));
    throw new InnerloopError('too-large', `${quoted(source.name)} has ${has} columns; at most ${most} are read.`);
  }
  const facts = source.columns.map((_, at) => columnFacts(rows, at));
  const taken = new Set(
    [wished.label, wished.splitColumn, ...Object.keys(wished.columns)].filter((name) => name !== null),
  );
  const split = wished.splitColumn ?? givenSplits(source, rows, taken);
  if (split !== null) taken.add(split);
  const label = wished.label ?? known(source.columns, moreLabelNames, taken) ?? likelyLabel(source, facts, taken);
  if (label === null) {
    throw new InnerloopError(
      'invalid-request',
      `No column of ${quoted(source.name)} looks like the labels. Say which one it is: ${listed(source.columns)}.`,
    );
  }
  const columns = source.columns.map((name, at): ChosenColumn => {
    const ofColumn = { name, facts: facts[at]! };
    if (name === label) return { ...ofColumn, use: 'label', reason: null };
    if (name === split) return { ...ofColumn, use: 'split', reason: null };
    const chosen = Object.hasOwn(wished.columns, name) ? wished.columns[name] : undefined;
    if (chosen) return { ...ofColumn, use: chosen, reason: chosen === 'ignored' ? 'as chosen' : null };
    return { ...ofColumn, ...guessUse(name, facts[at]!) };
  });
  if (!columns.some(({ use }) => use === 'number' || use === 'category')) throw nothingLeft(source, columns);
  return { label, split, columns };
}

function refuseTwice({ label, splitColumn, columns }: WishedTable): void {
  const twice = [label, splitColumn].find((name) => name !== null && Object.hasOwn(columns, name));
  const name = twice ?? (label !== null && label === splitColumn ? label : null);
  if (name === null) return;
  throw new InnerloopError('invalid-request', `The column ${quoted(name)} was chosen for two things.`);
}

/** The last column of few different values, else the first: where tables mostly have their labels. */
function likelyLabel(
  { columns }: TextSource,
  facts: readonly ColumnFacts[],
  taken: ReadonlySet<string>,
): string | null {
  const few = columns.filter((name, at) => {
    const { distinct, present } = facts[at]!;
    return !taken.has(name) && distinct >= 2 && distinct <= Math.max(2, Math.min(100, present / 2));
  });
  if (few.includes(columns.at(-1) ?? '')) return columns.at(-1) ?? null;
  if (few.includes(columns[0] ?? '')) return columns[0] ?? null;
  const distinctOf = (name: string): number => facts[columns.indexOf(name)]!.distinct;
  return few.reduce<string | null>((best, name) => (best && distinctOf(best) <= distinctOf(name) ? best : name), null);
}

function nothingLeft(source: TextSource, columns: readonly ChosenColumn[]): InnerloopError {
  const reasons = columns.flatMap(({ name, reason }) => (reason === null ? [] : [`${quoted(name)} ${reason}`]));
  const why = reasons.length === 0 ? '' : ` (${reasons.slice(0, 5).join('; ')})`;
  return new InnerloopError(
    'invalid-request',
    `No column of ${quoted(source.name)} is left to learn from${why}. Say which column is a number or a category.`,
  );
}
