import type { Failure, LogEntry, RunState } from '../../../shared/runs/run.ts';
import type { CoreContext } from '../context.ts';
import { inTransaction } from '../store/database.ts';
import { appendLog } from '../store/log.ts';
import { leaveQueue } from '../store/queue-positions.ts';
import { getRun, updateRun } from '../store/runs.ts';
import { sealRun } from '../store/seals.ts';
import { forgetTrainer } from '../store/trainers.ts';
import { announceRun } from './recorder.ts';
import { nextState, type RunHappening } from './run-state.ts';
import type { TrainerExit } from './trainer-exit.ts';

/** What was asked of a run while it was active; `leave`: the app is ending. */
export type Wish = 'none' | 'pause' | 'stop' | 'leave';

/** What an exit means for the run. */
export function happeningOf(exit: TrainerExit, wish: Wish, failure: Failure | null): RunHappening {
  if (exit.kind === 'ended') {
    if (exit.outcome === 'completed' || exit.outcome === 'stopped' || exit.outcome === 'paused') return exit.outcome;
    return 'failed';
  }
  // Ended by force: after "stop now" that is a stop; when the app was leaving, the run was cut off.
  if (exit.kind === 'killed') return wish === 'stop' ? 'stopped' : 'interrupted';
  if (wish === 'leave' && exit.kind !== 'failed') return 'interrupted';
  return failure === null ? 'stopped' : 'failed';
}

/** Writes the end of a run's stretch in one transaction (state, times, failure, seal, log), then announces it. */
export function settleRun(context: CoreContext, runId: string, happening: RunHappening, failure: Failure | null): void {
  const { db } = context;
  const run = getRun(db, runId);
  if (!run) return;
  const state = nextState(run.state, happening, run.name);
  const reason = state === 'failed' ? (failure ?? unexplained) : null;
  const line = inTransaction(db, () => {
    leaveQueue(db, runId); // where it stood when it could not even be started
    forgetTrainer(db, runId);
    updateRun(db, runId, {
      state,
      phase: null,
      iterationsPerSecond: null,
      etaMs: null,
      endedAt: state === 'paused' ? null : context.now(),
      failure: reason,
    });
    if (state !== 'paused' && state !== 'interrupted') sealRun(db, runId);
    return lastLine(context, runId, state, reason);
  });
  if (line) context.announce({ name: 'run.log', body: { id: runId, entries: [line] } });
  announceRun(context, runId);
}

function lastLine(
  { db, now }: CoreContext,
  runId: string,
  state: RunState,
  reason: Failure | null,
): LogEntry | undefined {
  if (reason) return appendLog(db, runId, { at: now(), level: 'error', message: reason.message });
  if (state !== 'interrupted') return undefined;
  return appendLog(db, runId, { at: now(), level: 'warn', message: 'The app ended before this run could be saved.' });
}

const unexplained: Failure = {
  code: 'internal',
  message: 'The trainer ended a training run as if it had been another job.',
  detail: null,
};
