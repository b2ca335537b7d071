import { describe, expect, it } from 'vitest';
import { failureOf, isCrash, type TrainerExit } from '../../../src/main/core/runs/trainer-exit.ts';

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
    const failure = failureOf(exit, 'last line');
    expect(failure?.code ?? null).toBe(code);
    if (words) expect(failure?.message).toMatch(words);
    if (failure) expect(failure.detail).toBe('last line');
    expect(isCrash(exit)).toBe(crash);
  });

  it('keeps the trainer’s own detail, and knows a full heap by its last words', () => {
    const own = { code: 'x', message: 'm', detail: 'own' };
    expect(failureOf({ kind: 'failed', failure: own }, 'tail')).toEqual(own);
    const heap = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';
    expect(failureOf({ kind: 'signal', signal: 'SIGABRT', memoryRanOut: 'no' }, heap)?.code).toBe('out-of-memory');
    expect(failureOf({ kind: 'code', code: 134 }, heap)?.code).toBe('out-of-memory');
    expect(failureOf({ kind: 'code', code: 1 }, '')?.detail).toBeNull();
  });
});
