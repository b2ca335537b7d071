import { tableLimits } from '../../../../shared/datasets/table.ts';
import { quoted } from '../../../files/file-error.ts';
import type { ColumnFacts } from './column-facts.ts';

export type GuessedUse =
  | { readonly use: 'number' | 'category'; readonly reason: null }
  | { readonly use: 'ignored'; readonly reason: string };

/** Names of columns that tell rows apart. */
const idName = /^(id|ids|uid|uuid|guid|key|index|idx|row|rownames|row[ _]?(id|no|number|index)|unnamed: 0|.*_id)$/i;
/** So many rows make a regularity more than chance. */
const enoughRows = 10;

const ignored = (reason: string): GuessedUse => ({ use: 'ignored', reason });

/**
 * What a column is taken for where nobody says it. Left out is what cannot help to tell labels apart: one value, numbers
 * or names of rows, texts. A column of which nine in ten values are numbers is one of numbers: the others are mistakes,
 * which an import names.
 */
export function guessUse(name: string, facts: ColumnFacts): GuessedUse {
  const { present, missing, numbers, distinct, first, characters, sentences } = facts;
  if (present === 0) return ignored('no row has a value');
  if (distinct === 1 && missing === 0) return ignored(`every row has ${quoted(first.slice(0, 40))}`);
  const allDifferent = distinct === present && present >= enoughRows;
  if (numbers >= 0.9 * present) {
    if (allDifferent && (facts.counts === 'yes' || (idName.test(name) && numbers === present))) {
      return ignored('looks like the number of the row: every row has another');
    }
    return { use: 'number', reason: null };
  }
  if (allDifferent) return ignored('every row has another value');
  if (distinct > tableLimits.categories) {
    return ignored(`has more than ${tableLimits.categories.toLocaleString('en')} different values`);
  }
  if (characters > 60 * present || sentences > present / 2) return ignored('looks like text');
  if (present >= 2 * enoughRows && distinct > present / 2) {
    return ignored(`has ${distinct.toLocaleString('en')} different values in ${present.toLocaleString('en')} rows`);
  }
  return { use: 'category', reason: null };
}
