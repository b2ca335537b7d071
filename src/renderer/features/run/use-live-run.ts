import { useEffect, useState } from 'react';
import type { Checkpoint, Evaluation, RunSummary } from '../../../shared/runs/run.ts';
import { type Requested, useEvent, useRequest } from '../../app/core.ts';

/** A run as it is stored now: asked for once, then kept up by its events. */
export function useLiveRun(id: string): Requested<RunSummary> {
  const asked = useRequest('runs.get', { id });
  const [changed, setChanged] = useState<RunSummary | null>(null);
  useEvent('run.changed', ({ run }) => {
    if (run.id === id) setChanged(run);
  });
  // A newer answer (after the core came back) counts for more than an older event.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer starts afresh
  useEffect(() => setChanged(null), [asked.value]);
  const value = changed?.id === id ? changed : asked.value;
  return { ...asked, value, state: value ? 'ready' : asked.state };
}

export function useEvaluations(id: string): Requested<readonly Evaluation[]> {
  return useRequest(
    'runs.evaluations',
    { id },
    {
      refreshOn: ['run.evaluated'],
      refreshWhen: (body: { readonly evaluation: Evaluation }) => body.evaluation.runId === id,
    },
  );
}

/** Saving is told in the log; each such line asks for the list again. */
export function useCheckpoints(id: string): Requested<readonly Checkpoint[]> {
  return useRequest(
    'runs.checkpoints',
    { id },
    {
      refreshOn: ['run.log'],
      refreshWhen: (body: { readonly id: string; readonly entries: readonly { readonly level: string }[] }) =>
        body.id === id && body.entries.some(({ level }) => level === 'save'),
    },
  );
}
