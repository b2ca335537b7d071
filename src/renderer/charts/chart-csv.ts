import { type ChartSeries, spoken } from './series.ts';

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Points as comma-separated values, one row a point: series, step, value, and the ends of the interval where there is
 * one. Unsmoothed; numbers in full precision; accuracies as fractions.
 */
export function csvOf(series: readonly ChartSeries[]): string {
  const rows = ['series,step,value,low,high'];
  for (const each of series) {
    const line = spoken(each);
    const name = quoted(each.name);
    for (let index = 0; index < line.steps.length; index++) {
      const band = each.band && !each.raw ? [each.band.low[index], each.band.high[index]] : ['', ''];
      rows.push(`${name},${line.steps[index]},${line.values[index]},${band.join(',')}`);
    }
  }
  return `${rows.join('\n')}\n`;
}

/** A file name of what a chart shows: lower case, words joined by dashes. */
export const fileNameOf = (...words: readonly string[]): string =>
  words
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-+|-+$/g, '');
