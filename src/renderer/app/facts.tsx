import { createContext, type ReactNode, useContext, useMemo, useRef } from 'react';
import type { DoctorItem, QueueState } from '../../shared/contract/requests.ts';
import type { RunSummary } from '../../shared/runs/run.ts';
import { useEvent, useRequest } from './core.ts';

/** What the frame knows of the whole data folder; undefined until the core has answered. */
export interface Facts {
  readonly runs: number | undefined;
  readonly archived: number | undefined;
  readonly starred: number | undefined;
  readonly inBin: number | undefined;
  readonly datasets: number | undefined;
  readonly models: number | undefined;
  readonly queue: QueueState | undefined;
  readonly doctor: readonly DoctorItem[] | undefined;
  /** Whether any run was ever started in this data folder. */
  readonly firstStart: 'yes' | 'no' | undefined;
}

const Context = createContext<Facts | null>(null);

export function useFacts(): Facts {
  const facts = useContext(Context);
  if (!facts) throw new Error('useFacts needs a FactsProvider around it.');
  return facts;
}

const countRequest = (view: 'active' | 'archived' | 'bin', filter = '') => ({
  filter,
  view,
  sort: { by: 'created', order: 'descending' } as const,
  limit: 1,
  offset: 0,
});

/** True for a change that can move a count: a run that is new, or its state, star, archive or bin. */
export function useCountsChange(): (body: { readonly run?: RunSummary }) => boolean {
  const seen = useRef(new Map<string, string>());
  return (body) => {
    const { run } = body;
    if (!run) return true;
    const facts = `${run.state} ${run.starred} ${run.archived} ${run.deletedAt}`;
    const changed = seen.current.get(run.id) !== facts;
    seen.current.set(run.id, facts);
    return changed;
  };
}

const runEvents = ['run.changed', 'run.removed'] as const;

export function FactsProvider({ children }: { readonly children: ReactNode }) {
  const counting = { refreshOn: runEvents };
  const active = useRequest('runs.list', countRequest('active'), { ...counting, refreshWhen: useCountsChange() });
  const archived = useRequest('runs.list', countRequest('archived'), { ...counting, refreshWhen: useCountsChange() });
  const bin = useRequest('runs.list', countRequest('bin'), { ...counting, refreshWhen: useCountsChange() });
  const starred = useRequest('runs.list', countRequest('active', 'starred:yes'), {
    ...counting,
    refreshWhen: useCountsChange(),
  });
  const queue = useRequest('queue.get', null, { refreshOn: ['queue.changed', 'run.removed'] });
  const datasets = useRequest('datasets.list', null, { refreshOn: ['dataset.changed', 'dataset.removed'] });
  const models = useRequest('models.list', null, { refreshOn: ['model.changed', 'model.removed'] });
  const doctor = useRequest('app.doctor', { check: 'known' });
  const info = useRequest('app.info', null);
  useEvent('run.changed', () => {
    if (info.value?.firstStart === 'yes') info.refresh();
  });

  const facts = useMemo<Facts>(
    () => ({
      runs: active.value?.total,
      archived: archived.value?.total,
      starred: starred.value?.matching,
      inBin: bin.value?.total,
      datasets: datasets.value?.length,
      models: models.value?.length,
      queue: queue.value,
      doctor: doctor.value,
      firstStart: info.value?.firstStart,
    }),
    [
      active.value,
      archived.value,
      starred.value,
      bin.value,
      datasets.value,
      models.value,
      queue.value,
      doctor.value,
      info.value,
    ],
  );
  return <Context value={facts}>{children}</Context>;
}
