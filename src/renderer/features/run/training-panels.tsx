import { useMemo } from 'react';
import { metricInfo } from '../../../shared/metrics/catalog.ts';
import { isFineTune } from '../../../shared/run-config/schema.ts';
import { metricOf, taskFacts } from '../../../shared/run-config/task-facts.ts';
import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { type MetricView, useMetricView } from '../../app/chart-settings.ts';
import { count, measuredParts } from '../../app/format.ts';
import { ChartPanel } from '../../charts/chart-panel.tsx';
import type { Axis, Mark, Range } from '../../charts/series.ts';
import { placeInTraining, stepsPerEpoch } from './epochs.ts';
import { bandOf, drawnNote, lastText, lateFloor, metricSeries, slot } from './metric-series.ts';
import { MetricTools } from './metric-tools.tsx';
import { metricWords } from './metric-words.ts';
import { allPoints, type LiveSeriesSet } from './use-series.ts';
import { waitingWords } from './waiting-words.ts';
import { alongIterations, iterationAxis } from './x-axis.ts';

export interface RunPanelProps {
  readonly run: RunSummary;
  readonly series: LiveSeriesSet;
  readonly range: Range | null;
  readonly onRange: (range: Range | null) => void;
  readonly className?: string;
}

/** Loss in training, with its latest value at the end of the line; of epochs also the loss after each of them. */
export function TrainLossPanel({ run, series, range, onRange, className }: RunPanelProps) {
  const key = 'train/loss';
  const [view, change] = useMetricView(key);
  const line = series.byKey.get(key);
  const live = isActive(run.state);
  const tuned = isFineTune(run.config);
  const validated = tuned ? series.byKey.get(validationLoss) : undefined;
  const drawn = useMemo(
    () => [
      metricSeries(key, tuned ? 'Training' : 'Loss', line, view, {
        colour: validated ? 'neutral' : slot(run),
        dots: live ? 'last' : 'none',
        endLabel: `${validated ? 'train ' : ''}${lastText(line, 'plain')}`,
        ...(validated ? { endLabelLook: 'soft' as const } : {}),
      }),
      ...(validated
        ? [
            metricSeries(validationLoss, 'Validation', validated, unsmoothed(view), {
              colour: slot(run),
              dots: 'all',
              endLabel: `val. ${lastText(validated, 'plain')}`,
            }),
          ]
        : []),
    ],
    [line, validated, view, run, live, tuned],
  );
  const name = validated ? 'Loss' : metricWords(key, run.config).label;
  const exported = new Map([[key, 'train'], ...(validated ? [[validationLoss, 'validation'] as const] : [])]);
  const title =
    metricOf(run.config) === 'loss'
      ? 'Query loss (mean squared error)'
      : tuned
        ? 'Cross-entropy (nats)'
        : 'Query cross-entropy (nats)';
  return (
    <ChartPanel
      title={name}
      sub={[validated ? 'train every step' : '', drawnNote(line, view)].filter(Boolean).join(' · ')}
      tools={<MetricTools title={name} view={view} onChange={change} />}
      series={drawn}
      xAxis={iterationAxis(run)}
      yAxis={{ title, scale: view.scale }}
      range={range}
      onRange={onRange}
      fileName={run.name}
      {...alongIterations(run)}
      allPoints={() => allPoints(run.id, validated ? exported : new Map([[key, name]]))}
      empty={waitingWords(run)}
      {...(className ? { className } : {})}
    />
  );
}

const validationLoss = 'validation/loss';
const unsmoothed = (view: MetricView): MetricView => ({ ...view, smoothing: 0 });

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
    const place = stepsPerEpoch(run.config) === null ? '' : `, ${placeInTraining(run.config, run.best.iteration)}`;
    const label = `best ${measuredParts(run.best).value}${place}`;
    return [{ step: run.best.iteration, value: run.best.value, label }];
  }, [run.best, run.config, line]);
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
    isFineTune(run.config)
      ? '95 % CI band' // over the whole validation split
      : `${count(run.config.evaluation.episodes)} ${taskFacts[run.config.task.kind].counted}, 95 % CI band`,
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
      {...alongIterations(run)}
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
