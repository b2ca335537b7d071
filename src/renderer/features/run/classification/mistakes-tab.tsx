import type { Classification } from '../../../../shared/runs/classification-report.ts';
import type { RunSummary } from '../../../../shared/runs/run.ts';
import { Segmented } from '../../../ui/choices.tsx';
import { Select } from '../../../ui/select.tsx';
import { EvaluationSelect } from './evaluation-select.tsx';
import { ExamplePage, ExampleTools, useExampleBrowser } from './example-browser.tsx';
import type { ClassificationView, TriedExample } from './use-classification.ts';
import { examples } from './words.ts';

export interface MistakesTabProps {
  readonly run: RunSummary;
  readonly shown: Classification;
  readonly view: ClassificationView;
  /** Goes to where what was sent can be tried. */
  readonly onTry: () => void;
}

const any = 'any';

/** Every stored prediction over the whole width, filtered by true label, by what was said, and by right or wrong. */
export function MistakesTab({ run, shown, view, onTry }: MistakesTabProps) {
  const { filter, onFilter } = view;
  const browser = useExampleBrowser(run, shown, filter);
  const { value } = browser.page;
  const send = (example: TriedExample): void => {
    view.send(example);
    onTry();
  };
  return (
    <div className="mistakes-tab">
      <div className="bar">
        <Segmented
          label="Which predictions"
          value={filter.which}
          onChange={(which) => onFilter({ ...filter, which })}
          options={[
            { value: 'wrong', label: 'Wrong only' },
            { value: 'all', label: 'All' },
          ]}
        />
        <LabelSelect
          prefix="True"
          label="True label"
          labels={shown.labels}
          value={filter.truth}
          onChange={(truth) => onFilter({ ...filter, truth })}
        />
        <LabelSelect
          prefix="Taken for"
          label="Taken for"
          labels={shown.labels}
          value={filter.predicted}
          onChange={(predicted) => onFilter({ ...filter, predicted })}
        />
        <span className="t11 muted num" aria-live="polite">
          {value ? examples(value.total, run.config) : ''}
        </span>
        <span className="grow" />
        <EvaluationSelect config={run.config} shown={shown} onChoose={view.chooseEvaluation} />
        <ExampleTools run={run} shown={shown} browser={browser} />
      </div>
      <ExamplePage run={run} shown={shown} browser={browser} send={send} />
    </div>
  );
}

interface LabelSelectProps {
  readonly prefix: string;
  readonly label: string;
  readonly labels: readonly string[];
  readonly value: number | null;
  readonly onChange: (label: number | null) => void;
}

function LabelSelect({ prefix, label, labels, value, onChange }: LabelSelectProps) {
  return (
    <Select
      look="button"
      prefix={prefix}
      label={label}
      value={value === null ? any : String(value)}
      options={[
        { value: any, label: 'any' },
        ...labels.map((name, position) => ({ value: String(position), label: name })),
      ]}
      onChange={(chosen) => onChange(chosen === any ? null : Number(chosen))}
    />
  );
}
