import type { TableColumn, TableDetail } from '../../shared/datasets/table.ts';
import { encodingNote, encodingWords } from '../../shared/datasets/text-encoding.ts';
import { count, significant } from '../../shared/text/number-words.ts';
import { tableLines } from './table.ts';
import { labelLines } from './text-lines.ts';

const columnsListed = 40;
const categoriesListed = 5;

/** What a terminal shows of a dataset of rows: columns, equal rows, labels. `all`: every column and label. */
export function tableDetailLines(detail: TableDetail, listed: 'all' | 'some'): string[] {
  const { labelColumn, columns, ignored, duplicates, contradictions, version, encoding } = detail;
  const note = encodingNote(encoding);
  const equal = contradictions === 0 ? '' : `, ${count(contradictions)} of them with other labels`;
  const numbers = columns.filter(({ kind }) => kind === 'number').length;
  const kinds = `${several(numbers, 'number', 'numbers')}, ${several(columns.length - numbers, 'category', 'categories')}`;
  return [
    `  columns     ${kinds}; label: ${labelColumn}`,
    `  encoding    ${encodingWords(encoding)}`,
    ...(note === null ? [] : [`  note        ${note}`]),
    `  splits      ${version.origin}`,
    ...(duplicates === 0 ? [] : [`  equal       ${rows(duplicates)} there again${equal}`]),
    ...(version.shared === 0 ? [] : [`  warning     ${rows(version.shared)} in more than one split`]),
    ...ignoredLines(ignored, listed),
    '',
    ...columnLines(columns, listed),
    '',
    ...labelLines(detail, listed),
  ];
}

const several = (amount: number, one: string, more: string): string => `${count(amount)} ${amount === 1 ? one : more}`;

/** "1 row is", "3 rows are". */
const rows = (amount: number): string => (amount === 1 ? '1 row is' : `${count(amount)} rows are`);

function ignoredLines(ignored: TableDetail['ignored'], listed: 'all' | 'some'): string[] {
  const shown = listed === 'all' ? ignored : ignored.slice(0, 10);
  const lines = shown.map(({ name, reason }) => `  left out    ${name}: ${reason}`);
  const more = ignored.length - shown.length;
  return more === 0 ? lines : [...lines, `  and ${count(more)} more columns left out (--classes lists all)`];
}

function columnLines(columns: readonly TableColumn[], listed: 'all' | 'some'): string[] {
  const shown = listed === 'all' ? columns : columns.slice(0, columnsListed);
  const lines = tableLines(
    [
      { title: 'column', cells: shown.map(({ name }) => name) },
      { title: 'kind', cells: shown.map(({ kind }) => kind) },
      { title: 'missing', align: 'right', cells: shown.map(({ missing }) => (missing === 0 ? '' : count(missing))) },
      { title: 'values', cells: shown.map(valueWords) },
    ],
    Number.POSITIVE_INFINITY,
  );
  const more = columns.length - shown.length;
  return more === 0 ? lines : [...lines, `and ${count(more)} more columns (--classes lists all)`];
}

/** "0.1 to 2.5, mean 1.2", "a, b, c and 12 more". */
function valueWords(column: TableColumn): string {
  if (column.kind === 'number') {
    const { least, mean, most } = column;
    return `${significant(least)} to ${significant(most)}, mean ${significant(mean)}`;
  }
  const more = column.categories.length - categoriesListed;
  const first = column.categories.slice(0, categoriesListed).join(', ');
  return more > 0 ? `${first} and ${count(more)} more` : first;
}
