import { useState } from 'react';
import { isFineTune, isTextFineTune } from '../../../shared/run-config/schema.ts';
import { type Evaluation, isActive, type RunSummary } from '../../../shared/runs/run.ts';
import type { Range } from '../../charts/series.ts';
import { AdaptationPanel } from './adaptation-panel.tsx';
import { ClassificationOverview } from './classification/classification-overview.tsx';
import type { ClassificationView } from './classification/use-classification.ts';
import { ConfigPanel } from './config-panel.tsx';
import { EvaluationsPanel } from './evaluations-panel.tsx';
import { LogPanel } from './log-panel.tsx';
import { ResultCard } from './result-card.tsx';
import { SystemPanel, systemKeys } from './system-panel.tsx';
import { TrainLossPanel, ValidationPanel } from './training-panels.tsx';
import { TryItPanel } from './try-it-panel.tsx';
import type { RunLog } from './use-log.ts';
import { useSeries } from './use-series.ts';

export interface OverviewTabProps {
  readonly run: RunSummary;
  readonly view: ClassificationView;
  readonly evaluations: readonly Evaluation[];
  readonly log: RunLog;
  readonly onLog: () => void;
  readonly onEvaluate: (() => void) | undefined;
}

const keys = [
  'train/loss',
  'validation/accuracy',
  'validation/accuracy-ci95',
  'validation/loss',
  'validation/loss-ci95',
];
const systemMetrics = [...systemKeys];

/** Everything about a run at a glance; the two charts over iterations zoom together. */
export function OverviewTab({ run, view, evaluations, log, onLog, onEvaluate }: OverviewTabProps) {
  const [range, setRange] = useState<Range | null>(null);
  const turn = String(run.startedAt) + (isActive(run.state) ? ' active' : ' idle');
  const series = useSeries(run.id, keys, range, turn);
  const system = useSeries(run.id, systemMetrics, null, turn);
  const charts = { run, series, range, onRange: setRange };
  if (view.shown && !isActive(run.state)) {
    return <ClassificationOverview {...{ run, view, charts, evaluations, onEvaluate }} shown={view.shown} />;
  }
  return (
    <div className="detail">
      <TrainLossPanel {...charts} className="area-a" />
      <ValidationPanel {...charts} className="area-b" />
      {isTextFineTune(run.config) && <TryItPanel run={run} className="area-c" />}
      {!isFineTune(run.config) && <AdaptationPanel run={run} evaluations={evaluations} className="area-c" />}
      <EvaluationsPanel
        run={run}
        evaluations={evaluations}
        className="area-d"
        onEvaluate={onEvaluate}
        note={isActive(run.state) ? null : view.failure}
      />
      <LogPanel log={log} following={isActive(run.state)} onOpen={onLog} />
      <aside className="side" aria-label="Result, config, system">
        <ResultCard run={run} />
        <ConfigPanel run={run} />
        <SystemPanel run={run} series={system} />
      </aside>
    </div>
  );
}
