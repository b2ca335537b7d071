import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { addressOf } from '../../app/addresses.ts';
import { request } from '../../app/core.ts';
import { plural } from '../../app/format.ts';
import { type Toasts, useToasts } from '../../ui/toast.tsx';

/** What can be done to runs. Done at once, told in a toast, taken back by Undo; failures are told. */
export interface RunActs {
  readonly star: (runs: readonly RunSummary[], starred: 'yes' | 'no') => void;
  readonly archive: (runs: readonly RunSummary[], archived: 'yes' | 'no') => void;
  readonly remove: (runs: readonly RunSummary[]) => void;
  readonly restore: (runs: readonly RunSummary[]) => void;
  readonly addTag: (runs: readonly RunSummary[], tag: string) => void;
  readonly removeTag: (runs: readonly RunSummary[], tag: string) => void;
  readonly rename: (run: RunSummary, name: string) => void;
  readonly moveInQueue: (run: RunSummary, position: number) => void;
  readonly cancelFromQueue: (runs: readonly RunSummary[]) => void;
  readonly pauseOrResume: (run: RunSummary) => void;
  readonly checkpoint: (run: RunSummary) => void;
  readonly stop: (run: RunSummary, how: 'finish' | 'now') => void;
  readonly compare: (runs: readonly RunSummary[]) => void;
  readonly clone: (run: RunSummary) => void;
}

const idsOf = (runs: readonly RunSummary[]): string[] => runs.map(({ id }) => id);

/** "6 runs", or the name of the only one. */
export const namesOf = (runs: readonly RunSummary[]): string =>
  runs.length === 1 ? runs[0]!.name : plural(runs.length, 'run');

export const canPause = (run: RunSummary): boolean => run.state === 'running' || run.state === 'starting';
export const canResume = (run: RunSummary): boolean => run.resumable === 'yes';

type Change = Parameters<typeof request<'runs.edit'>>[1]['change'];

const edit = (runs: readonly RunSummary[], change: Change): Promise<unknown> =>
  runs.length === 0 ? Promise.resolve() : request('runs.edit', { ids: idsOf(runs), change });

function editingActs(toasts: Toasts): Pick<RunActs, 'star' | 'archive' | 'addTag' | 'removeTag' | 'rename'> {
  return {
    star: (runs, starred) => {
      const changed = runs.filter((run) => run.starred !== starred);
      const back = starred === 'yes' ? 'no' : 'yes';
      if (changed.length === 0) return;
      void toasts.perform({
        icon: 'star',
        done: `${namesOf(changed)} ${starred === 'yes' ? 'starred' : 'no longer starred'}`,
        act: () => edit(changed, { starred }),
        undo: () => edit(changed, { starred: back }),
      });
    },
    archive: (runs, archived) => {
      const changed = runs.filter((run) => run.archived !== archived && !isActive(run.state) && run.state !== 'queued');
      const back = archived === 'yes' ? 'no' : 'yes';
      if (changed.length === 0) {
        toasts.tell('Runs that are running or queued cannot be archived', 'archive');
        return;
      }
      void toasts.perform({
        icon: 'archive',
        done: `${namesOf(changed)} ${archived === 'yes' ? 'archived' : 'back from the archive'}`,
        act: () => edit(changed, { archived }),
        undo: () => edit(changed, { archived: back }),
      });
    },
    addTag: (runs, tag) => {
      const changed = runs.filter(({ config }) => !config.tags.includes(tag));
      if (changed.length === 0) return;
      void toasts.perform({
        icon: 'tag',
        done: `${namesOf(changed)} tagged`,
        detail: tag,
        act: () => edit(changed, { addTag: tag }),
        undo: () => edit(changed, { removeTag: tag }),
      });
    },
    removeTag: (runs, tag) => {
      const changed = runs.filter(({ config }) => config.tags.includes(tag));
      void toasts.perform({
        icon: 'tag',
        done: `Tag taken from ${namesOf(changed)}`,
        detail: tag,
        act: () => edit(changed, { removeTag: tag }),
        undo: () => edit(changed, { addTag: tag }),
      });
    },
    rename: (run, name) => {
      if (name === run.name || name.trim() === '') return;
      void toasts.perform({
        icon: 'text',
        done: 'Renamed',
        detail: `${run.name} is now ${name}`,
        act: () => edit([run], { name }),
        undo: () => edit([run], { name: run.name }),
      });
    },
  };
}

function binActs(toasts: Toasts): Pick<RunActs, 'remove' | 'restore' | 'cancelFromQueue'> {
  const cancelFromQueue: RunActs['cancelFromQueue'] = (runs) => {
    if (runs.length === 0) return;
    request('queue.cancel', { ids: idsOf(runs) }).then(
      () => toasts.tell(`${namesOf(runs)} taken out of the queue`, 'queue'),
      toasts.tellFailure,
    );
  };
  return {
    cancelFromQueue,
    remove: (runs) => {
      const queued = runs.filter(({ state }) => state === 'queued');
      const idle = runs.filter(({ state }) => state !== 'queued' && !isActive(state));
      if (idle.length === 0 && queued.length > 0) cancelFromQueue(queued);
      else if (idle.length === 0) toasts.tell('A running run cannot be deleted. Stop it first.', 'trash');
      else
        void toasts.perform({
          icon: 'trash',
          done: `${namesOf(idle)} moved to the bin`,
          detail: 'kept for 30 days',
          act: () => request('runs.delete', { ids: idsOf(idle) }),
          undo: () => request('runs.restore', { ids: idsOf(idle) }),
        });
    },
    restore: (runs) => {
      if (runs.length === 0) return;
      void toasts.perform({
        icon: 'undo',
        done: `${namesOf(runs)} restored`,
        act: () => request('runs.restore', { ids: idsOf(runs) }),
        undo: () => request('runs.delete', { ids: idsOf(runs) }),
      });
    },
  };
}

function workActs(toasts: Toasts): Pick<RunActs, 'moveInQueue' | 'pauseOrResume' | 'checkpoint' | 'stop'> {
  const told = (promise: Promise<unknown>): void => void promise.catch(toasts.tellFailure);
  return {
    moveInQueue: (run, position) => {
      const from = run.queuePosition;
      if (from === null || from === position || position < 1) return;
      void toasts.perform({
        icon: 'queue',
        done: `${run.name} moved to place ${position}`,
        act: () => request('queue.move', { id: run.id, position }),
        undo: () => request('queue.move', { id: run.id, position: from }),
      });
    },
    pauseOrResume: (run) => {
      if (canPause(run)) told(request('runs.pause', { id: run.id }));
      else if (canResume(run)) told(request('runs.resume', { id: run.id }));
    },
    checkpoint: (run) =>
      told(
        request('runs.checkpoint', { id: run.id }).then(() =>
          toasts.tell('Saving a checkpoint after this step', 'save'),
        ),
      ),
    stop: (run, how) => told(request('runs.stop', { id: run.id, how })),
  };
}

export function useRunActs(): RunActs {
  const toasts = useToasts();
  const navigate = useNavigate();
  return useMemo<RunActs>(
    () => ({
      ...editingActs(toasts),
      ...binActs(toasts),
      ...workActs(toasts),
      compare: (runs) => {
        if (runs.length < 2) toasts.tell('Select two or more runs to compare', 'compare');
        else navigate(addressOf.compare(idsOf(runs)));
      },
      clone: (run) => navigate(addressOf.newRun({ from: run.id })),
    }),
    [toasts, navigate],
  );
}
