import { useMemo, useState } from 'react';
import { metricOf } from '../../../shared/run-config/task-facts.ts';
import type { Evaluation, RunSummary } from '../../../shared/runs/run.ts';
import { count, plural } from '../../app/format.ts';
import { ChartPanel } from '../../charts/chart-panel.tsx';
import type { Shade } from '../../charts/series.ts';
import { Segmented } from '../../ui/choices.tsx';
import { adaptationSeries, chooseAdaptation } from './adaptation.ts';
import { slot } from './metric-series.ts';
import { waitingWords } from './waiting-words.ts';

export interface AdaptationPanelProps {
  readonly run: RunSummary;
  readonly evaluations: readonly Evaluation[];
  readonly className?: string;
}

/** How well the network does after 0, 1, ... inner steps: now, early in the run, and untrained. */
export function AdaptationPanel({ run, evaluations, className }: AdaptationPanelProps) {
  const hasAccuracy = metricOf(run.config) === 'accuracy';
  const [metric, setMetric] = useState<'accuracy' | 'loss'>(hasAccuracy ? 'accuracy' : 'loss');
  const choice = useMemo(() => chooseAdaptation(evaluations), [evaluations]);
  const series = useMemo(() => adaptationSeries(choice, metric, slot(run)), [choice, metric, run]);
  const { steps } = run.config.inner;
  const reach = run.config.evaluation.testSteps;
  const shades = useMemo<readonly Shade[]>(() => {
    const label = `beyond the ${plural(steps, 'training step')}`;
    return reach > steps ? [{ from: steps, to: reach, label, labelAt: metric === 'loss' ? 'top' : 'bottom' }] : [];
  }, [steps, reach, metric]);
  const { now } = choice;
  const where = now?.kind === 'final' ? 'test tasks, final' : 'validation tasks';
  return (
    <ChartPanel
      title="Adaptation curve"
      sub={now ? `${where}, at ${count(now.iteration)} · 95 % CI` : ''}
      tools={
        hasAccuracy && (
          <Segmented
            size="small"
            label="Metric of the adaptation curve"
            value={metric}
            onChange={setMetric}
            options={[
              { value: 'accuracy', label: 'Accuracy' },
              { value: 'loss', label: 'Loss' },
            ]}
          />
        )
      }
      series={series}
      xAxis={{ title: 'Inner gradient steps on the support set', min: 0, max: reach, values: 'whole' }}
      yAxis={
        metric === 'accuracy'
          ? { title: 'Query accuracy (%)', unit: 'fraction', limits: [0, 1] }
          : { title: hasAccuracy ? 'Query cross-entropy (nats)' : 'Query loss (mean squared error)' }
      }
      shades={shades}
      xName="Inner step"
      fileName={run.name}
      empty={waitingWords(run, 'the first evaluation')}
      {...(className ? { className } : {})}
    />
  );
}
