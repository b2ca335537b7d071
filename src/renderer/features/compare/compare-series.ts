import { exponentialMovingAverage } from '../../../shared/statistics/smoothing.ts';
import type { ChartSeries, Line } from '../../charts/series.ts';
import type { CompareGroup } from './groups.ts';
import { seedsForInterval } from './groups.ts';
import { meanLine } from './mean-line.ts';

export interface SeriesOptions {
  /** EMA weight in [0, 1); 0 is off. */
  readonly smoothing: number;
  readonly patterns: 'on' | 'off';
  readonly band: 'ci95' | 'none';
}

export interface CompareSeries {
  readonly series: readonly ChartSeries[];
  /** Series beyond the most that get a colour. */
  readonly context: number;
  /** Some group is shown by its mean over seeds. */
  readonly means: 'some' | 'none';
  /** Some mean was read between points. */
  readonly interpolated: 'yes' | 'no';
}

const mostColoured = 30;

/**
 * What the chart draws of visible groups: the mean over finished seeds with its interval where there are three of them,
 * and single lines for everything else. `lineOf` gives a run's points on the chart's horizontal axis.
 */
export function compareSeries(
  groups: readonly CompareGroup[],
  lineOf: (runId: string) => Line | undefined,
  options: SeriesOptions,
): CompareSeries {
  const series: ChartSeries[] = [];
  let means: CompareSeries['means'] = 'none';
  let interpolated: CompareSeries['interpolated'] = 'no';
  for (const group of groups) {
    const drawn = new Set<string>();
    const finished = group.finished.flatMap(({ id }) => linesOf(lineOf(id)));
    if (finished.length >= seedsForInterval) {
      const mean = meanLine(finished);
      means = 'some';
      if (mean.points === 'interpolated') interpolated = 'yes';
      series.push(smoothed(meanSeries(group, mean), options));
      for (const { id } of group.finished) drawn.add(id);
    }
    for (const run of group.runs) {
      const line = lineOf(run.id);
      if (drawn.has(run.id) || !line || line.steps.length === 0) continue;
      const many = group.runs.length > 1;
      const name = many ? `${group.short}, seed ${run.config.seed}` : group.short;
      const only = !many || (drawn.size === 0 && run === group.runs[0]);
      series.push(
        smoothed(
          {
            key: run.id,
            name,
            colour: group.colour,
            steps: line.steps,
            values: line.values,
            width: drawn.size > 0 ? 'thin' : 'normal',
            dots: run.state === 'running' ? 'last' : 'none',
            ...(only ? { endLabel: group.short } : {}),
          },
          options,
        ),
      );
    }
  }
  const context = Math.max(0, series.length - mostColoured);
  return { series: series.map(inContext(context)), context, means, interpolated };
}

const linesOf = (line: Line | undefined): readonly Line[] => (line && line.steps.length > 0 ? [line] : []);

function meanSeries(group: CompareGroup, mean: ReturnType<typeof meanLine>): ChartSeries {
  const low = mean.half.map((half, index) => mean.values[index]! - half);
  const high = mean.half.map((half, index) => mean.values[index]! + half);
  return {
    key: group.key,
    name: group.short,
    colour: group.colour,
    steps: mean.steps,
    values: mean.values,
    band: { low, high },
    endLabel: group.short,
  };
}

/** With smoothing the drawn line is the average, its band keeps the width it had, and the raw line stays behind it. */
function smoothed(series: ChartSeries, { smoothing, patterns, band }: SeriesOptions): ChartSeries {
  const { band: interval, ...line } = series;
  const dashed: ChartSeries = { ...line, dash: patterns === 'on' ? 'slot' : 'solid' };
  const around = (centre: ArrayLike<number>) =>
    interval && band === 'ci95'
      ? {
          band: {
            low: Float64Array.from(centre, (value, i) => value - (series.values[i]! - interval.low[i]!)),
            high: Float64Array.from(centre, (value, i) => value + (interval.high[i]! - series.values[i]!)),
          },
        }
      : {};
  if (smoothing === 0) return { ...dashed, ...around(series.values) };
  const values = exponentialMovingAverage(series.values, smoothing);
  return { ...dashed, values, ...around(values), raw: { steps: series.steps, values: series.values } };
}

/** Only the first thirty have colours; the others are drawn as background. */
const inContext =
  (context: number) =>
  (each: ChartSeries, index: number): ChartSeries => {
    if (context === 0 || index < mostColoured) return each;
    const { band: _, endLabel: __, ...rest } = each;
    return { ...rest, colour: 'context', width: 'thin' };
  };
