import { existsSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { toRequestError } from '../../../shared/contract/errors.ts';
import type { FromTrainer, TrainJob } from '../../../shared/contract/trainer.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { adviseThreads } from '../../../shared/run-config/thread-advice.ts';
import type { Failure, LogEntry, RunState, RunSummary } from '../../../shared/runs/run.ts';
import { trainerEnvironment } from '../../files/tensorflow-env.ts';
import type { CoreContext } from '../context.ts';
import { newId } from '../identity.ts';
import { checkpointsOf } from '../store/checkpoints.ts';
import { inTransaction } from '../store/database.ts';
import { appendLog } from '../store/log.ts';
import { getRun, type RunChange, updateRun } from '../store/runs.ts';
import { sealRun, unsealRun } from '../store/seals.ts';
import { forgetTrainer, recordTrainer } from '../store/trainers.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { createIntake, type Intake } from './intake.ts';
import { announceRun, isRecorded, record, writeLog } from './recorder.ts';
import { nextState, type RunHappening } from './run-state.ts';
import { watchSilence } from './silence.ts';
import { failureOf, isCrash, type TrainerExit } from './trainer-exit.ts';
import type { StartTrainer, TrainerCommand, TrainerProcess } from './trainer-process.ts';

/** What a supervisor needs of its surroundings. */
export interface SupervisorParts {
  readonly context: CoreContext;
  readonly startTrainer: StartTrainer;
  /** Node and entry of the trainer program. */
  readonly program: Pick<TrainerCommand, 'node' | 'entry'>;
  readonly datasets: Pick<DatasetDesk, 'forTrainer'>;
  /** Called when a run has left its trainer; `crash`: its trainer died. */
  readonly onEnded: (runId: string, how: 'crash' | 'regular') => void;
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
  /** Starts a queued run; a run that cannot start becomes `failed` with the reason. */
  start(runId: string): void;
  pause(runId: string): void;
  stop(runId: string, how: 'finish' | 'now'): void;
  checkpoint(runId: string): void;
  /** Asks all trainers to pause with a checkpoint, ends those that do not within `patienceMs`; resolves when all are gone. */
  pauseAll(patienceMs: number): Promise<void>;
}

interface ActiveRun {
  readonly process: TrainerProcess;
  readonly intake: Intake;
  /** What a person or the end of the app asked for. */
  wish: 'none' | 'pause' | 'stop' | 'leave';
  full: 'yes' | 'no';
}

/** Runs one trainer process for each started run, stores what it says, and tells its end truthfully. */
export function createSupervisor(parts: SupervisorParts): Supervisor {
  const { context, startTrainer, program, datasets, onEnded, patience = supervisorPatience } = parts;
  const { db } = context;
  const actives = new Map<string, ActiveRun>();
  let onQuiet: (() => void) | null = null;

  const start = (runId: string): void => {
    const run = getRun(db, runId);
    if (!run) return;
    const prepared = prepare(context, run, datasets);
    if (!prepared.ok) {
      settle(context, runId, 'failed', prepared.failure);
      onEnded(runId, 'regular');
      return;
    }
    inTransaction(db, () => {
      unsealRun(db, runId);
      updateRun(db, runId, startingFacts(run, context.now()));
    });
    launch(run, prepared.job);
    announceRun(context, runId);
  };

  const launch = (run: RunSummary, job: TrainJob): void => {
    const token = newId();
    const intake = createIntake({
      store: (message) => storeMessage(run.id, message),
      onFull: () => pauseForSpace(run.id),
    });
    const silence = watchSilence(patience.silenceMs, () => {
      const words = `The trainer has said nothing for ${Math.round(patience.silenceMs / 1000)} s. It may be in a long step; "Stop now" ends it.`;
      intake.receive({ type: 'log', level: 'warn', message: words });
    });
    const process = startTrainer(
      job,
      { ...program, token, environment: environmentFor(job.config) },
      {
        onMessage: (message) => {
          silence.heard();
          intake.receive(message);
        },
        onExit: (exit, stderrTail) => {
          silence.stop();
          intake.finish(() => ended(run.id, exit, stderrTail));
        },
      },
    );
    actives.set(run.id, { process, intake, wish: 'none', full: 'no' });
    if (process.pid !== undefined) {
      recordTrainer(db, { runId: run.id, pid: process.pid, token, startedAt: context.now() });
    }
  };

  const storeMessage = (runId: string, message: FromTrainer): void => {
    const active = actives.get(runId);
    if (active?.full === 'yes') {
      writeLog(
        context,
        runId,
        'warn',
        'The disk was full, so the run was asked to pause. No measured point is missing.',
      );
      active.full = 'no';
    }
    if (isRecorded(message)) record(context, runId, message);
  };

  const pauseForSpace = (runId: string): void => {
    const active = actives.get(runId);
    if (!active || active.full === 'yes') return;
    active.full = 'yes';
    if (active.wish === 'none') active.wish = 'pause';
    active.process.send({ type: 'pause' });
  };

  const ended = (runId: string, exit: TrainerExit, stderrTail: string): void => {
    const wish = actives.get(runId)?.wish ?? 'none';
    const failure = failureOf(exit, stderrTail);
    settle(context, runId, happeningOf(exit, wish, failure), failure);
    actives.delete(runId);
    onEnded(runId, isCrash(exit) ? 'crash' : 'regular');
    if (actives.size === 0) onQuiet?.();
  };

  const ask = (runId: string, happening: 'pause' | 'stop'): ActiveRun | undefined => {
    const run = getRun(db, runId);
    if (!run) return undefined;
    updateRun(db, runId, { state: nextState(run.state, happening, run.name) });
    announceRun(context, runId);
    const active = actives.get(runId);
    if (active && active.wish !== 'leave') active.wish = happening;
    return active;
  };

  return {
    active: () => [...actives.keys()],
    start,
    pause(runId) {
      ask(runId, 'pause')?.process.send({ type: 'pause' });
    },
    stop(runId, how) {
      const active = ask(runId, 'stop');
      active?.process.send({ type: 'stop', how });
      if (how === 'finish' || !active) return;
      setTimeout(() => {
        if (actives.get(runId) === active) active.process.kill('it did not stop in time');
      }, patience.stopNowMs).unref();
    },
    checkpoint(runId) {
      actives.get(runId)?.process.send({ type: 'checkpoint' });
    },
    async pauseAll(patienceMs) {
      if (actives.size === 0) return;
      for (const active of actives.values()) {
        if (active.wish !== 'stop') active.process.send({ type: 'pause' });
        active.wish = 'leave';
      }
      await new Promise<void>((resolve) => {
        onQuiet = resolve;
        setTimeout(() => {
          for (const { process } of actives.values()) process.kill('the app was closed before it could save');
        }, patienceMs).unref();
      });
    },
  };
}

/** What TensorFlow must find in its environment for this run. */
export const environmentFor = (config: RunConfig): Record<string, string> =>
  trainerEnvironment({
    device: config.device === 'cpu' ? 'cpu' : 'gpu',
    threads: adviseThreads(config, availableParallelism()),
  });

type Prepared = { readonly ok: true; readonly job: TrainJob } | { readonly ok: false; readonly failure: Failure };

function prepare(context: CoreContext, run: RunSummary, datasets: SupervisorParts['datasets']): Prepared {
  const folder = join(context.layout.runs, run.id);
  try {
    mkdirSync(folder, { recursive: true });
    const whole = checkpointsOf(context.db, run.id).filter(({ file }) => existsSync(join(folder, file)));
    const newest = whole.at(-1);
    const job: TrainJob = {
      kind: 'train',
      runId: run.id,
      config: run.config,
      dataset: datasets.forTrainer(run.dataset),
      folder,
      resumeFrom: newest ? join(folder, newest.file) : null,
      computeMs: run.computeMs,
      bestSoFar: run.best,
    };
    return { ok: true, job };
  } catch (error) {
    const { code, message, detail } = toRequestError(error);
    return { ok: false, failure: { code, message, detail } };
  }
}

function startingFacts(run: RunSummary, now: number): RunChange {
  return {
    state: nextState(run.state, 'start', run.name),
    phase: 'loading',
    startedAt: run.startedAt ?? now,
    endedAt: null,
    failure: null,
  };
}

/** What an exit means for the run. */
function happeningOf(exit: TrainerExit, wish: ActiveRun['wish'], failure: Failure | null): RunHappening {
  if (exit.kind === 'ended') {
    if (exit.outcome === 'completed' || exit.outcome === 'stopped' || exit.outcome === 'paused') return exit.outcome;
    return 'failed';
  }
  // Ended by force: after "stop now" that is a stop; when the app was leaving, the run was cut off.
  if (exit.kind === 'killed') return wish === 'stop' ? 'stopped' : 'interrupted';
  if (wish === 'leave' && exit.kind !== 'failed') return 'interrupted';
  return failure === null ? 'stopped' : 'failed';
}

/** Writes the end of a run's stretch: state, times, failure, seal and log. */
function settle(context: CoreContext, runId: string, happening: RunHappening, failure: Failure | null): void {
  const { db } = context;
  const run = getRun(db, runId);
  if (!run) return;
  const state = nextState(run.state, happening, run.name);
  const reason = state === 'failed' ? (failure ?? unexplained) : null;
  const line = inTransaction(db, () => {
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
