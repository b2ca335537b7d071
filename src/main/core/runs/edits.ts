import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf } from '../../../shared/contract/requests.ts';
import { isActive } from '../../../shared/runs/run.ts';
import type { CoreContext } from '../context.ts';
import { inTransaction } from '../store/database.ts';
import { queueEntries, writeQueue } from '../store/queue-positions.ts';
import { removeRun, runsInBin, updateRun } from '../store/runs.ts';
import { addTag, removeTag } from '../store/tags.ts';
import { requireRun } from './actions.ts';
import { withoutRuns } from './queue.ts';
import { announceRun } from './recorder.ts';
import { nextState } from './run-state.ts';

/** How long a deleted run can be restored. */
export const binMs = 30 * 24 * 3_600_000;

/** Changes names, notes, tags and marks of runs; all or none. */
export function editRuns(context: CoreContext, { ids, change }: RequestOf<'runs.edit'>): void {
  const { db } = context;
  const { addTag: added, removeTag: removed, name, note, starred, archived } = change;
  const facts = Object.fromEntries(
    Object.entries({ name, note, starred, archived }).filter(([, value]) => value !== undefined),
  );
  inTransaction(db, () => {
    for (const id of ids) {
      requireRun(context, id);
      updateRun(db, id, facts);
      if (added !== undefined) addTag(db, id, added);
      if (removed !== undefined) removeTag(db, id, removed);
    }
  });
  for (const id of ids) announceRun(context, id);
}

/** Moves runs to the bin; queued ones leave the queue. Active ones are refused, and then none is moved. */
export function deleteRuns(context: CoreContext, ids: readonly string[]): void {
  const { db, now } = context;
  inTransaction(db, () => {
    for (const id of ids) {
      const run = requireRun(context, id);
      if (isActive(run.state)) {
        throw new InnerloopError('wrong-state', `${run.name} is ${run.state}. Stop it before deleting it.`);
      }
      const state = run.state === 'queued' ? nextState(run.state, 'cancel', run.name) : run.state;
      updateRun(db, id, { state, deletedAt: run.deletedAt ?? now() });
    }
    writeQueue(db, withoutRuns(queueEntries(db), ids));
  });
  for (const id of ids) announceRun(context, id);
}

export function restoreRuns(context: CoreContext, ids: readonly string[]): void {
  inTransaction(context.db, () => {
    for (const id of ids) {
      requireRun(context, id);
      updateRun(context.db, id, { deletedAt: null });
    }
  });
  for (const id of ids) announceRun(context, id);
}

/** Removes for good what is in the bin (only what has lain there for 30 days with `expired`); returns how many runs. */
export async function emptyBin(context: CoreContext, which: 'all' | 'expired'): Promise<number> {
  const { db, layout, now, announce } = context;
  const ids = runsInBin(db, which === 'all' ? null : now() - binMs);
  inTransaction(db, () => {
    for (const id of ids) removeRun(db, id);
  });
  if (ids.length > 0) announce({ name: 'run.removed', body: { ids: [...ids] } });
  for (const id of ids) await rm(join(layout.runs, id), { recursive: true, force: true });
  return ids.length;
}
