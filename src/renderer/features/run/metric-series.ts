import type { RunSummary } from '../../../shared/runs/run.ts';
import { exponentialMovingAverage } from '../../../shared/statistics/smoothing.ts';
import type { MetricView } from '../../app/chart-settings.ts';
import { compact, count, fixed, loss } from '../../app/format.ts';
import { slotOf } from '../../charts/palette.ts';
import type { ChartSeries } from '../../charts/series.ts';
import type { LiveSeries } from './use-series.ts';

const empty: LiveSeries = { steps: [], values: [], stored: 0 };

/** A line of a run; with smoothing the raw values stay behind it. */
export function metricSeries(
  key: string,
  name: string,
  series: LiveSeries | undefined,
  view: MetricView,
  rest: Partial<ChartSeries> & Pick<ChartSeries, 'colour'>,
): ChartSeries {
  const line = series ?? empty;
  if (view.smoothing === 0) return { key, name, steps: line.steps, values: line.values, ...rest };
  const values = exponentialMovingAverage(line.values, view.smoothing);
  return { key, name, steps: line.steps, values, raw: line, ...rest };
}

/** A value with its 95 % band, from the series of its half widths (which stand at the same steps). */
export function bandOf(values: LiveSeries, halves: LiveSeries | undefined): ChartSeries['band'] | undefined {
  if (!halves || halves.steps.length === 0) return undefined;
  const halfAt = new Map(halves.steps.map((step, index) => [step, halves.values[index]!]));
  const half = values.steps.map((step) => halfAt.get(step) ?? Number.NaN);
  return {
    low: values.values.map((value, index) => value - half[index]!),
    high: values.values.map((value, index) => value + half[index]!),
  };
}

/** What a chart's subtitle must say of smoothing and reduction. */
export function drawnNote(series: LiveSeries | undefined, view: MetricView): string {
  const parts = [
    view.scale === 'log' ? 'log scale' : '',
    view.smoothing > 0 ? `EMA ${fixed(view.smoothing, 2)} over faint raw values` : '',
    series && series.stored > series.steps.length ? `extremes of ${compact(series.stored)} points` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** The latest value, for the end of the line. */
export function lastText(series: LiveSeries | undefined, unit: 'plain' | 'fraction'): string {
  const last = series?.values[series.values.length - 1];
  if (last === undefined) return '';
  if (unit === 'fraction') return fixed(last * 100, 1);
  const size = Math.abs(last);
  return size >= 100 ? count(last) : size >= 10 ? fixed(last, 1) : loss(last);
}

export const slot = (run: RunSummary) => slotOf(run.number);

/**
 * Where the accuracy axis may begin so that the later part of a run fills the chart: null where the whole curve fits
 * well anyway. What lies below is named in the subtitle, and seen by zooming.
 */
export function lateFloor({ steps, values }: LiveSeries): number | null {
  const last = steps[steps.length - 1];
  if (last === undefined || steps.length < 10) return null;
  const late = values.filter((value, index) => steps[index]! >= last * 0.25 && Number.isFinite(value));
  if (late.length === 0) return null;
  const low = Math.min(...late);
  const span = Math.max(Math.max(...late) - low, 0.01);
  const floor = low - span * 0.5;
  return Math.min(...values) < floor - span ? floor : null;
}
