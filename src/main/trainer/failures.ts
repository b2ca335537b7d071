import { InnerloopError, toRequestError } from '../../shared/contract/errors.ts';
import type { TrainerJob } from '../../shared/contract/trainer.ts';
import { outOfMemoryRemedy, saysOutOfMemory } from '../../shared/runs/out-of-memory.ts';
import type { Failure } from '../../shared/runs/run.ts';
import { NonFiniteLossError } from '../learning/meta-learner.ts';

/** Whatever a job threw, as the failure that the run shows: one plain sentence with the remedy. */
export function failureOf(thrown: unknown, job: TrainerJob | null): Failure {
  if (thrown instanceof NonFiniteLossError) {
    return { code: 'not-finite', message: thrown.message, detail: thrown.stack ?? null };
  }
  const error = toRequestError(thrown);
  if (!(thrown instanceof InnerloopError) && saysOutOfMemory(error.message)) {
    return {
      code: 'out-of-memory',
      message: `There was not enough memory. ${outOfMemoryRemedy(job)}${cardHint(error.message)}`,
      detail: [error.message, error.detail].filter((part) => part !== null).join('\n'),
    };
  }
  return { code: error.code, message: error.message, detail: error.detail };
}

/** A card has less memory than its machine. */
const cardHint = (message: string): string =>
  /\bGPU\b|CUDA|CUBLAS|CUDNN/i.test(message) ? ' Or run it on the CPU, which has more: device "cpu".' : '';
