import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { TableCell, TableColumn } from '../../../shared/datasets/table.ts';
import type { AskedRow } from '../../../shared/runs/prediction.ts';
import { nearestWord } from '../../../shared/text/nearest-word.ts';

export interface CellsOfRows {
  /** A list for each row, in the order of the columns. */
  readonly cells: readonly (readonly TableCell[])[];
  /** What counts as missing, a sentence each: columns that were not given, and categories that training never saw. */
  readonly notes: readonly string[];
}

/**
 * New rows as a dataset of these columns stores its own. A missing value and a category that training never saw are
 * null; `invalid-request` names the row and column of what is unknown or no number.
 */
export function cellsOfRows(columns: readonly TableColumn[], rows: readonly AskedRow[]): CellsOfRows {
  const unseen = new Map<string, Set<string>>();
  const missing = new Map<string, number>();
  const cells = rows.map((row, index) => {
    const where = rows.length === 1 ? 'The row' : `Row ${index + 1} of ${rows.length}`;
    requireKnown(columns, row, where);
    return columns.map((column) => {
      const given = Object.hasOwn(row, column.name) ? row[column.name]! : null;
      const words = given === null ? '' : String(given).trim();
      if (words === '') {
        missing.set(column.name, (missing.get(column.name) ?? 0) + 1);
        return null;
      }
      if (column.kind === 'number') return numberOf(words, column.name, where);
      const category = column.categories.indexOf(words);
      if (category >= 0) return category;
      unseen.set(column.name, (unseen.get(column.name) ?? new Set()).add(words));
      return null;
    });
  });
  return { cells, notes: [...missingNotes(missing, rows.length), ...unseenNotes(unseen)] };
}

function requireKnown(columns: readonly TableColumn[], row: AskedRow, where: string): void {
  const names = columns.map(({ name }) => name);
  const unknown = Object.keys(row).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const nearest = nearestWord(unknown, names);
  const advice = nearest === undefined ? `The columns are ${listed(names)}.` : `Did you mean "${nearest}"?`;
  const message = `${where} has a column "${unknown}" that the run did not learn from. ${advice}`;
  throw new InnerloopError('invalid-request', message);
}

function numberOf(words: string, column: string, where: string): number {
  const value = Number(words);
  if (Number.isFinite(value)) return value;
  throw new InnerloopError(
    'invalid-request',
    `${where} has "${cut(words)}" in the column "${column}": a number is due.`,
  );
}

function missingNotes(missing: ReadonlyMap<string, number>, rows: number): string[] {
  const everywhere = [...missing].filter(([, count]) => count === rows).map(([name]) => name);
  const some = [...missing].filter(([, count]) => count < rows);
  const counts = everywhere.length === 1 ? 'counts' : 'count';
  return [
    ...(everywhere.length > 0 ? [`Without a value, ${listed(everywhere)} ${counts} as missing.`] : []),
    ...some.map(([name, count]) => `"${name}" is missing in ${count} of ${rows} rows.`),
  ];
}

const unseenNotes = (unseen: ReadonlyMap<string, ReadonlySet<string>>): string[] =>
  [...unseen].map(
    ([name, words]) => `Training never saw ${listed([...words])} in "${name}": it counts as no category at all.`,
  );

const mostListed = 8;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostListed).map((name) => `"${cut(name)}"`);
  return names.length > mostListed ? `${shown.join(', ')} and ${names.length - mostListed} more` : shown.join(', ');
}

const cut = (words: string): string => (words.length > 60 ? `${words.slice(0, 60)}…` : words);
