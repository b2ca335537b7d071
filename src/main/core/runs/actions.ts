import { InnerloopError } from '../../../shared/contract/errors.ts';
import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import type { CoreContext } from '../context.ts';
import { inTransaction } from '../store/database.ts';
import { queueEntries, writeQueue } from '../store/queue-positions.ts';
import { getRun, updateRun } from '../store/runs.ts';
import { sealRun, unsealRun } from '../store/seals.ts';
import { enqueue, withoutRuns } from './queue.ts';
import { announceRun } from './recorder.ts';
import { nextState } from './run-state.ts';
import type { Supervisor } from './supervisor.ts';

/** The run, or `not-found`. */
export function requireRun({ db }: CoreContext, id: string): RunSummary {
  const run = getRun(db, id);
  if (!run) throw new InnerloopError('not-found', `There is no run ${id}.`);
  return run;
}

/** Asks the trainer to save and end. */
export function pauseRun(context: CoreContext, supervisor: Supervisor, id: string): void {
  const run = requireRun(context, id);
  nextState(run.state, 'pause', run.name);
  supervisor.pause(id);
}

/** Ends a run; one without a trainer is stopped at once. */
export function stopRun(context: CoreContext, supervisor: Supervisor, id: string, how: 'finish' | 'now'): void {
  const run = requireRun(context, id);
  if (isActive(run.state)) supervisor.stop(id, how);
  else if (run.state === 'queued') cancelQueued(context, [id]);
  else {
    inTransaction(context.db, () => {
      updateRun(context.db, id, { state: nextState(run.state, 'stop', run.name), endedAt: context.now() });
      sealRun(context.db, id);
    });
    announceRun(context, id);
  }
}

/** Asks for a checkpoint of a run that is training. */
export function checkpointRun(context: CoreContext, supervisor: Supervisor, id: string): void {
  const run = requireRun(context, id);
  if (run.state !== 'running') {
    throw new InnerloopError('wrong-state', `${run.name} is ${run.state}: only a running run can be saved.`);
  }
  supervisor.checkpoint(id);
}

/**
 * Puts a run that has left its trainer in front of the queue again. It goes on from its newest checkpoint; without one
 * only a run that has measured nothing can start again.
 */
export function resumeRun(context: CoreContext, id: string): void {
  const run = requireRun(context, id);
  const state = nextState(run.state, 'queue', run.name);
  if (run.deletedAt !== null) {
    throw new InnerloopError('wrong-state', `${run.name} is in the bin. Restore it before resuming.`);
  }
  if (run.resumable === 'no' && run.iteration > 0) {
    throw new InnerloopError(
      'wrong-state',
      `${run.name} left no checkpoint to go on from. Launch its config again instead.`,
    );
  }
  inTransaction(context.db, () => {
    unsealRun(context.db, id);
    updateRun(context.db, id, { state, endedAt: null, failure: null });
    writeQueue(context.db, enqueue(queueEntries(context.db), [id], 'now'));
  });
  announceRun(context, id);
}

/** Takes runs out of the queue: new ones end as stopped, resumed ones are paused again. */
export function cancelQueued(context: CoreContext, ids: readonly string[]): void {
  const { db, now } = context;
  const waiting = ids.map((id) => requireRun(context, id));
  inTransaction(db, () => {
    for (const run of waiting) {
      const state = nextState(run.state, run.iteration > 0 ? 'put-back' : 'cancel', run.name);
      updateRun(db, run.id, { state, endedAt: state === 'stopped' ? now() : null });
    }
    writeQueue(db, withoutRuns(queueEntries(db), ids));
  });
  for (const id of ids) announceRun(context, id);
}
