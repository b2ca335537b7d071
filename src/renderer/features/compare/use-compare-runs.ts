import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { asFailure, request, useEvent } from '../../app/core.ts';

export interface CompareRuns {
  /** In the order asked for. */
  readonly runs: readonly RunSummary[];
  /** Runs that cannot be shown, with the reason. */
  readonly missing: readonly { readonly id: string; readonly reason: string }[];
  readonly state: 'waiting' | 'ready';
}

type Found = RunSummary | { readonly reason: string };

/** The named runs, live. */
export function useCompareRuns(ids: readonly string[]): CompareRuns {
  const [found, setFound] = useState<ReadonlyMap<string, Found>>(new Map());
  const key = ids.join(',');
  const ask = useCallback(() => {
    for (const id of key.split(',').filter(Boolean)) {
      request('runs.get', { id }).then(
        (run) => setFound((known) => new Map(known).set(id, run)),
        (thrown) => setFound((known) => new Map(known).set(id, { reason: asFailure(thrown).message })),
      );
    }
  }, [key]);
  useEffect(ask, [ask]);
  useEvent('core.state', ({ state }) => state === 'connected' && ask());
  useEvent('run.changed', ({ run }) => {
    setFound((known) => (known.has(run.id) ? new Map(known).set(run.id, run) : known));
  });
  useEvent('run.removed', ({ ids: gone }) => {
    setFound((known) => {
      const here = gone.filter((id) => known.has(id));
      if (here.length === 0) return known;
      return new Map([...known, ...here.map((id) => [id, { reason: 'This run was removed.' }] as const)]);
    });
  });
  return useMemo(() => {
    const asked = key.split(',').filter(Boolean);
    const answers = asked.map((id) => ({ id, answer: found.get(id) }));
    return {
      runs: answers.flatMap(({ answer }) => (answer && 'id' in answer ? [answer] : [])),
      missing: answers.flatMap(({ id, answer }) =>
        answer && 'reason' in answer ? [{ id, reason: answer.reason }] : [],
      ),
      state: answers.every(({ answer }) => answer) ? 'ready' : 'waiting',
    };
  }, [key, found]);
}
