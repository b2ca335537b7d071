import { useMemo, useState } from 'react';
import { metricInfo } from '../../../shared/metrics/catalog.ts';
import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { useMetricView } from '../../app/chart-settings.ts';
import { count, duration, plural } from '../../app/format.ts';
import { ChartPanel } from '../../charts/chart-panel.tsx';
import type { Range } from '../../charts/series.ts';
import { Panel } from '../../ui/page.tsx';
import { drawnNote, lastText, metricSeries } from './metric-series.ts';
import { systemKeys } from './system-panel.tsx';
import { allPoints, type LiveSeries, useSeries } from './use-series.ts';
import { waitingWords } from './waiting-words.ts';
import { alongIterations, iterationAxis } from './x-axis.ts';

const keys = [...systemKeys];

/** How the run was computed, and what it took of the machine. */
export function SystemTab({ run }: { readonly run: RunSummary }) {
  const [range, setRange] = useState<Range | null>(null);
  const turn = String(run.startedAt) + (isActive(run.state) ? ' active' : ' idle');
  const series = useSeries(run.id, keys, range, turn);
  return (
    <div className="charts-grid tab-page">
      <EngineFacts run={run} />
      {keys.map((key) => (
        <SystemChart key={key} metric={key} run={run} line={series.byKey.get(key)} range={range} onRange={setRange} />
      ))}
    </div>
  );
}

function EngineFacts({ run }: { readonly run: RunSummary }) {
  const { engine } = run;
  const facts: readonly (readonly [string, string])[] = engine
    ? [
        ['Device', `${engine.device.toUpperCase()}, ${engine.deviceName}`],
        ['TensorFlow', engine.tensorflow],
        ['Execution', engine.mode === 'compiled' ? 'compiled graph' : `eager: ${engine.reason ?? 'no reason given'}`],
        ...(engine.mode === 'compiled'
          ? ([
              ['Graph', plural(engine.operations, 'operation')],
              ['Recorded in', duration(engine.recordMs)],
              ['Meta-iterations a call', count(engine.stepsPerCall)],
            ] as const)
          : []),
        ['XLA', engine.xla],
        ['Tasks of a meta-batch', engine.taskBatching],
        ['Parameters', count(engine.parameters)],
        ...(engine.multiplyAdds === undefined
          ? []
          : ([['Multiply-adds an example', count(engine.multiplyAdds)]] as const)),
        ['Compute time', duration(run.computeMs)],
      ]
    : [];
  return (
    <Panel title="Engine">
      {facts.length === 0 ? (
        <div className="chart-empty">{waitingWords(run)}</div>
      ) : (
        <div className="pad">
          <dl className="kv">
            {facts.map(([name, value]) => (
              <div className="kv-row" key={name}>
                <dt>{name}</dt>
                <dd title={value}>{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </Panel>
  );
}

interface SystemChartProps {
  readonly metric: string;
  readonly run: RunSummary;
  readonly line: LiveSeries | undefined;
  readonly range: Range | null;
  readonly onRange: (range: Range | null) => void;
}

function SystemChart({ metric, run, line, range, onRange }: SystemChartProps) {
  const info = metricInfo(metric);
  const [view] = useMetricView(metric);
  const drawn = useMemo(
    () => [
      metricSeries(metric, info.label, line, view, {
        colour: 'neutral',
        dots: isActive(run.state) ? 'last' : 'none',
        endLabel: lastText(line, 'plain'),
      }),
    ],
    [metric, info.label, line, view, run.state],
  );
  return (
    <ChartPanel
      title={info.label}
      sub={drawnNote(line, view)}
      series={drawn}
      xAxis={iterationAxis(run)}
      {...alongIterations(run)}
      yAxis={{ title: info.axis }}
      range={range}
      onRange={onRange}
      fileName={run.name}
      allPoints={() => allPoints(run.id, new Map([[metric, info.label]]))}
      empty={waitingWords(run, 'the first reading')}
    />
  );
}
