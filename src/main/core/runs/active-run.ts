import type { FromTrainer, TrainJob } from '../../../shared/contract/trainer.ts';
import type { CoreContext } from '../context.ts';
import { newId } from '../identity.ts';
import { recordTrainer } from '../store/trainers.ts';
import { createIntake } from './intake.ts';
import { environmentFor } from './prepare-job.ts';
import { isRecorded, record, writeLog } from './recorder.ts';
import type { Wish } from './settle-run.ts';
import { watchSilence } from './silence.ts';
import type { TrainerExit } from './trainer-exit.ts';
import type { StartTrainer, TrainerCommand, TrainerProcess } from './trainer-process.ts';

/** A run with its trainer process. */
export interface ActiveRun {
  readonly job: TrainJob;
  readonly process: Pick<TrainerProcess, 'send' | 'kill'>;
  wish(): Wish;
  /** The end of the app outlasts every later wish. */
  setWish(wish: Wish): void;
}

export interface ActiveRunParts {
  readonly context: CoreContext;
  readonly startTrainer: StartTrainer;
  readonly program: Pick<TrainerCommand, 'node' | 'entry'>;
  readonly silenceMs: number;
  /** Called when the trainer has gone and all that it said is stored; called again when that meets a full disk. */
  readonly onEnded: (exit: TrainerExit, stderrTail: string) => void;
}

/** Starts the trainer of a run and stores what it says; a full disk pauses it, and nothing that it said is lost. */
export function beginRun(job: TrainJob, parts: ActiveRunParts): ActiveRun {
  const { context, startTrainer, program, silenceMs, onEnded } = parts;
  const { runId } = job;
  let wish: Wish = 'none';
  let disk: 'fine' | 'full' = 'fine';

  const store = (message: FromTrainer): void => {
    if (disk === 'full') {
      writeLog(
        context,
        runId,
        'warn',
        'The disk was full, so the run was asked to pause. No measured point is missing.',
      );
      disk = 'fine';
    }
    if (isRecorded(message)) record(context, runId, message);
  };
  const pauseForSpace = (): void => {
    if (disk === 'full') return;
    disk = 'full';
    if (wish === 'none') wish = 'pause';
    process.send({ type: 'pause' });
  };
  const intake = createIntake({ store, onFull: pauseForSpace });
  const silence = watchSilence(silenceMs, () => {
    const message = `The trainer has said nothing for ${Math.round(silenceMs / 1000)} s. It may be in a long step; "Stop now" ends it.`;
    intake.receive({ type: 'log', level: 'warn', message });
  });
  const token = newId();
  const command = { ...program, token, environment: environmentFor(job.config) };
  const process = startTrainer(job, command, {
    onMessage: (message) => {
      silence.heard();
      intake.receive(message);
    },
    onExit: (exit, stderrTail) => {
      silence.stop();
      intake.finish(() => onEnded(exit, stderrTail));
    },
  });
  if (process.pid !== undefined) {
    recordTrainer(context.db, { runId, pid: process.pid, token, startedAt: context.now() });
  }
  return {
    job,
    process,
    wish: () => wish,
    setWish: (wished) => {
      if (wish !== 'leave') wish = wished;
    },
  };
}
