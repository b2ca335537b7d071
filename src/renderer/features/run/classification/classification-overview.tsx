import './classification.css';
import type { Classification } from '../../../../shared/runs/classification-report.ts';
import type { Evaluation, RunSummary } from '../../../../shared/runs/run.ts';
import { ConfigPanel } from '../config-panel.tsx';
import { EvaluationsPanel } from '../evaluations-panel.tsx';
import { type RunPanelProps, TrainLossPanel, ValidationPanel } from '../training-panels.tsx';
import { TryItPanel } from '../try-it-panel.tsx';
import { CalibrationPanel } from './calibration-panel.tsx';
import { ClassesPanel } from './classes-panel.tsx';
import { ConfusionPanel } from './confusion-panel.tsx';
import { MistakesPanel } from './mistakes-panel.tsx';
import { ScoresPanel } from './scores-panel.tsx';
import type { ClassificationView } from './use-classification.ts';

export interface ClassificationOverviewProps {
  readonly run: RunSummary;
  readonly shown: Classification;
  readonly view: ClassificationView;
  readonly charts: Omit<RunPanelProps, 'className'>;
  readonly evaluations: readonly Evaluation[];
  readonly onEvaluate: (() => void) | undefined;
}

/** A classifier at a glance: how it learned, what it confuses, on which examples, and a box to try it in. */
export function ClassificationOverview(props: ClassificationOverviewProps) {
  const { run, shown, view, charts, evaluations, onEvaluate } = props;
  const { confusion } = shown.report;
  return (
    <div className="ft">
      <div className="col">
        <TrainLossPanel {...charts} className="ft-chart" />
        {run.config.evaluation.every > 0 && <ValidationPanel {...charts} className="ft-chart" />}
        <ConfigPanel run={run} />
        <EvaluationsPanel run={run} evaluations={evaluations} onEvaluate={onEvaluate} />
      </div>
      <div className="col">
        {confusion && (
          <ConfusionPanel
            config={run.config}
            shown={shown}
            matrix={confusion}
            filter={view.filter}
            onFilter={view.onFilter}
          />
        )}
        <ClassesPanel config={run.config} shown={shown} onFilter={view.onFilter} />
        <CalibrationPanel config={run.config} shown={shown} />
      </div>
      <div className="col last">
        <MistakesPanel run={run} shown={shown} view={view} />
        <TryItPanel run={run} className="ft-try" sent={view.sent} />
        <ScoresPanel run={run} shown={shown} onChoose={view.chooseEvaluation} />
      </div>
    </div>
  );
}
