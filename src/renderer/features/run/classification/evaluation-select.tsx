import type { RunConfig } from '../../../../shared/run-config/schema.ts';
import type { Classification } from '../../../../shared/runs/classification-report.ts';
import { Select } from '../../../ui/select.tsx';
import { evaluationSentence, evaluationWords } from './words.ts';

export interface EvaluationSelectProps {
  readonly config: RunConfig;
  readonly shown: Classification;
  readonly onChoose: (id: string) => void;
}

const kinds = { validation: 'while training', final: 'final', requested: 'asked for', untrained: 'untrained' } as const;

/** Which evaluation is looked at; only a name where there is one. */
export function EvaluationSelect({ config, shown, onChoose }: EvaluationSelectProps) {
  const { evaluation, available } = shown;
  if (available.length < 2) {
    return (
      <span className="t11 muted" title={evaluationSentence(evaluation, config)}>
        {evaluationWords(evaluation, config)}
      </span>
    );
  }
  return (
    <Select
      look="button"
      label="Evaluation"
      className="sm"
      value={evaluation.id}
      options={[...available].reverse().map((each) => ({
        value: each.id,
        label: evaluationWords(each, config),
        note: kinds[each.kind],
      }))}
      onChange={onChoose}
    />
  );
}
