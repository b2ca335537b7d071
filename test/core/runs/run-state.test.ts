import { describe, expect, it } from 'vitest';
import { canHappen, nextState, type RunHappening } from '../../../src/main/core/runs/run-state.ts';
import { InnerloopError } from '../../../src/shared/contract/errors.ts';
import { isActive, isFinished, type RunState, runStates } from '../../../src/shared/runs/run.ts';

const happenings: readonly RunHappening[] = [
  'start',
  'train',
  'pause',
  'stop',
  'queue',
  'cancel',
  'put-back',
  'paused',
  'stopped',
  'completed',
  'failed',
  'interrupted',
];

describe('the states of a run', () => {
  it.each([
    ['queued', 'start', 'starting'],
    ['queued', 'cancel', 'stopped'],
    ['queued', 'put-back', 'paused'],
    ['starting', 'train', 'running'],
    ['running', 'train', 'running'],
    ['running', 'pause', 'pausing'],
    ['pausing', 'train', 'pausing'],
    ['pausing', 'paused', 'paused'],
    ['pausing', 'stop', 'stopping'],
    ['pausing', 'completed', 'completed'],
    ['stopping', 'paused', 'stopped'],
    ['stopping', 'stopped', 'stopped'],
    ['paused', 'queue', 'queued'],
    ['paused', 'stop', 'stopped'],
    ['interrupted', 'queue', 'queued'],
    ['failed', 'queue', 'queued'],
    ['stopped', 'queue', 'queued'],
  ] as const)('%s, then %s: %s', (state, happening, next) => {
    expect(nextState(state, happening, 'r')).toBe(next);
  });

  it.each([
    ['completed', 'queue', 'my run is completed, so it cannot be resumed.'],
    ['queued', 'pause', 'my run is queued, so it cannot be paused.'],
    ['paused', 'pause', 'my run is paused, so it cannot be paused.'],
    ['running', 'queue', 'my run is running, so it cannot be resumed.'],
    ['stopping', 'pause', 'my run is stopping, so it cannot be paused.'],
    ['failed', 'completed', 'my run is failed, so it cannot have completed.'],
  ] as const)('%s refuses %s', (state, happening, sentence) => {
    const refused = (() => {
      try {
        return nextState(state, happening, 'my run');
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(InnerloopError);
    expect(refused).toMatchObject({ code: 'wrong-state', message: sentence });
  });

  it('lets every state with a trainer end in each way, and no other', () => {
    const ends: readonly RunHappening[] = ['stopped', 'completed', 'interrupted'];
    for (const state of runStates) {
      for (const end of ends) expect(canHappen(state, end)).toBe(isActive(state));
    }
  });

  it('reaches every state from queued, and leaves a completed run alone', () => {
    const reached = new Set<RunState>(['queued']);
    for (const state of reached) {
      for (const happening of happenings)
        if (canHappen(state, happening)) reached.add(nextState(state, happening, 'r'));
    }
    expect([...reached].sort()).toEqual([...runStates].sort());
    expect(happenings.filter((happening) => canHappen('completed', happening))).toEqual([]);
    expect(isFinished('completed')).toBe(true);
  });
});
