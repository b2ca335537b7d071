import { useMemo } from 'react';
import type { MetricInfo } from '../../../shared/metrics/catalog.ts';
import { isFineTune } from '../../../shared/run-config/schema.ts';
import { fixed, plural } from '../../app/format.ts';
import { ChartPanel } from '../../charts/chart-panel.tsx';
import type { Axis, ChartSeries, Line } from '../../charts/series.ts';
import { axisTitle, axisWords, overAxis, unitFor } from './axis.ts';
import { type CompareSeries, compareSeries } from './compare-series.ts';
import type { CompareGroup } from './groups.ts';
import { metricAxis } from './metrics.ts';
import type { CompareView } from './use-compare-view.ts';
import type { RunLines } from './use-run-lines.ts';

export interface CompareChartProps {
  readonly title: string;
  /** Groups that are shown. */
  readonly groups: readonly CompareGroup[];
  readonly hiddenGroups: number;
  readonly metric: MetricInfo;
  readonly view: CompareView;
  readonly lines: RunLines;
  readonly highlighted: string | null;
}

/** The chosen metric of all groups over the chosen axis. */
export function CompareChart({ title, groups, hiddenGroups, metric, view, lines, highlighted }: CompareChartProps) {
  const smoothing = view.smoothing[metric.key] ?? 0;
  const longest = Math.max(0, ...groups.flatMap(({ runs }) => runs.map(({ id }) => lastOf(lines.clockOf(id)))));
  const unit = unitFor(longest);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` stands for the points of `lines`
  const drawn = useMemo(() => {
    const batches = new Map(groups.flatMap(({ runs }) => runs.map(({ id, config }) => [id, config.outer.metaBatch])));
    const lineOf = (runId: string): Line | undefined => {
      const line = lines.lineOf(runId);
      return line && overAxis(line, view.axis, batches.get(runId) ?? 1, lines.clockOf(runId), unit);
    };
    return compareSeries(groups, lineOf, { smoothing, patterns: view.patterns, band: view.band });
  }, [groups, lines.version, metric.key, view.axis, view.patterns, view.band, smoothing, unit]);
  const tuned = groups.length > 0 && groups.every(({ runs }) => runs.every(({ config }) => isFineTune(config)));
  const axisName = tuned && view.axis === 'iteration' ? 'Step' : axisTitle(view.axis, unit);
  const xAxis: Axis = { title: axisName, scale: view.logX === 'on' ? 'log' : 'linear' };
  return (
    <ChartPanel
      title={metric.label}
      sub={subtitle(drawn, view, smoothing, hiddenGroups, lines.waiting)}
      fileName={title}
      className="main-chart"
      series={drawn.series as ChartSeries[]}
      xAxis={xAxis}
      yAxis={metricAxis(metric, view.logY === 'on' ? 'log' : 'linear')}
      xName={axisWords[view.axis]}
      highlighted={highlightedKey(drawn.series, groups, highlighted)}
      empty={lines.waiting > 0 ? 'Loading the points' : 'None of these runs has points of this metric.'}
    />
  );
}

const lastOf = ({ values }: Line): number => (values.length > 0 ? values[values.length - 1]! : 0);

/** Of a group without a mean line its first run is raised. */
function highlightedKey(
  series: readonly ChartSeries[],
  groups: readonly CompareGroup[],
  highlighted: string | null,
): string | null {
  if (highlighted === null || series.some(({ key }) => key === highlighted)) return highlighted;
  return groups.find(({ key }) => key === highlighted)?.runs[0]?.id ?? null;
}

/** Everything that is done to the lines or left out of sight. */
function subtitle(
  { context, means, interpolated }: CompareSeries,
  view: CompareView,
  smoothing: number,
  hiddenGroups: number,
  waiting: number,
): string {
  return [
    waiting > 0 ? `loading ${plural(waiting, 'run')}` : '',
    means === 'some' ? `mean over finished seeds${view.band === 'ci95' ? ', 95 % CI band' : ''}` : '',
    interpolated === 'yes' ? 'read between points' : '',
    smoothing > 0 ? `EMA ${fixed(smoothing, 2)} over faint raw values` : '',
    hiddenGroups > 0 ? `${plural(hiddenGroups, 'group')} hidden` : '',
    context > 0 ? `${plural(context, 'line')} in grey` : '',
  ]
    .filter(Boolean)
    .join(', ');
}
