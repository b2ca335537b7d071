import { useState } from 'react';
import { countsExamples, taskFacts } from '../../../shared/run-config/task-facts.ts';
import type { Evaluation, RunSummary } from '../../../shared/runs/run.ts';
import { asFailure, request, useRequest } from '../../app/core.ts';
import { measured, plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberInput } from '../../ui/number-input.tsx';
import { Select } from '../../ui/select.tsx';
import { useToasts } from '../../ui/toast.tsx';

type From = 'best' | 'last' | 'untrained';
type SplitChoice = 'test' | 'validation' | 'train';

const ownDataset = 'own';

const countedNames = { episodes: 'Episodes', texts: 'Texts', images: 'Images', rows: 'Rows', clips: 'Clips' } as const;

interface Asked {
  readonly from: From;
  readonly split: SplitChoice;
  readonly episodes: number | null;
  readonly steps: number | null;
  readonly dataset: string;
}

const within = (value: number | null, most: number): value is number => value !== null && value >= 1 && value <= most;
const mostEpisodes = 100_000;
const mostSteps = 200;

/** Test episodes, or a split of examples, with a checkpoint of the run; the result is stored with its protocol. */
export function EvaluateDialog({ run, onClose }: { readonly run: RunSummary; readonly onClose: () => void }) {
  const [asked, setAsked] = useState<Asked>({
    from: 'best',
    split: 'test',
    episodes: run.config.evaluation.finalEpisodes,
    steps: run.config.evaluation.testSteps,
    dataset: ownDataset,
  });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const toasts = useToasts();
  const valid = within(asked.episodes, mostEpisodes) && within(asked.steps, mostSteps);
  const evaluate = async (): Promise<void> => {
    if (!valid || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const result = await ask(run, asked);
      const value = measured({ metric: result.metric, value: result.mean, ci95: result.ci95 });
      toasts.tell(
        `${value} over ${plural(result.protocol.episodes, taskFacts[result.protocol.task].counted.slice(0, -1))}`,
        'check',
      );
      onClose();
    } catch (thrown) {
      setFailure(asFailure(thrown).message);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={`Evaluate ${run.name}`}
      onClose={onClose}
      width={480}
      footer={
        <>
          <Button onClick={onClose}>{busy ? 'Go on in the background' : 'Cancel'}</Button>
          <Button look="primary" unavailable={!valid || busy} onClick={() => void evaluate()}>
            {busy ? 'Evaluating' : 'Evaluate'}
          </Button>
        </>
      }
    >
      <EvaluateFields run={run} asked={asked} onChange={(change) => setAsked({ ...asked, ...change })} />
      {failure && (
        <p className="dialog-failure" role="alert">
          {failure}
        </p>
      )}
    </Dialog>
  );
}

/** Sizes of tasks stay the run's own. Throws a RequestFailure. */
const ask = (run: RunSummary, { from, split, episodes, steps, dataset }: Asked): Promise<Evaluation> =>
  request('runs.evaluate', {
    id: run.id,
    dataset: dataset === ownDataset ? null : dataset,
    split,
    episodes: episodes ?? 1,
    episodeSeed: null,
    way: null,
    shot: null,
    query: null,
    steps,
    from,
  });

interface EvaluateFieldsProps {
  readonly run: RunSummary;
  readonly asked: Asked;
  readonly onChange: (change: Partial<Asked>) => void;
}

function EvaluateFields({ run, asked, onChange }: EvaluateFieldsProps) {
  return (
    <div className="eval-form">
      <span>Weights</span>
      <Segmented
        label="Weights"
        value={asked.from}
        onChange={(from) => onChange({ from })}
        options={[
          { value: 'best', label: 'Best' },
          { value: 'last', label: 'Last' },
          { value: 'untrained', label: 'Untrained' },
        ]}
      />
      {run.config.task.kind === 'image-classes' && <ClassFields run={run} asked={asked} onChange={onChange} />}
      {countsExamples(run.config.task.kind) ? (
        <>
          <span>{countedNames[taskFacts[run.config.task.kind].counted]}</span>
          <SplitChoices label="Split" asked={asked} onChange={onChange} />
        </>
      ) : (
        <EpisodeFields asked={asked} onChange={onChange} />
      )}
    </div>
  );
}

function EpisodeFields({ asked, onChange }: Omit<EvaluateFieldsProps, 'run'>) {
  return (
    <>
      <label htmlFor="eval-episodes">Episodes</label>
      <NumberInput
        id="eval-episodes"
        value={asked.episodes}
        onChange={(episodes) => onChange({ episodes })}
        step={100}
        invalid={!within(asked.episodes, mostEpisodes)}
      />
      <label htmlFor="eval-steps">Inner steps</label>
      <NumberInput
        id="eval-steps"
        value={asked.steps}
        onChange={(steps) => onChange({ steps })}
        step={1}
        invalid={!within(asked.steps, mostSteps)}
      />
    </>
  );
}

interface SplitChoicesProps extends Omit<EvaluateFieldsProps, 'run'> {
  readonly label: string;
}

function SplitChoices({ label, asked, onChange }: SplitChoicesProps) {
  return (
    <Segmented
      label={label}
      value={asked.split}
      onChange={(split) => onChange({ split })}
      options={[
        { value: 'test', label: 'Test' },
        { value: 'validation', label: 'Validation' },
        { value: 'train', label: 'Train' },
      ]}
    />
  );
}

/** Which images: of the run's own dataset or of another, and of which split. */
function ClassFields({ run, asked, onChange }: EvaluateFieldsProps) {
  const datasets = useRequest('datasets.list', null);
  const others = (datasets.value ?? []).filter(({ kind, id }) => kind === 'image-classes' && id !== run.dataset?.id);
  return (
    <>
      <label htmlFor="eval-dataset">Dataset</label>
      <Select
        id="eval-dataset"
        value={asked.dataset}
        onChange={(dataset) => onChange({ dataset })}
        options={[
          { value: ownDataset, label: `${run.dataset?.name ?? 'The dataset'}, the run’s own` },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <span>Classes</span>
      <SplitChoices label="Classes" asked={asked} onChange={onChange} />
    </>
  );
}
