import { useMemo } from 'react';
import { metricInfo } from '../../../shared/metrics/catalog.ts';
import { isFineTune } from '../../../shared/run-config/schema.ts';
import { metricOf, taskFacts } from '../../../shared/run-config/task-facts.ts';
import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { useMetricView } from '../../app/chart-settings.ts';
import { count, measuredParts } from '../../app/format.ts';
import { ChartPanel } from '../../charts/chart-panel.tsx';
import type { Axis, Mark, Range } from '../../charts/series.ts';
import { bandOf, drawnNote, lastText, lateFloor, metricSeries, slot } from './metric-series.ts';
import { MetricTools } from './metric-tools.tsx';
import { allPoints, type LiveSeriesSet } from './use-series.ts';
import { waitingWords } from './waiting-words.ts';

export interface RunPanelProps {
  readonly run: RunSummary;
  readonly series: LiveSeriesSet;
  readonly range: Range | null;
  readonly onRange: (range: Range | null) => void;
  readonly className?: string;
}

export const iterationAxis = (run: RunSummary): Axis => ({
  title: isFineTune(run.config) ? 'Step' : 'Meta-iteration',
  min: 0,
  max: run.config.outer.iterations,
  values: 'whole',
});

/** Query loss of the training tasks, with its latest value at the end of the line. */
export function TrainLossPanel({ run, series, range, onRange, className }: RunPanelProps) {
  const key = 'train/loss';
  const [view, change] = useMetricView(key);
  const line = series.byKey.get(key);
  const live = isActive(run.state);
  const drawn = useMemo(
    () => [
      metricSeries(key, 'Loss', line, view, {
        colour: slot(run),
        dots: live ? 'last' : 'none',
        endLabel: lastText(line, 'plain'),
      }),
    ],
    [line, view, run, live],
  );
  const tuned = isFineTune(run.config);
  const name = tuned ? 'Training loss' : 'Meta-train loss';
  const title =
    metricOf(run.config) === 'loss'
      ? 'Query loss (mean squared error)'
      : tuned
        ? 'Cross-entropy (nats)'
        : 'Query cross-entropy (nats)';
  return (
    <ChartPanel
      title={name}
      sub={drawnNote(line, view)}
      tools={<MetricTools title={name} view={view} onChange={change} />}
      series={drawn}
      xAxis={iterationAxis(run)}
      yAxis={{ title, scale: view.scale }}
      range={range}
      onRange={onRange}
      fileName={run.name}
      allPoints={() => allPoints(run.id, new Map([[key, name]]))}
      empty={waitingWords(run)}
      {...(className ? { className } : {})}
    />
  );
}

/** Validation metric with its interval over episodes; the best one carries a flag. */
export function ValidationPanel({ run, series, range, onRange, className }: RunPanelProps) {
  const metric = metricOf(run.config);
  const key = `validation/${metric}`;
  const [view, change] = useMetricView(key);
  const line = series.byKey.get(key);
  const halves = series.byKey.get(`${key}-ci95`);
  const { label } = metricInfo(key);
  const drawn = useMemo(() => {
    const band = line ? bandOf(line, halves) : undefined;
    const name = metric === 'accuracy' ? 'Accuracy' : 'Error';
    const few = (line?.steps.length ?? 0) <= 40;
    return [
      metricSeries(
        key,
        name,
        line,
        { ...view, smoothing: 0 },
        {
          colour: slot(run),
          dots: few ? 'all' : 'none',
          ...(band ? { band } : {}),
        },
      ),
    ];
  }, [key, line, halves, view, run, metric]);
  const marks = useMemo<readonly Mark[]>(() => {
    if (!run.best || !line || line.steps.length === 0) return [];
    return [{ step: run.best.iteration, value: run.best.value, label: `best ${measuredParts(run.best).value}` }];
  }, [run.best, line]);
  const floor = metric === 'accuracy' && range === null && line ? lateFloor(line) : null;
  const yAxis: Axis =
    metric === 'accuracy'
      ? {
          title: isFineTune(run.config) ? 'Accuracy (%)' : 'Query accuracy (%)',
          unit: 'fraction',
          limits: [0, 1],
          ...(floor === null ? {} : { min: floor }),
        }
      : { title: 'Query loss (mean squared error)', scale: view.scale };
  const notes = [
    `${count(run.config.evaluation.episodes)} ${taskFacts[run.config.task.kind].counted}, 95 % CI band`,
    floor === null ? '' : 'early values lie below',
    drawnNote(line, { ...view, smoothing: 0 }),
  ];
  return (
    <ChartPanel
      title={label}
      sub={notes.filter(Boolean).join(' · ')}
      tools={
        metric === 'loss' ? <MetricTools title={label} view={view} onChange={change} smoothing="none" /> : undefined
      }
      series={drawn}
      marks={marks}
      xAxis={iterationAxis(run)}
      yAxis={yAxis}
      range={range}
      onRange={onRange}
      fileName={run.name}
      allPoints={() =>
        allPoints(
          run.id,
          new Map([
            [key, label],
            [`${key}-ci95`, `${label}, half width of the 95 % CI`],
          ]),
        )
      }
      empty={
        run.config.evaluation.every === 0 ? 'This run does not validate.' : waitingWords(run, 'the first validation')
      }
      {...(className ? { className } : {})}
    />
  );
}
