import type { FromTrainer, TrainerJob } from '../../../shared/contract/trainer.ts';
import { outOfMemoryRemedy, saysOutOfMemory } from '../../../shared/runs/out-of-memory.ts';
import type { Failure } from '../../../shared/runs/run.ts';

export type EndOutcome = Extract<FromTrainer, { readonly type: 'end' }>['outcome'];

/** How a trainer process ended, as it was seen from outside. */
export type TrainerExit =
  | { readonly kind: 'ended'; readonly outcome: EndOutcome }
  /** It said itself why it failed. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** It was ended by us: it did not answer in time, or was to stop at once. */
  | { readonly kind: 'killed'; readonly why: string }
  /** It sent something that is no message of the contract, and was ended for it. */
  | { readonly kind: 'garbage'; readonly problem: string }
  | { readonly kind: 'never-started'; readonly problem: string }
  /** It went without a last message. */
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string; readonly memoryRanOut: 'yes' | 'no' };

const signalWords: Readonly<Record<string, string>> = {
  SIGSEGV: 'it read memory that is not its own (SIGSEGV): a fault in native code',
  SIGABRT: 'it gave up (SIGABRT): a failed check in native code',
  SIGBUS: 'it met a memory fault (SIGBUS)',
  SIGILL: 'this processor does not know one of its instructions (SIGILL)',
  SIGFPE: 'it met an arithmetic fault (SIGFPE)',
  SIGKILL: 'it was killed from outside (SIGKILL)',
  SIGTERM: 'it was ended from outside (SIGTERM)',
  SIGINT: 'it was interrupted from outside (SIGINT)',
};

const heapExhausted = /heap out of memory|Allocation failed/;

/** How memory ran out, where the last lines say so: native code that gets none ends the process at once. */
function exhaustedBy(stderrTail: string): string | null {
  if (heapExhausted.test(stderrTail)) return 'Its JavaScript heap was full.';
  return saysOutOfMemory(stderrTail) ? 'TensorFlow got none and gave up.' : null;
}

/**
 * The failure that a run shows for an unexpected exit, or null when the trainer ended by its own last message or was
 * ended on purpose. `stderrTail`: the last lines that the process wrote; `job`: what it was doing, for the remedy.
 */
export function failureOf(exit: TrainerExit, stderrTail: string, job: TrainerJob | null): Failure | null {
  const detail = stderrTail === '' ? null : stderrTail;
  const outOfMemory = (how: string): Failure => ({
    code: 'out-of-memory',
    message: `Memory ran out while the trainer was computing. ${how} ${outOfMemoryRemedy(job)}`,
    detail,
  });
  const exhausted = exhaustedBy(stderrTail);
  switch (exit.kind) {
    case 'ended':
    case 'killed':
      return null;
    case 'failed':
      return { ...exit.failure, detail: exit.failure.detail ?? detail };
    case 'garbage':
      return {
        code: 'internal',
        message: `The trainer was ended because it sent a message that is not in the contract: ${exit.problem}`,
        detail,
      };
    case 'never-started':
      return { code: 'trainer-died', message: `The trainer could not be started: ${exit.problem}`, detail };
    case 'code':
      if (exhausted !== null) return outOfMemory(exhausted);
      return {
        code: 'trainer-died',
        message: `The trainer ended with exit code ${exit.code} and without saying why. The detail has its last lines.`,
        detail,
      };
    case 'signal':
      if (exit.memoryRanOut === 'yes') return outOfMemory('The system killed it (SIGKILL).');
      if (exhausted !== null) return outOfMemory(exhausted);
      return {
        code: 'trainer-died',
        message: `The trainer died: ${signalWords[exit.signal] ?? `signal ${exit.signal}`}.`,
        detail,
      };
  }
}

/** Whether an exit counts as a crash of the trainer, of which three in five minutes pause the queue. */
export const isCrash = (exit: TrainerExit): boolean =>
  exit.kind === 'garbage' || exit.kind === 'never-started' || exit.kind === 'code' || exit.kind === 'signal';
