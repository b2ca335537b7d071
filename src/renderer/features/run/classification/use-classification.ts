import { useState } from 'react';
import type { Classification } from '../../../../shared/runs/classification-report.ts';
import type { Evaluation, RunSummary } from '../../../../shared/runs/run.ts';
import { useRequest } from '../../../app/core.ts';
import { allMistakes, type ExampleFilter } from './words.ts';

/** A text sent to the box to try; `serial` tells two of the same apart. */
export interface SentText {
  readonly text: string;
  readonly pair: string | null;
  readonly serial: number;
}

/** What is seen of a classifier's evaluation, shared by the tabs of a run. */
export interface ClassificationView {
  /** null as long as no predictions are stored, and for runs that classify no single examples. */
  readonly shown: Classification | null;
  /** Why the stored predictions cannot be read, or why there are none. */
  readonly failure: string | null;
  readonly chooseEvaluation: (id: string) => void;
  readonly filter: ExampleFilter;
  readonly onFilter: (filter: ExampleFilter) => void;
  readonly sent: SentText | null;
  readonly send: (text: string, pair: string | null) => void;
}

export function useClassification(run: RunSummary): ClassificationView {
  const [evaluation, setEvaluation] = useState<string | null>(null);
  const [filter, onFilter] = useState<ExampleFilter>(allMistakes);
  const [sent, setSent] = useState<SentText | null>(null);
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
    send: (text, pair) => setSent((before) => ({ text, pair, serial: (before?.serial ?? 0) + 1 })),
  };
}
