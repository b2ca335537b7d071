import { useEffect, useState } from 'react';
import type { TableColumn } from '../../../shared/datasets/table.ts';
import type { RowPredictions } from '../../../shared/runs/prediction.ts';
import { isFinished, type RunSummary } from '../../../shared/runs/run.ts';
import { request, useRequest } from '../../app/core.ts';
import { count } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { FailureLine, Panel } from '../../ui/page.tsx';
import type { SentRow } from './classification/use-classification.ts';
import { weightsAt } from './epochs.ts';
import { Probabilities } from './probabilities.tsx';
import { RowForm } from './row-form.tsx';
import { askedRow, type RowValues, valueProblem, valuesOf } from './row-values.ts';
import { useLatestAnswer } from './use-latest-answer.ts';

export interface TryRowsProps {
  readonly run: RunSummary;
  readonly className: string;
  /** A row that was sent here; the latest is put into the form. */
  readonly sent: SentRow | null;
}

/** From the last key to the question. */
const pauseMs = 150;

/** What the run's best weights say of a row, as one changes its values; it begins with a row that was predicted. */
export function TryRows({ run, className, sent }: TryRowsProps) {
  const ready = isFinished(run.state);
  const columns = useRequest('runs.table-columns', { id: run.id }, { ask: ready ? 'now' : 'never' });
  const row = useRow(run, ready, sent);
  const latest = useLatestAnswer<RowPredictions>();
  const known = columns.value?.columns;
  useAsking(run.id, known, row.values, latest);
  const { asking, answer, failure } = latest;
  return (
    <Panel
      title="Try it"
      sub={answer ? weightsAt(run.config, answer.iteration) : 'best weights'}
      className={className}
      tools={
        <span className="muted t11 num">
          <span aria-live="polite">{asking === 'yes' && answer === null ? 'asking…' : ''}</span>
          {answer && `${count(Math.max(1, Math.round(answer.computeMs)))} ms`}
        </span>
      }
    >
      <div className="try">
        {!ready && <span className="muted t11">Ready when the run has ended</span>}
        {columns.failure && <FailureLine message={columns.failure.message} onRetry={columns.refresh} />}
        {known && <RowForm columns={known} values={row.values ?? {}} onChange={row.set} ready={ready} />}
        {known && (
          <div className="row-tools">
            <Button size="small" onClick={row.another}>
              Another row
            </Button>
            <Button size="small" onClick={() => row.set({})}>
              Empty all
            </Button>
            {row.origin && <span className="muted t11 num">{row.origin}</span>}
          </div>
        )}
        {failure && (
          <p className="dialog-failure" role="alert">
            {failure}
          </p>
        )}
        <div aria-live="polite">
          {answer && <Probabilities answer={answer} />}
          {answer?.notes.map((note) => (
            <p key={note} className="muted t11">
              {note}
            </p>
          ))}
        </div>
      </div>
    </Panel>
  );
}

/** The values in the form: of a predicted row (the next one when asked), of one that was sent, or as they are typed. */
function useRow(run: RunSummary, ready: boolean, sent: SentRow | null) {
  const [offset, setOffset] = useState(0);
  const [typed, setTyped] = useState<RowValues | null>(null);
  const page = useRequest(
    'runs.predictedExamples',
    { id: run.id, wrongOnly: false, order: 'dataset', offset, limit: 1 },
    { ask: ready ? 'now' : 'never' },
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is newly sent is taken over
  useEffect(() => {
    if (sent) setTyped(sent.values);
  }, [sent?.serial]);
  const example = page.value?.examples[0];
  const taken = example?.row && page.value?.columns ? valuesOf(page.value.columns, example.row) : null;
  const settled = page.value !== undefined || page.failure !== undefined;
  return {
    /** null until it is known what the form begins with. */
    values: typed ?? taken ?? (settled ? {} : null),
    origin: typed === null && taken && example ? `${example.split} ${count(example.position)}` : null,
    set: setTyped,
    another: () => {
      setTyped(null);
      setOffset((before) => (page.value && before + 1 < page.value.total ? before + 1 : 0));
    },
  };
}

/** Asks whenever the values rest, unless one of them is none. */
function useAsking(
  id: string,
  columns: readonly TableColumn[] | undefined,
  values: RowValues | null,
  latest: ReturnType<typeof useLatestAnswer<RowPredictions>>,
): void {
  const key = values && columns ? JSON.stringify(askedRow(columns, values)) : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says whether the question is another
  useEffect(() => {
    if (!columns || !values) return;
    if (columns.some((column) => valueProblem(column, values[column.name] ?? '') !== null)) {
      latest.forget();
      return;
    }
    const ask = () => request('runs.predict-rows', { id, rows: [askedRow(columns, values)] });
    const timer = setTimeout(() => latest.about('row', ask), pauseMs);
    return () => clearTimeout(timer);
  }, [id, key]);
}
