import { describe, expect, it } from 'vitest';
import { failureOf, isCrash, type TrainerExit } from '../../../src/main/core/runs/trainer-exit.ts';
import type { TrainJob } from '../../../src/shared/contract/trainer.ts';
import { sinusoidConfig } from '../../learning/learners.ts';

const jobOf = (parts: Parameters<typeof sinusoidConfig>[0]): TrainJob => ({
  ...{ kind: 'train', runId: 'r', dataset: null, folder: '', resumeFrom: null, computeMs: 0, bestSoFar: null },
  config: sinusoidConfig(parts),
});

describe('how a trainer ended', () => {
  it.each<[TrainerExit, string | null, RegExp | null, boolean]>([
    [{ kind: 'ended', outcome: 'completed' }, null, null, false],
    [{ kind: 'killed', why: 'x' }, null, null, false],
    [{ kind: 'failed', failure: { code: 'not-finite', message: 'NaN.', detail: null } }, 'not-finite', /NaN/, false],
    [{ kind: 'garbage', problem: 'p' }, 'internal', /not in the contract: p/, true],
    [{ kind: 'never-started', problem: 'no such file' }, 'trainer-died', /could not be started: no such file/, true],
    [{ kind: 'code', code: 3 }, 'trainer-died', /exit code 3/, true],
    [{ kind: 'signal', signal: 'SIGSEGV', memoryRanOut: 'no' }, 'trainer-died', /native code/, true],
    [{ kind: 'signal', signal: 'SIGXCPU', memoryRanOut: 'no' }, 'trainer-died', /signal SIGXCPU/, true],
    [{ kind: 'signal', signal: 'SIGKILL', memoryRanOut: 'no' }, 'trainer-died', /killed from outside/, true],
    [{ kind: 'signal', signal: 'SIGKILL', memoryRanOut: 'yes' }, 'out-of-memory', /Memory ran out.*smaller/, true],
  ])('%j', (exit, code, words, crash) => {
    const failure = failureOf(exit, 'last line', null);
    expect(failure?.code ?? null).toBe(code);
    if (words) expect(failure?.message).toMatch(words);
    if (failure) expect(failure.detail).toBe('last line');
    expect(isCrash(exit)).toBe(crash);
  });

  it('keeps the trainer’s own detail, and knows a full heap by its last words', () => {
    const own = { code: 'x', message: 'm', detail: 'own' };
    expect(failureOf({ kind: 'failed', failure: own }, 'tail', null)).toEqual(own);
    const heap = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';
    expect(failureOf({ kind: 'signal', signal: 'SIGABRT', memoryRanOut: 'no' }, heap, null)?.code).toBe(
      'out-of-memory',
    );
    expect(failureOf({ kind: 'code', code: 134 }, heap, null)?.code).toBe('out-of-memory');
    expect(failureOf({ kind: 'code', code: 1 }, '', null)?.detail).toBeNull();
  });

  it('knows native code that got no memory by its last words, and names the batch and a smaller one', () => {
    const aborted: TrainerExit = { kind: 'signal', signal: 'SIGABRT', memoryRanOut: 'no' };
    const last = "terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc";
    const failure = failureOf(aborted, last, jobOf({ outer: { metaBatch: 25 } }));
    expect(failure?.code).toBe('out-of-memory');
    expect(failure?.message).toMatch(/TensorFlow got none.* 25 of the 25 tasks .* set outer\.metaBatch to 12/);
    const killed: TrainerExit = { kind: 'signal', signal: 'SIGKILL', memoryRanOut: 'yes' };
    expect(failureOf(killed, '', jobOf({ outer: { metaBatch: 25 } }))?.message).toMatch(/set outer\.metaBatch to 12/);
  });
});
