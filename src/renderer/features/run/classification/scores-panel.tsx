import type { Classification } from '../../../../shared/runs/classification-report.ts';
import type { RunSummary } from '../../../../shared/runs/run.ts';
import { fixed, loss, percentNumber } from '../../../app/format.ts';
import { Panel } from '../../../ui/page.tsx';
import { EvaluationSelect } from './evaluation-select.tsx';
import { accuracyText, evaluationSentence } from './words.ts';

export interface ScoresPanelProps {
  readonly run: RunSummary;
  readonly shown: Classification;
  readonly onChoose: (evaluation: string) => void;
}

interface Score {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** What an evaluation comes to in single numbers; which ones there are depends on how many labels an example has. */
export function scoresOf({ report, labels, labelMode }: Classification): readonly Score[] {
  const several = labelMode === 'multi';
  const scores: (Score | null)[] = [
    {
      name: several ? 'All labels right' : 'Accuracy',
      value: accuracyText(report.accuracy),
      meaning: '95 % interval of Wilson over examples',
    },
    { name: 'Macro F1', value: percentNumber(report.macroF1), meaning: 'Mean of the labels’ F1, each counting alike' },
    {
      name: 'Weighted F1',
      value: percentNumber(report.weightedF1),
      meaning: 'Mean of the labels’ F1, each as often as it occurs',
    },
    several
      ? { name: 'Micro F1', value: percentNumber(report.microF1), meaning: 'F1 over all decisions together' }
      : null,
    report.mcc === null
      ? null
      : { name: 'MCC', value: fixed(report.mcc, 3), meaning: 'Matthews correlation: 0 is guessing, 1 is all right' },
    report.auc === null
      ? null
      : { name: 'AUC', value: fixed(report.auc, 3), meaning: `Area under the ROC curve of “${labels[1]}”` },
    { name: 'Log loss (nats)', value: loss(report.logLoss), meaning: 'Mean negative log probability of the truth' },
  ];
  return scores.filter((score) => score !== null);
}

/** The scores of the evaluation that is looked at, and the choice of another. */
export function ScoresPanel({ run, shown, onChoose }: ScoresPanelProps) {
  return (
    <Panel
      title="Scores"
      className="scores"
      tools={<EvaluationSelect config={run.config} shown={shown} onChoose={onChoose} />}
    >
      <dl className="kv pad">
        {scoresOf(shown).map(({ name, value, meaning }) => (
          <div className="kv-row" key={name} title={meaning}>
            <dt title={meaning}>{name}</dt>
            <dd title={meaning}>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="foot">{evaluationSentence(shown.evaluation, run.config)}</p>
    </Panel>
  );
}
