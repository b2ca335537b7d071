import { useState } from 'react';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { request, useRequest } from '../../app/core.ts';
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

/** Test episodes with a checkpoint of the run; the result is stored with its protocol. */
export function EvaluateDialog({ run, onClose }: { readonly run: RunSummary; readonly onClose: () => void }) {
  const image = run.config.task.kind === 'image-classes' ? run.config.task : null;
  const [from, setFrom] = useState<From>('best');
  const [split, setSplit] = useState<SplitChoice>('test');
  const [episodes, setEpisodes] = useState<number | null>(run.config.evaluation.finalEpisodes);
  const [steps, setSteps] = useState<number | null>(run.config.evaluation.testSteps);
  const [dataset, setDataset] = useState(ownDataset);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const datasets = useRequest('datasets.list', null);
  const toasts = useToasts();
  const valid =
    episodes !== null && episodes >= 1 && episodes <= 100_000 && steps !== null && steps >= 1 && steps <= 200;

  const evaluate = async (): Promise<void> => {
    if (!valid || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const result = await request('runs.evaluate', {
        id: run.id,
        dataset: dataset === ownDataset ? null : dataset,
        split,
        episodes,
        episodeSeed: null,
        way: null,
        shot: null,
        query: null,
        steps,
        from,
      });
      toasts.tell(
        `${measured({ metric: result.metric, value: result.mean, ci95: result.ci95 })} over ${plural(result.protocol.episodes, 'episode')}`,
        'check',
      );
      onClose();
    } catch (thrown) {
      setFailure(thrown instanceof Error ? thrown.message : String(thrown));
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
      <div className="eval-form">
        <span>Weights</span>
        <Segmented
          label="Weights"
          value={from}
          onChange={setFrom}
          options={[
            { value: 'best', label: 'Best' },
            { value: 'last', label: 'Last' },
            { value: 'untrained', label: 'Untrained' },
          ]}
        />
        {image && (
          <>
            <label htmlFor="eval-dataset">Dataset</label>
            <Select
              id="eval-dataset"
              value={dataset}
              onChange={setDataset}
              options={[
                { value: ownDataset, label: `${run.dataset?.name ?? image.dataset}, the run’s own` },
                ...(datasets.value ?? [])
                  .filter(({ kind, id }) => kind === 'image-classes' && id !== run.dataset?.id)
                  .map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            <span>Classes</span>
            <Segmented
              label="Classes"
              value={split}
              onChange={setSplit}
              options={[
                { value: 'test', label: 'Test' },
                { value: 'validation', label: 'Validation' },
                { value: 'train', label: 'Train' },
              ]}
            />
          </>
        )}
        <label htmlFor="eval-episodes">Episodes</label>
        <NumberInput
          id="eval-episodes"
          value={episodes}
          onChange={setEpisodes}
          step={100}
          invalid={episodes === null || episodes < 1 || episodes > 100_000}
        />
        <label htmlFor="eval-steps">Inner steps</label>
        <NumberInput
          id="eval-steps"
          value={steps}
          onChange={setSteps}
          step={1}
          invalid={steps === null || steps < 1 || steps > 200}
        />
      </div>
      {failure && (
        <p className="dialog-failure" role="alert">
          {failure}
        </p>
      )}
    </Dialog>
  );
}
