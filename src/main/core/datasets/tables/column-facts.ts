import type { TextRow } from '../texts/text-source.ts';
import { numberOf, wordOf } from './cells.ts';

/** What the rows that were read hold in one column. */
export interface ColumnFacts {
  /** Rows with a value, and without. */
  readonly present: number;
  readonly missing: number;
  /** Rows whose value is a number. */
  readonly numbers: number;
  /** Different values, counted up to `distinctCounted` + 1. */
  readonly distinct: number;
  /** The first value. */
  readonly first: string;
  /** Characters of all values, and values of several words. */
  readonly characters: number;
  readonly sentences: number;
  /** Every value is one more than the value of the row before. */
  readonly counts: 'yes' | 'no';
}

/** A row more than rows of a guess: whether all are different is always known. */
const distinctCounted = 20_000;

export function columnFacts(rows: readonly TextRow[], at: number): ColumnFacts {
  const values = new Set<string>();
  const facts = { present: 0, missing: 0, numbers: 0, characters: 0, sentences: 0 };
  let counts = true;
  let before: number | null = null;
  for (const { cells } of rows) {
    const word = wordOf(cells[at] ?? null);
    if (word === null) {
      facts.missing += 1;
      counts = false;
      continue;
    }
    const number = numberOf(word);
    facts.present += 1;
    facts.characters += word.length;
    if (number !== null) facts.numbers += 1;
    if (/\S\s+\S+\s+\S/.test(word)) facts.sentences += 1;
    if (values.size <= distinctCounted) values.add(word);
    if (number === null || (before !== null && number !== before + 1)) counts = false;
    before = number;
  }
  const [first = ''] = values;
  return { ...facts, distinct: values.size, first, counts: counts ? 'yes' : 'no' };
}

/** Rows that a guess looks at: fewer of a table of very many columns. */
export const rowsForTable = (columns: number): number =>
  Math.min(20_000, Math.max(1000, Math.floor(4_000_000 / columns)));
