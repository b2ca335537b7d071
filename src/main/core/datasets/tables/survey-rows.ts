import { createHash } from 'node:crypto';
import { InnerloopError } from '../../../../shared/contract/errors.ts';
import { type TableColumn, tableLimits } from '../../../../shared/datasets/table.ts';
import type { PlannedTexts } from '../../../../shared/datasets/text-splits.ts';
import { naturalOrder } from '../../../../shared/text/natural-order.ts';
import { quoted } from '../../../files/file-error.ts';
import type { ChosenColumn } from './choose-table-columns.ts';
import type { ReadRow } from './read-row.ts';

const mostLabels = 1000;

/** What is known of all rows together, gathered one row at a time: no row is kept. */
export interface RowSurvey {
  add(row: ReadRow): void;
  readonly rows: number;
  readonly labelsFound: number;
  finish(): SurveyedRows;
}

export interface SurveyedRows extends PlannedTexts {
  readonly columns: readonly TableColumn[];
  /** Split codes; empty where none were given. */
  readonly given: Uint8Array<ArrayBuffer>;
  readonly duplicates: number;
  readonly contradictions: number;
  /** Of all rows as they were read: another reading gives the same, or the source has changed. */
  readonly fingerprint: string;
}

/** Of the columns that are numbers or categories. Throws `too-large` and `bad-file` beyond the limits of a table. */
export function createRowSurvey(sourceName: string, inputs: readonly ChosenColumn[]): RowSurvey {
  const columns = inputs.map(({ name, use }) =>
    use === 'number' ? numberSurvey(name) : categorySurvey(name, sourceName),
  );
  const found = new Map<string, number>(); // label -> number in the order of appearance
  const labels: number[] = [];
  const firstEqual: number[] = [];
  const firsts = new Map<string, number>(); // digest of cells -> first row
  const given: number[] = [];
  const all = createHash('sha256');
  return {
    add(row) {
      const at = labels.length;
      if (at >= tableLimits.rows) {
        throw new InnerloopError('too-large', `${quoted(sourceName)} has more than 2,000,000 rows.`);
      }
      const number = found.get(row.label) ?? found.size;
      found.set(row.label, number);
      if (found.size > mostLabels) throw tooManyLabels(sourceName);
      labels.push(number);
      for (const [column, cell] of row.cells.entries()) columns[column]!.add(cell);
      const digest = createHash('sha256').update(JSON.stringify(row.cells)).digest('base64');
      const first = firsts.get(digest) ?? at;
      firsts.set(digest, first);
      firstEqual.push(first);
      if (row.split !== null) given.push(row.split);
      all.update(fingerprintPart(row));
    },
    get rows() {
      return labels.length;
    },
    get labelsFound() {
      return found.size;
    },
    finish() {
      const labelNames = [...found.keys()].sort(naturalOrder);
      const place = new Map(labelNames.map((name, position) => [found.get(name)!, position]));
      const repeated = firstEqual.flatMap((first, at) => (first === at ? [] : [at]));
      return {
        labelNames,
        labels: labels.map((number) => [place.get(number)!]),
        firstEqual,
        columns: columns.map((column) => column.finish()),
        given: Uint8Array.from(given),
        duplicates: repeated.length,
        contradictions: repeated.filter((at) => labels[at] !== labels[firstEqual[at]!]).length,
        fingerprint: all.digest('hex'),
      };
    },
  };
}

/** What a row adds to the fingerprint of all. */
export const fingerprintPart = ({ label, cells, split }: ReadRow): string =>
  `${JSON.stringify([label, split, cells])}\n`;

const tooManyLabels = (name: string): InnerloopError =>
  new InnerloopError(
    'bad-file',
    `${quoted(name)} has more than 1,000 different labels. Is this the column of the labels?`,
  );

interface ColumnSurvey {
  add(cell: number | string | null): void;
  finish(): TableColumn;
}

/** Least, mean and most are 0 where no row has a number. */
function numberSurvey(name: string): ColumnSurvey {
  let [present, missing, mean, least, most] = [0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    add(cell) {
      if (typeof cell !== 'number') {
        missing += 1;
        return;
      }
      present += 1;
      mean += cell / present - mean / present; // two quotients: a difference of large numbers could overflow
      least = Math.min(least, cell);
      most = Math.max(most, cell);
    },
    finish: () =>
      present === 0
        ? { kind: 'number', name, least: 0, mean: 0, most: 0, missing }
        : { kind: 'number', name, least, mean, most, missing },
  };
}

function categorySurvey(name: string, sourceName: string): ColumnSurvey {
  const words = new Set<string>();
  let missing = 0;
  return {
    add(cell) {
      if (typeof cell !== 'string') missing += 1;
      else words.add(cell);
      if (words.size <= tableLimits.categories) return;
      throw new InnerloopError(
        'bad-file',
        `${quoted(sourceName)} has more than 1,000 different values in "${name}", which is a category: leave the column out.`,
      );
    },
    finish: () => ({ kind: 'category', name, categories: [...words].sort(naturalOrder), missing }),
  };
}
