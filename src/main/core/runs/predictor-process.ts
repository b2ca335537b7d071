import { errorCodeSchema, InnerloopError } from '../../../shared/contract/errors.ts';
import type {
  Answer,
  Asked,
  PredictClipsJob,
  PredictImagesJob,
  PredictJob,
  PredictRowsJob,
} from '../../../shared/contract/trainer.ts';
import { newId } from '../identity.ts';
import { failureOf, type TrainerExit } from './trainer-exit.ts';
import type { StartTrainer, TrainerCommand } from './trainer-process.ts';

export type PredictorJob = PredictJob | PredictImagesJob | PredictRowsJob | PredictClipsJob;

/** What starting one needs. */
export interface PredictorProgram {
  readonly startTrainer: StartTrainer;
  readonly program: Pick<TrainerCommand, 'node' | 'entry'>;
}

/** One trainer process that has loaded what a run learned and answers questions, in their order. */
export interface Predictor {
  /** Rejects with one plain sentence when the process goes before it has answered. */
  ask(asked: Asked): Promise<Answer>;
  /** Ends it; questions without an answer are told `why`. */
  close(why: string): void;
  /** Resolves when the process is gone, whatever it died of. */
  readonly gone: Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: InnerloopError) => void;
}

/** Starts the process; questions may be asked at once and wait until it has loaded. */
export function openPredictor(
  { startTrainer, program }: PredictorProgram,
  job: PredictorJob,
  environment: Readonly<Record<string, string>>,
): Predictor {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let end: InnerloopError | null = null;
  let leave = (): void => undefined;
  const gone = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const process = startTrainer(
    job,
    { ...program, token: newId(), environment },
    {
      onMessage: (message) => {
        if (message.type !== 'answer') return;
        waiting.get(message.question)?.resolve(message.answer);
        waiting.delete(message.question);
      },
      onExit: (exit, stderrTail) => {
        const error = errorOf(exit, stderrTail, job);
        end = error;
        for (const { reject } of waiting.values()) reject(error);
        waiting.clear();
        leave();
      },
    },
  );
  return {
    gone,
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (end) {
          reject(end);
          return;
        }
        waiting.set(++asked, { resolve, reject });
        process.send({ type: 'ask', question: asked, asked: question });
      }),
    close: (why) => process.kill(why),
  };
}

function errorOf(exit: TrainerExit, stderrTail: string, job: PredictorJob): InnerloopError {
  const failure = failureOf(exit, stderrTail, job);
  if (failure) {
    const code = errorCodeSchema.safeParse(failure.code);
    return new InnerloopError(code.success ? code.data : 'internal', failure.message, { detail: failure.detail });
  }
  if (exit.kind === 'killed') {
    return new InnerloopError('cancelled', `The question was given up: ${exit.why}.`);
  }
  return new InnerloopError('trainer-died', 'The process that predicts was ended from outside before it answered.');
}
