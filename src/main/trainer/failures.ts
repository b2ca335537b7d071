import { InnerloopError, toRequestError } from '../../shared/contract/errors.ts';
import type { TrainerJob } from '../../shared/contract/trainer.ts';
import type { Failure } from '../../shared/runs/run.ts';
import { NonFiniteLossError } from '../learning/meta-learner.ts';

/** TensorFlow's words for memory that could not be had, on cards and on the machine. */
const outOfMemory = /\bOOM\b|RESOURCE_EXHAUSTED|resource exhausted|out of memory|bad_alloc|cannot allocate memory/i;

/** Whatever a job threw, as the failure that the run shows: one plain sentence with the remedy. */
export function failureOf(thrown: unknown, job: TrainerJob | null): Failure {
  if (thrown instanceof NonFiniteLossError) {
    return { code: 'not-finite', message: thrown.message, detail: thrown.stack ?? null };
  }
  const error = toRequestError(thrown);
  if (!(thrown instanceof InnerloopError) && outOfMemory.test(error.message)) {
    return {
      code: 'out-of-memory',
      message: memorySentence(job),
      detail: [error.message, error.detail].filter((part) => part !== null).join('\n'),
    };
  }
  return { code: error.code, message: error.message, detail: error.detail };
}

function memorySentence(job: TrainerJob | null): string {
  if (!job || job.kind === 'probe' || job.kind === 'bench') return 'There was not enough memory.';
  const { metaBatch } = job.config.outer;
  if (job.kind === 'evaluate') {
    return 'There was not enough memory for the test episodes: ask for fewer ways, shots or queries.';
  }
  if (metaBatch === 1) {
    return 'There was not enough memory for a meta-batch of 1 task: use fewer filters, queries or inner steps.';
  }
  const smaller = Math.floor(metaBatch / 2);
  return (
    `There was not enough memory for a meta-batch of ${metaBatch} tasks: ` +
    `set outer.metaBatch to ${smaller}, the next smaller one, or run on the CPU.`
  );
}
