import { useMemo, useState } from 'react';
import { metricCatalog } from '../../../shared/metrics/catalog.ts';
import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { useMetricView } from '../../app/chart-settings.ts';
import { fixed } from '../../app/format.ts';
import { ChartPanel } from '../../charts/chart-panel.tsx';
import type { Axis, ChartSeries, Range } from '../../charts/series.ts';
import { Segmented } from '../../ui/choices.tsx';
import { EmptyState, Skeleton } from '../../ui/page.tsx';
import { bandOf, drawnNote, lastText, lateFloor, metricSeries, slot } from './metric-series.ts';
import { MetricTools } from './metric-tools.tsx';
import { metricWords } from './metric-words.ts';
import { allPoints, type LiveSeries, type LiveSeriesSet, useSeries } from './use-series.ts';
import { waitingWords } from './waiting-words.ts';
import { alongAxis, alongIterations, type XChoice, xAxisFor, xWords } from './x-axis.ts';

const everything: readonly string[] = [];

/** Keys with a chart of their own, in the order of the catalog; half widths are bands of others. */
export function chartedKeys(series: LiveSeriesSet): readonly string[] {
  const known = metricCatalog.map(({ key }) => key);
  const rank = (key: string): number => (known.includes(key) ? known.indexOf(key) : known.length);
  return [...series.byKey.keys()]
    .filter((key) => !key.endsWith('-ci95'))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** A chart for each stored metric, over one horizontal axis for all of them. */
export function ChartsTab({ run }: { readonly run: RunSummary }) {
  const [range, setRange] = useState<Range | null>(null);
  const [hair, setHair] = useState<number | null>(null);
  const [x, setX] = useState<XChoice>('iteration');
  const turn = String(run.startedAt) + (isActive(run.state) ? ' active' : ' idle');
  // Zoomed along another axis than the iteration, all points of the range are at hand already.
  const series = useSeries(run.id, everything, x === 'iteration' ? range : null, turn);
  const keys = chartedKeys(series);
  const seconds = series.byKey.get('time/compute-seconds');
  const words = xWords(run);
  if (series.state === 'waiting') return <ChartsSkeleton />;
  if (keys.length === 0) return <EmptyState icon="wave" title={waitingWords(run)} />;
  return (
    <div className="charts-tab">
      <div className="bar">
        <span className="t12 muted">Horizontal axis</span>
        <Segmented
          size="small"
          label="Horizontal axis"
          value={x}
          onChange={(next) => {
            setRange(null);
            setHair(null);
            setX(next);
          }}
          options={[
            { value: 'iteration', label: words.iteration.choice },
            { value: 'tasks', label: words.tasks.choice },
            ...(seconds && seconds.steps.length > 1
              ? [{ value: 'compute' as const, label: words.compute.choice }]
              : []),
          ]}
        />
        <span className="grow" />
        <span className="t11 muted">Drag to zoom, Shift and drag for a box, double click or R to reset</span>
      </div>
      <div className="charts-grid">
        {keys.map((key) => (
          <MetricChart
            key={key}
            metric={key}
            run={run}
            line={series.byKey.get(key)!}
            halves={series.byKey.get(`${key}-ci95`)}
            seconds={seconds}
            x={x}
            range={range}
            onRange={setRange}
            hair={hair}
            onHair={setHair}
          />
        ))}
      </div>
    </div>
  );
}

interface MetricChartProps {
  readonly metric: string;
  readonly run: RunSummary;
  readonly line: LiveSeries;
  readonly halves: LiveSeries | undefined;
  readonly seconds: LiveSeries | undefined;
  readonly x: XChoice;
  readonly range: Range | null;
  readonly onRange: (range: Range | null) => void;
  readonly hair: number | null;
  readonly onHair: (x: number | null) => void;
}

function MetricChart({ metric, run, line, halves, seconds, x, ...shared }: MetricChartProps) {
  const info = metricWords(metric, run.config);
  const [view, change] = useMetricView(metric);
  const counts = metric.startsWith('validation/');
  const unit = info.unit === 'fraction' ? 'fraction' : 'plain';
  const drawn = useMemo<readonly ChartSeries[]>(() => {
    const along = alongAxis(line, x, run.config.outer.metaBatch, seconds);
    const band = bandOf(line, halves);
    return [
      metricSeries(metric, info.label, along, view, {
        colour: counts ? slot(run) : 'neutral',
        dots: isActive(run.state) ? 'last' : 'none',
        endLabel: lastText(line, unit),
        ...(band ? { band } : {}),
      }),
    ];
  }, [line, halves, seconds, x, view, run, metric, info.label, counts, unit]);
  const floor = unit === 'fraction' && shared.range === null && view.scale === 'linear' ? lateFloor(line) : null;
  const yAxis: Axis = {
    title: info.axis,
    unit,
    scale: view.scale,
    ...(unit === 'fraction' && view.scale === 'linear' ? { limits: [0, 1] as const } : {}),
    ...(floor === null ? {} : { min: floor }),
  };
  const below = floor === null ? '' : 'early values lie below';
  const notes = [halves ? '95 % CI band' : '', below, drawnNote(line, view)].filter(Boolean).join(' · ');
  return (
    <ChartPanel
      title={info.label}
      sub={notes}
      tools={<MetricTools title={info.label} view={view} onChange={change} />}
      series={drawn}
      xAxis={xAxisFor(x, run)}
      yAxis={yAxis}
      xName={xWords(run)[x].name}
      {...(x === 'iteration' ? alongIterations(run) : {})}
      {...(x === 'compute' ? { describeX: (seen: number) => `${fixed(seen / 3600, 2)} h` } : {})}
      fileName={run.name}
      allPoints={() => allPoints(run.id, new Map([[metric, info.label]]))}
      {...shared}
    />
  );
}

function ChartsSkeleton() {
  return (
    <div className="charts-grid" aria-busy="true">
      {['a', 'b', 'c', 'd'].map((place) => (
        <section className="panel" key={place}>
          <header>
            <Skeleton width={120} />
          </header>
          <div className="chart-empty">
            <Skeleton width="100%" height={150} />
          </div>
        </section>
      ))}
    </div>
  );
}
