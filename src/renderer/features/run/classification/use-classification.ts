import { useState } from 'react';
import type { Classification } from '../../../../shared/runs/classification-report.ts';
import type { AskedClip, AskedImage } from '../../../../shared/runs/prediction.ts';
import type { Evaluation, RunSummary } from '../../../../shared/runs/run.ts';
import { useRequest } from '../../../app/core.ts';
import type { RowValues } from '../row-values.ts';
import { allMistakes, type ExampleFilter } from './words.ts';

/** An example for the box to try. */
export type TriedExample =
  | { readonly kind: 'text'; readonly text: string; readonly pair: string | null }
  | { readonly kind: 'image'; readonly image: AskedImage }
  | { readonly kind: 'row'; readonly values: RowValues }
  | { readonly kind: 'clip'; readonly clip: AskedClip };

/** An example sent to the box to try; `serial` tells two of the same apart. */
export type SentExample = TriedExample & { readonly serial: number };
export type SentText = Extract<SentExample, { readonly kind: 'text' }>;
export type SentImage = Extract<SentExample, { readonly kind: 'image' }>;
export type SentRow = Extract<SentExample, { readonly kind: 'row' }>;
export type SentClip = Extract<SentExample, { readonly kind: 'clip' }>;

/** What is seen of a classifier's evaluation, shared by the tabs of a run. */
export interface ClassificationView {
  /** null as long as no predictions are stored, and for runs that classify no single examples. */
  readonly shown: Classification | null;
  /** Why the stored predictions cannot be read, or why there are none. */
  readonly failure: string | null;
  readonly chooseEvaluation: (id: string) => void;
  readonly filter: ExampleFilter;
  readonly onFilter: (filter: ExampleFilter) => void;
  readonly sent: SentExample | null;
  readonly send: (example: TriedExample) => void;
}

export function useClassification(run: RunSummary): ClassificationView {
  const [evaluation, setEvaluation] = useState<string | null>(null);
  const [filter, onFilter] = useState<ExampleFilter>(allMistakes);
  const [sent, setSent] = useState<SentExample | null>(null);
  const asked = useRequest(
    'runs.classification',
    { id: run.id, ...(evaluation === null ? {} : { evaluation }) },
    {
      ask: 'epochs' in run.config.algorithm ? 'now' : 'never',
      refreshOn: ['run.evaluated'],
      refreshWhen: (body: { readonly evaluation: Evaluation }) => body.evaluation.runId === run.id,
    },
  );
  const none = asked.failure?.code === 'not-found';
  return {
    shown: none ? null : (asked.value ?? null),
    failure: asked.failure?.message ?? null,
    chooseEvaluation: (id) => {
      setEvaluation(id);
      onFilter(allMistakes);
    },
    filter,
    onFilter,
    sent,
    send: (example) => setSent((before) => ({ ...example, serial: (before?.serial ?? 0) + 1 })),
  };
}
