import type { FieldChoice, FieldPoint, FieldTable } from '../../../shared/comparison/field-table.ts';
import { type Measured, measured, setting } from '../../app/format.ts';
import { linearScale, logScale, type Scale } from '../../charts/scale.ts';
import { assignSlots, type Slot } from './groups.ts';

/** What the panel "Metric against a field" shows of a table: pure, so that every number and word can be tested. */

export type FieldScale = 'auto' | 'linear' | 'log';

/** The wanted field where the runs differ in it, else the first. */
export const chooseField = (choices: readonly FieldChoice[], wanted: string | null): FieldChoice | undefined =>
  choices.find(({ path }) => path === wanted) ?? choices[0];

/** A log axis needs numbers above 0; unasked it is taken where they spread over a factor of ten. */
export function fieldScale({ field, places }: FieldTable, wanted: FieldScale): 'linear' | 'log' {
  const numbers = places.map(({ at }) => at);
  if (field.values === 'words' || numbers.some((at) => at <= 0)) return 'linear';
  if (wanted !== 'auto') return wanted;
  return numbers.length > 1 && Math.max(...numbers) / Math.min(...numbers) >= 10 ? 'log' : 'linear';
}

/** A colour for each line, by its first run as for groups. */
export const lineSlots = ({ lines }: FieldTable): readonly Slot[] =>
  assignSlots(lines.map(({ points }) => Math.min(...points.flatMap(({ seeds }) => seeds.map(({ number }) => number)))));

export const placeWord = ({ field }: FieldTable, { at, word }: FieldPoint['place']): string =>
  field.values === 'numbers' ? setting(at) : word;

/** Where places stand on the axis, as shares of its width from 0 to 1, with a little room at the ends. */
export function placeShares({ field, places }: FieldTable, scale: 'linear' | 'log'): readonly number[] {
  const room = 0.06;
  if (field.values === 'words') return places.map((_, index) => (index + 0.5) / places.length);
  const along = places.map(({ at }) => (scale === 'log' ? Math.log(at) : at));
  const [low, high] = [Math.min(...along), Math.max(...along)];
  return along.map((value) => (low === high ? 0.5 : room + ((value - low) / (high - low)) * (1 - 2 * room)));
}

/** Of values as drawn (accuracies in percent), intervals and single seeds within. */
export function valueScale({ lines, metric }: FieldTable, ticks: number, kind: 'linear' | 'log'): Scale {
  const values = lines.flatMap(({ points }) =>
    points.flatMap(({ mean, ci95, seeds }) => [
      ...(ci95 === null ? [mean] : [mean - ci95, mean + ci95]),
      ...seeds.map(({ value }) => value),
    ]),
  );
  const shown = values.map((value) => asDrawn(value, metric)).filter((value) => kind === 'linear' || value > 0);
  if (shown.length === 0) return linearScale(0, 1, ticks, { loose: 'both' });
  if (kind === 'log') return logScale(Math.min(...shown), Math.max(...shown), ticks);
  const limits = metric === 'accuracy' ? ([0, 100] as const) : undefined;
  return linearScale(Math.min(...shown), Math.max(...shown), ticks, { loose: 'both', limits });
}

export const asDrawn = (value: number, metric: FieldTable['metric']): number =>
  metric === 'accuracy' ? value * 100 : value;

export const pointText = ({ metric }: FieldTable, { mean, ci95 }: FieldPoint): string =>
  measured({ metric, value: mean, ci95 } satisfies Measured);

export const metricTitle = ({ metric, measured: from }: FieldTable): string =>
  `${from === 'final' ? 'Final' : 'Best validation'} ${metric}${metric === 'accuracy' ? ' (%)' : ''}`;

/** Everything that is done to the values, for the head of the panel. */
export const fieldSubtitle = (table: FieldTable): string => `${meanWords(table)}, single seeds faint`;

/** "mean over seeds, 95 % CI (t)", or why there is none. */
export function meanWords(table: FieldTable): string {
  const points = table.lines.flatMap((line) => line.points);
  const few = points.filter(({ ci95 }) => ci95 === null).length;
  const interval =
    few === 0 ? '95 % CI (t)' : few === points.length ? 'no interval under 3 seeds' : '95 % CI (t) from 3 seeds on';
  return `mean over seeds, ${interval}`;
}

/** What a reader must know beside the chart: what else changes, and what is not in it. */
export function fieldNotes({ along, leftOut, measured: from }: FieldTable): readonly string[] {
  const reasons = [...new Set(leftOut.map(({ reason }) => reason))].map(
    (reason) => `${leftOut.filter((each) => each.reason === reason).length} ${reason}`,
  );
  return [
    ...(from === 'best' ? ['No run has a final evaluation: these are the best validations.'] : []),
    ...(along.length > 0 ? [`Changes along a line too: ${along.join(', ')}.`] : []),
    ...(reasons.length > 0 ? [`Left out: ${reasons.join(', ')}.`] : []),
  ];
}

/** The sentence that the chart is to a screen reader. */
export function fieldSentence(table: FieldTable): string {
  const ends = table.lines.slice(0, 6).map(({ label, points }) => {
    const words = points.map((point) => `${pointText(table, point)} at ${placeWord(table, point.place)}`);
    return `${label}: ${words.join(', ')}`;
  });
  const more = table.lines.length > 6 ? ` And ${table.lines.length - 6} more lines.` : '';
  return `${metricTitle(table)} against ${table.field.label}. ${ends.join('. ')}.${more}`;
}

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One row a run: line, place, seed and value, with the mean and half interval of its place; numbers in full precision. */
export function fieldCsv(table: FieldTable): string {
  const rows = [`line,${table.field.path},run,seed,${table.measured}_${table.metric},mean,ci95,n`];
  for (const { label, points } of table.lines) {
    for (const { place, seeds, mean, ci95 } of points) {
      for (const { number, seed, value } of seeds) {
        const head = [quoted(label), quoted(place.word), number, seed, value];
        rows.push([...head, mean, ci95 ?? '', seeds.length].join(','));
      }
    }
  }
  return `${rows.join('\n')}\n`;
}
