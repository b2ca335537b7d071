import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { activeStates, type RunState } from '../../../shared/runs/run.ts';
import type { CoreContext } from '../context.ts';
import { checkpointsOf, removeCheckpoint } from '../store/checkpoints.ts';
import { inTransaction } from '../store/database.ts';
import { appendLog } from '../store/log.ts';
import { queueEntries, writeQueue } from '../store/queue-positions.ts';
import { getRun, runsInStates, updateRun } from '../store/runs.ts';
import { forgetTrainer, recordedTrainers, type TrainerRecord } from '../store/trainers.ts';
import { nextState } from './run-state.ts';

/** What start-up found and put right. */
export interface Recovered {
  /** Runs that were active when the app died; they are `interrupted` now. */
  readonly interrupted: readonly string[];
  /** Trainers that had outlived their core and were ended. */
  readonly endedTrainers: readonly number[];
  readonly lostCheckpoints: number;
}

/**
 * Makes the store tell the truth after a core that died: ends trainers that outlived it, marks their runs interrupted,
 * forgets checkpoints whose files are gone, and makes the queue hold exactly the queued runs.
 */
export function recover(context: CoreContext, commandOf: (pid: number) => string | null = commandLine): Recovered {
  const endedTrainers = endLeftTrainers(context, commandOf);
  const interrupted = runsInStates(context.db, activeStates);
  let lostCheckpoints = 0;
  inTransaction(context.db, () => {
    for (const id of interrupted) {
      lostCheckpoints += forgetLostCheckpoints(context, id);
      interrupt(context, id);
    }
    for (const id of runsInStates(context.db, resumableStates)) lostCheckpoints += forgetLostCheckpoints(context, id);
    repairQueue(context);
  });
  return { interrupted, endedTrainers, lostCheckpoints };
}

const resumableStates: readonly RunState[] = ['paused', 'interrupted', 'failed', 'stopped'];

function interrupt({ db, now }: CoreContext, id: string): void {
  const run = getRun(db, id);
  if (!run) return;
  updateRun(db, id, {
    state: nextState(run.state, 'interrupted', run.name),
    phase: null,
    iterationsPerSecond: null,
    etaMs: null,
    endedAt: now(),
  });
  const newest = checkpointsOf(db, id).at(-1);
  const rest = newest
    ? `It can be resumed from iteration ${newest.iteration}.`
    : 'It had saved no checkpoint, so it cannot be resumed.';
  appendLog(db, id, { at: now(), level: 'warn', message: `The app ended while this run was active. ${rest}` });
}

function forgetLostCheckpoints({ db, layout, now }: CoreContext, runId: string): number {
  const lost = checkpointsOf(db, runId).filter(({ file }) => !existsSync(join(layout.runs, runId, file)));
  for (const { id, iteration } of lost) {
    removeCheckpoint(db, id);
    const message = `The file of the checkpoint at iteration ${iteration} is gone.`;
    appendLog(db, runId, { at: now(), level: 'warn', message });
  }
  return lost.length;
}

/** A run stands in the queue exactly when its state says so. */
function repairQueue({ db }: CoreContext): void {
  const queued = runsInStates(db, ['queued']);
  const kept = queueEntries(db).filter(({ runId }) => queued.includes(runId));
  const places = new Set(kept.map(({ runId }) => runId));
  const missing = queued.filter((id) => !places.has(id)).map((runId) => ({ runId, urgency: 'queue' as const }));
  // What was to start at once was wanted then; after a restart it waits its turn like the rest.
  writeQueue(
    db,
    [...kept, ...missing].map(({ runId }) => ({ runId, urgency: 'queue' })),
  );
}

function endLeftTrainers({ db }: CoreContext, commandOf: (pid: number) => string | null): readonly number[] {
  const ended: number[] = [];
  for (const trainer of recordedTrainers(db)) {
    if (isOurs(trainer, commandOf)) {
      process.kill(trainer.pid, 'SIGKILL');
      ended.push(trainer.pid);
    }
    forgetTrainer(db, trainer.runId);
  }
  return ended;
}

/** A pid may long belong to another program; the token on the command line tells. */
const isOurs = ({ pid, token }: TrainerRecord, commandOf: (pid: number) => string | null): boolean =>
  commandOf(pid)?.includes(token) ?? false;

/** The command line of a process, or null when there is none or the system does not say. */
export function commandLine(pid: number): string | null {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    if (process.platform === 'win32') return null; // there a trainer ends by its closed channel alone
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  } catch {
    return null; // it is gone
  }
}
