import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { Answer, Asked } from '../../../shared/contract/trainer.ts';
import { keptWarmMs } from '../../../shared/runs/prediction.ts';
import { openPredictor, type Predictor, type PredictorJob, type PredictorProgram } from './predictor-process.ts';

/**
 * Processes that answer what a run says of something new, beside the queue and beside other jobs of trainers: one that
 * stays warm for whoever tries a run out, and one at a time for questions of many texts.
 */
export interface WarmPredictor {
  /**
   * Asks the process that has this run's checkpoint loaded, or starts it. A question about another run waits until those
   * before it are answered, and then takes the place.
   */
  ask(job: PredictorJob, environment: Readonly<Record<string, string>>, asked: Asked): Promise<Answer>;
  /** Asks a process of its own, which ends with the answer. */
  askOnce(job: PredictorJob, environment: Readonly<Record<string, string>>, asked: Asked): Promise<Answer>;
  /** Ends what has these runs loaded: they were deleted. */
  forget(runIds: readonly string[]): void;
  /** Ends every process, refuses what is asked from now on, and resolves when they are gone. */
  close(): Promise<void>;
}

export interface WarmPredictorOptions extends PredictorProgram {
  /** How long the warm process stays without a question. */
  readonly idleMs?: number;
  /** Calls `act` once after so long; what it returns calls that off. */
  readonly after?: (ms: number, act: () => void) => () => void;
}

interface Seat {
  readonly key: string;
  readonly runId: string;
  readonly predictor: Predictor;
  readonly questions: Set<Promise<unknown>>;
  callOffIdle: () => void;
  leaving: 'yes' | 'no';
}

export function createWarmPredictor(options: WarmPredictorOptions): WarmPredictor {
  const { idleMs = keptWarmMs, after = laterUnlessEnding } = options;
  const open = new Map<Predictor, string>(); // all processes, with their runs
  let seat: Seat | null = null;
  let atTheDoor: Promise<unknown> = Promise.resolve();
  let alone: Promise<unknown> = Promise.resolve();
  let closed: 'yes' | 'no' = 'no';

  const start = (job: PredictorJob, environment: Readonly<Record<string, string>>): Predictor => {
    if (closed === 'yes') throw new InnerloopError('cancelled', 'The app is being closed.');
    const predictor = openPredictor(options, job, environment);
    open.set(predictor, job.runId);
    void predictor.gone.then(() => open.delete(predictor));
    return predictor;
  };
  const empty = (left: Seat, why: string): Promise<void> => {
    left.callOffIdle();
    left.leaving = 'yes';
    left.predictor.close(why);
    return left.predictor.gone;
  };
  const sit = (job: PredictorJob, environment: Readonly<Record<string, string>>): Seat => {
    const predictor = start(job, environment);
    const taken: Seat = {
      ...{ key: keyOf(job), runId: job.runId, predictor, questions: new Set() },
      ...{ callOffIdle: () => undefined, leaving: 'no' },
    };
    seat = taken;
    void predictor.gone.then(() => {
      taken.callOffIdle();
      if (seat === taken) seat = null;
    });
    return taken;
  };
  const seatFor = async (job: PredictorJob, environment: Readonly<Record<string, string>>): Promise<Seat> => {
    const left = seat;
    if (left?.key === keyOf(job) && left.leaving === 'no') return left;
    if (left) {
      await Promise.allSettled([...left.questions]);
      await empty(left, 'another run was asked');
    }
    return sit(job, environment);
  };
  const put = (taken: Seat, asked: Asked): Promise<Answer> => {
    taken.callOffIdle();
    const answer = taken.predictor.ask(asked);
    taken.questions.add(answer);
    const answered = (): void => {
      taken.questions.delete(answer);
      if (taken.questions.size > 0 || taken.leaving === 'yes') return;
      taken.callOffIdle = after(idleMs, () => void empty(taken, 'nobody asked for a while'));
    };
    answer.then(answered, answered);
    return answer;
  };

  return {
    async ask(job, environment, asked) {
      const entered = atTheDoor.then(async () => ({ answer: put(await seatFor(job, environment), asked) }));
      atTheDoor = entered.catch(() => undefined); // its own asker is told; the next does not care
      return (await entered).answer;
    },
    askOnce(job, environment, asked) {
      const mine = alone.then(async () => {
        const predictor = start(job, environment);
        try {
          return await predictor.ask(asked);
        } finally {
          predictor.close('it has answered');
          await predictor.gone;
        }
      });
      alone = mine.catch(() => undefined);
      return mine;
    },
    forget(runIds) {
      if (seat && runIds.includes(seat.runId)) void empty(seat, 'the run was deleted');
      for (const [predictor, runId] of open) if (runIds.includes(runId)) predictor.close('the run was deleted');
    },
    async close() {
      closed = 'yes';
      seat?.callOffIdle();
      for (const predictor of open.keys()) predictor.close('the app is being closed');
      await Promise.all([...open.keys()].map(({ gone }) => gone));
    },
  };
}

const keyOf = ({ kind, runId, checkpoint }: PredictorJob): string => JSON.stringify([kind, runId, checkpoint]);

function laterUnlessEnding(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms).unref();
  return () => clearTimeout(timer);
}
