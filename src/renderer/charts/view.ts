import { compact, fixed, setting } from '../app/format.ts';
import { type Axis, type ChartSeries, extentWithin, nearestIndex, type Range, spoken } from './series.ts';

/** What part of a chart is shown, and how its numbers are written. Pure. */

/** From the first to the last step of all series, or the axis's own ends. */
export function wholeRange(series: readonly ChartSeries[], axis: Axis): Range {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { steps } of series) {
    if (steps.length === 0) continue;
    from = Math.min(from, steps[0]!);
    to = Math.max(to, steps[steps.length - 1]!);
  }
  if (axis.scale === 'log') {
    from = Math.max(from, 1);
    to = Math.max(to, from);
  }
  const known = from <= to ? { from, to } : { from: 0, to: 1 };
  return { from: axis.min ?? known.from, to: Math.max(axis.max ?? known.to, (axis.min ?? known.from) + 1e-12) };
}

/** Smallest and largest value to show: lines, their raw values and bands within the range. */
export function valueExtent(
  series: readonly ChartSeries[],
  range: Range,
  axis: Axis,
  more: readonly number[],
): readonly [number, number] {
  const which = axis.scale === 'log' ? 'positive' : 'all';
  const extents: (readonly [number, number])[] = more.map((value) => [value, value] as const);
  for (const each of series) {
    const lines = [each, each.raw ?? null, each.band ? { steps: each.steps, values: each.band.low } : null];
    if (each.band) lines.push({ steps: each.steps, values: each.band.high });
    for (const line of lines) {
      const extent = line ? extentWithin(line, range, which) : null;
      if (extent) extents.push(extent);
    }
  }
  if (extents.length === 0) return axis.scale === 'log' ? [0.1, 1] : [0, 1];
  return [Math.min(...extents.map(([low]) => low)), Math.max(...extents.map(([, high]) => high))];
}

/** Text of a tick; `step` is the distance between ticks and says how many decimals are needed. */
export function tickText(axis: Axis, value: number, step: number): string {
  if (axis.format) return axis.format(value);
  const factor = axis.unit === 'fraction' ? 100 : 1 / (axis.per ?? 1);
  const [shown, grain] = [Number((value * factor).toPrecision(12)), Number((step * factor).toPrecision(12))];
  if (axis.scale !== 'log' && grain >= 1000 && grain % 500 === 0 && shown !== 0) return inThousands(shown);
  if (Math.abs(shown) >= 1000 || shown === 0) return compact(shown);
  if (axis.scale === 'log') return compact(shown);
  const decimals = Math.max(0, Math.min(6, -Math.floor(Math.log10(grain) + 1e-9)));
  const enough = Number((grain * 10 ** decimals).toPrecision(6)) % 1 === 0 ? decimals : decimals + 1;
  return fixed(shown, enough);
}

/** "5k", "2.5M": alike for all ticks of an axis. */
const inThousands = (value: number): string => (Math.abs(value) >= 1e6 ? compact(value) : `${setting(value / 1000)}k`);

/** Text of a value in the tooltip and the table: "95.1 ± 0.3 %", "0.152". */
export function valueText(axis: Axis, value: number, half: number | null): string {
  if (axis.format) return half === null ? axis.format(value) : `${axis.format(value)} ± ${axis.format(half)}`;
  if (axis.unit === 'fraction') {
    const interval = half === null ? '' : ` ± ${fixed(half * 100, 1)}`;
    return `${fixed(value * 100, 1)}${interval} %`;
  }
  const small = value !== 0 && Math.abs(value) < 0.001;
  const write = (number: number): string =>
    small ? number.toExponential(2) : fixed(number, Math.abs(value) >= 1000 ? 0 : 3);
  return half === null ? write(value) : `${write(value)} ± ${write(half)}`;
}

export interface Reading {
  readonly series: ChartSeries;
  readonly step: number;
  readonly value: number;
  readonly text: string;
}

/** What each series says at x, highest first; series that have no point near there (5 % of the range) are left out. */
export function readingsAt(series: readonly ChartSeries[], x: number, range: Range, axis: Axis): Reading[] {
  const reach = (range.to - range.from) * 0.05;
  return series
    .flatMap((each) => {
      const line = spoken(each);
      const index = nearestIndex(line.steps, x);
      const step = line.steps[index];
      const value = line.values[index];
      if (step === undefined || value === undefined || Math.abs(step - x) > reach) return [];
      const at = each.band ? nearestIndex(each.steps, step) : -1;
      const half = each.band && at >= 0 ? (each.band.high[at]! - each.band.low[at]!) / 2 : null;
      return [{ series: each, step, value, text: valueText(axis, value, half) }];
    })
    .sort((a, b) => b.value - a.value);
}

/** The sentence that a chart is to a screen reader: metric, axis, series, last values. */
export function sentenceOf(title: string, xAxis: Axis, yAxis: Axis, series: readonly ChartSeries[]): string {
  const drawn = series.filter((each) => each.steps.length > 0);
  const ends = drawn.slice(0, 4).map((each) => {
    const line = spoken(each);
    return `${each.name} ends at ${valueText(yAxis, line.values[line.values.length - 1]!, null)}`;
  });
  const more = drawn.length > 4 ? `, and ${drawn.length - 4} more` : '';
  const what = drawn.length === 0 ? 'no points yet' : `${ends.join(', ')}${more}`;
  return `${title}: ${yAxis.title} against ${xAxis.title}; ${what}.`;
}
