import type { FieldPoint, FieldTable } from '../../shared/comparison/field-table.ts';
import { groupBy } from './group-by.ts';
import { tableLines } from './table.ts';
import { measurement } from './words.ts';

const mostNumbers = 8;

/** Results against a field, for people: a row for each of its values, a column for each line of the window's chart. */
export function fieldTableLines(table: FieldTable, width: number): string[] {
  const { field, places, lines, metric, measured } = table;
  const cell = (point: FieldPoint | undefined): string =>
    point ? `${measurement(metric, point.mean, point.ci95)} (n ${point.seeds.length})` : '';
  if (lines.length === 0) return [`No result against ${field.label} (${field.path}) yet.`, ...leftOutLines(table)];
  const what = `${measured === 'final' ? 'Final' : 'Best validation'} ${metric}`;
  return [
    `${what} against ${field.label} (${field.path})`,
    ...tableLines(
      [
        {
          title: field.label,
          align: field.values === 'numbers' ? 'right' : 'left',
          cells: places.map(({ word }) => word),
        },
        ...lines.map(({ label, points }) => ({
          title: label,
          align: 'right' as const,
          cells: places.map(({ at }) => cell(points.find(({ place }) => place.at === at))),
        })),
      ],
      width,
    ),
    ...fieldNotes(table),
  ];
}

/** Runs without a place in the table, by reason. */
function leftOutLines({ leftOut }: FieldTable): string[] {
  const reasons = [...groupBy(leftOut, ({ reason }) => reason)].map(([reason, runs]) => {
    const numbers = runs.slice(0, mostNumbers).map(({ number }) => number);
    return `${numbers.join(', ')}${runs.length > mostNumbers ? ` and ${runs.length - mostNumbers} more` : ''} (${reason})`;
  });
  return reasons.length > 0 ? [`Left out: ${reasons.join(', ')}.`] : [];
}

/** What the numbers are and what they leave out, in sentences. */
function fieldNotes(table: FieldTable): string[] {
  const { lines, along } = table;
  const few = lines.some(({ points }) => points.some(({ ci95 }) => ci95 === null));
  return [
    `Means over n seeds; ± is the 95 % interval of Student's t${few ? ', and needs 3 seeds or more' : ''}.`,
    ...(along.length > 0 ? [`Changes along a line too: ${along.join(', ')}.`] : []),
    ...leftOutLines(table),
  ];
}
