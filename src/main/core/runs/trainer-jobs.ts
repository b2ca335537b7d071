import { errorCodeSchema, InnerloopError } from '../../../shared/contract/errors.ts';
import type { FromTrainer, Probe, TrainerJob } from '../../../shared/contract/trainer.ts';
import { trainerEnvironment } from '../../files/tensorflow-env.ts';
import { newId } from '../identity.ts';
import { failureOf } from './trainer-exit.ts';
import type { StartTrainer, TrainerCommand, TrainerProcess } from './trainer-process.ts';

/** Jobs that answer once, beside the queue: evaluations, measurements and the probe. At most one runs at a time. */
export interface TrainerJobs {
  /** Runs a job and returns all its messages; throws what went wrong as an InnerloopError, `cancelled` included. */
  run(
    job: TrainerJob,
    environment: Readonly<Record<string, string>>,
    watch?: JobWatch,
  ): Promise<readonly FromTrainer[]>;
  /** Ends the job at work and refuses those that wait. */
  close(): void;
}

export interface JobWatch {
  /** Each message as it comes. */
  readonly onMessage: (message: FromTrainer) => void;
  /** Ends the job, or takes it out of the waiting ones. */
  readonly cancelled: AbortSignal;
}

export function createTrainerJobs(
  startTrainer: StartTrainer,
  program: Pick<TrainerCommand, 'node' | 'entry'>,
): TrainerJobs {
  let last: Promise<unknown> = Promise.resolve();
  let atWork: TrainerProcess | null = null;
  let closed = false;

  const runNow = (
    job: TrainerJob,
    environment: Readonly<Record<string, string>>,
    watch: JobWatch | undefined,
  ): Promise<readonly FromTrainer[]> =>
    new Promise((resolve, reject) => {
      if (closed || watch?.cancelled.aborted) {
        reject(new InnerloopError('cancelled', closed ? 'The app is being closed.' : 'The job was cancelled.'));
        return;
      }
      const cancel = (): void => atWork?.kill('it was cancelled');
      const messages: FromTrainer[] = [];
      atWork = startTrainer(
        job,
        { ...program, token: newId(), environment },
        {
          onMessage: (message) => {
            messages.push(message);
            watch?.onMessage(message);
          },
          onExit: (exit, stderrTail) => {
            watch?.cancelled.removeEventListener('abort', cancel);
            atWork = null;
            const failure = failureOf(exit, stderrTail, job);
            if (exit.kind === 'ended') resolve(messages);
            else if (failure === null) reject(new InnerloopError('cancelled', 'The job was ended before it was done.'));
            else reject(new InnerloopError(codeOf(failure.code), failure.message, { detail: failure.detail }));
          },
        },
      );
      watch?.cancelled.addEventListener('abort', cancel, { once: true });
    });

  return {
    run(job, environment, watch) {
      const mine = last.then(() => runNow(job, environment, watch));
      last = mine.catch(() => undefined); // its own caller is told; the next job does not care
      return mine;
    },
    close() {
      closed = true;
      atWork?.kill('the app is being closed');
    },
  };
}

const codeOf = (code: string) => {
  const known = errorCodeSchema.safeParse(code);
  return known.success ? known.data : 'internal';
};

/** Starts a trainer only to ask what it has: versions, device, XLA. */
export async function probe(jobs: TrainerJobs): Promise<Probe> {
  const messages = await jobs.run({ kind: 'probe' }, trainerEnvironment({ device: 'gpu' }));
  const answer = messages.find((message) => message.type === 'probe');
  if (!answer) throw new InnerloopError('trainer-died', 'The trainer ended without saying what it found.');
  return answer.probe;
}
