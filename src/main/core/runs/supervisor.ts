import type { RunSummary } from '../../../shared/runs/run.ts';
import type { CoreContext } from '../context.ts';
import { inTransaction } from '../store/database.ts';
import { leaveQueue } from '../store/queue-positions.ts';
import { getRun, type RunChange, updateRun } from '../store/runs.ts';
import { unsealRun } from '../store/seals.ts';
import { type ActiveRun, beginRun } from './active-run.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { prepareJob } from './prepare-job.ts';
import { announceRun } from './recorder.ts';
import { nextState } from './run-state.ts';
import { happeningOf, settleRun } from './settle-run.ts';
import { failureOf, isCrash, type TrainerExit } from './trainer-exit.ts';
import type { StartTrainer, TrainerCommand } from './trainer-process.ts';

/** What a supervisor needs of its surroundings. */
export interface SupervisorParts {
  readonly context: CoreContext;
  readonly startTrainer: StartTrainer;
  /** Node and entry of the trainer program. */
  readonly program: Pick<TrainerCommand, 'node' | 'entry'>;
  readonly datasets: Pick<DatasetDesk, 'forTrainer'>;
  /** Called when a run has left its trainer; `crash`: its trainer died. */
  readonly onEnded: (how: 'crash' | 'regular') => void;
  readonly patience?: SupervisorPatience;
}

/** Time limits in milliseconds; tests shorten them. */
export interface SupervisorPatience {
  /** A trainer that was told to stop at once gets this long before it is ended by force. */
  readonly stopNowMs: number;
  /** After so long without a message the log says so; long steps are allowed, so nothing is ended for it. */
  readonly silenceMs: number;
}
export const supervisorPatience: SupervisorPatience = { stopNowMs: 10_000, silenceMs: 120_000 };

export interface Supervisor {
  /** Runs with a trainer, in the order of their start. */
  active(): readonly string[];
  /** Takes a run out of the queue and starts it; one that cannot start becomes `failed` with the reason. */
  start(runId: string): void;
  pause(runId: string): void;
  stop(runId: string, how: 'finish' | 'now'): void;
  checkpoint(runId: string): void;
  /** Asks all trainers to pause with a checkpoint, ends those that do not within `patienceMs`; resolves when all are gone. */
  pauseAll(patienceMs: number): Promise<void>;
}

/** Runs one trainer process for each started run, stores what it says, and tells its end truthfully. */
export function createSupervisor(parts: SupervisorParts): Supervisor {
  const { context, datasets, onEnded, patience = supervisorPatience } = parts;
  const { db } = context;
  const actives = new Map<string, ActiveRun>();
  let onQuiet = (): void => undefined;

  const start = (runId: string): void => {
    const run = getRun(db, runId);
    if (!run) return;
    const prepared = prepareJob(context, run, datasets);
    if (!prepared.ok) {
      settleRun(context, runId, 'failed', prepared.failure);
      onEnded('regular');
      return;
    }
    inTransaction(db, () => {
      leaveQueue(db, runId);
      unsealRun(db, runId);
      updateRun(db, runId, startingFacts(run, context.now()));
    });
    const active = beginRun(prepared.job, {
      ...parts,
      silenceMs: patience.silenceMs,
      onEnded: (exit, stderrTail) => ended(runId, exit, stderrTail),
    });
    actives.set(runId, active);
    announceRun(context, runId);
  };
  const ended = (runId: string, exit: TrainerExit, stderrTail: string): void => {
    const active = actives.get(runId);
    if (active) {
      const failure = failureOf(exit, stderrTail, active.job);
      settleRun(context, runId, happeningOf(exit, active.wish(), failure), failure);
      actives.delete(runId);
    } // else a full disk stopped only what follows, which is tried again
    onEnded(isCrash(exit) ? 'crash' : 'regular');
    if (actives.size === 0) onQuiet();
  };
  const ask = (runId: string, happening: 'pause' | 'stop'): ActiveRun | undefined => {
    const run = getRun(db, runId);
    if (!run) return undefined;
    updateRun(db, runId, { state: nextState(run.state, happening, run.name) });
    announceRun(context, runId);
    const active = actives.get(runId);
    active?.setWish(happening);
    return active;
  };
  return {
    active: () => [...actives.keys()],
    start,
    pause: (runId) => ask(runId, 'pause')?.process.send({ type: 'pause' }),
    stop(runId, how) {
      const active = ask(runId, 'stop');
      active?.process.send({ type: 'stop', how });
      if (how === 'finish' || !active) return;
      setTimeout(() => {
        if (actives.get(runId) === active) active.process.kill('it did not stop in time');
      }, patience.stopNowMs).unref();
    },
    checkpoint: (runId) => actives.get(runId)?.process.send({ type: 'checkpoint' }),
    pauseAll(patienceMs) {
      for (const active of actives.values()) {
        if (active.wish() !== 'stop') active.process.send({ type: 'pause' });
        active.setWish('leave');
      }
      setTimeout(() => {
        for (const { process } of actives.values()) process.kill('the app was closed before it could save');
      }, patienceMs).unref();
      return actives.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            onQuiet = resolve;
          });
    },
  };
}

const startingFacts = (run: RunSummary, now: number): RunChange => ({
  state: nextState(run.state, 'start', run.name),
  phase: 'loading',
  startedAt: run.startedAt ?? now,
  endedAt: null,
  failure: null,
});
