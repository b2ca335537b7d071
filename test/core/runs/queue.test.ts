import { describe, expect, it } from 'vitest';
import {
  crashedTooOften,
  enqueue,
  moveTo,
  nextToStart,
  type QueueEntry,
  settledMode,
  withCrash,
  withoutRuns,
} from '../../../src/main/core/runs/queue.ts';

const queue = (...ids: string[]): readonly QueueEntry[] =>
  ids.map((runId) => ({ runId: runId.replace('!', ''), urgency: runId.startsWith('!') ? 'now' : 'queue' }));
const order = (entries: readonly QueueEntry[]): string =>
  entries.map(({ runId, urgency }) => (urgency === 'now' ? `!${runId}` : runId)).join(' ');

describe('the order', () => {
  it('puts new runs at the end, and those wanted now before them but behind earlier wishes', () => {
    expect(order(enqueue(queue('a', 'b'), ['c', 'd'], 'queue'))).toBe('a b c d');
    expect(order(enqueue(queue('a', 'b'), ['c', 'd'], 'now'))).toBe('!c !d a b');
    expect(order(enqueue(queue('!a', 'b'), ['c'], 'now'))).toBe('!a !c b');
    expect(order(enqueue([], ['c'], 'now'))).toBe('!c');
  });

  it.each([
    ['b', 1, 'b a c'],
    ['a', 2, 'b a c'],
    ['a', 3, 'b c a'],
    ['a', 99, 'b c a'],
    ['c', 3, 'a b c'],
    ['nobody', 1, 'a b c'],
  ] as const)('moves %s to place %d', (runId, place, after) => {
    expect(order(moveTo(queue('a', 'b', 'c'), runId, place))).toBe(after);
  });

  it('lets runs go', () => {
    expect(order(withoutRuns(queue('a', 'b', 'c'), ['c', 'a', 'x']))).toBe('b');
  });
});

describe('what starts next', () => {
  it('is the first one while there is a place', () => {
    expect(nextToStart(queue('a', 'b'), 'open', 0, 1)).toBe('a');
    expect(nextToStart(queue('a', 'b'), 'open', 1, 1)).toBeNull();
    expect(nextToStart(queue('a', 'b'), 'open', 1, 2)).toBe('a');
    expect(nextToStart([], 'open', 0, 1)).toBeNull();
  });

  it.each(['pausing', 'paused', 'crashed'] as const)(
    'is only what was asked for by hand while the queue is %s',
    (mode) => {
      expect(nextToStart(queue('a', 'b'), mode, 0, 1)).toBeNull();
      expect(nextToStart(queue('a', '!b'), mode, 0, 1)).toBe('b');
      expect(nextToStart(queue('a', '!b'), mode, 1, 1)).toBeNull();
    },
  );

  it('becomes nothing when pausing has waited for the last run', () => {
    expect(settledMode('pausing', 1)).toBe('pausing');
    expect(settledMode('pausing', 0)).toBe('paused');
    expect(settledMode('open', 0)).toBe('open');
  });
});

describe('crashes', () => {
  it('count for five minutes', () => {
    const minute = 60_000;
    let crashes: readonly number[] = [];
    for (const at of [0, 2 * minute, 6 * minute]) crashes = withCrash(crashes, at);
    expect(crashes).toEqual([2 * minute, 6 * minute]);
    expect(crashedTooOften(crashes)).toBe(false);
    expect(crashedTooOften(withCrash(crashes, 6.5 * minute))).toBe(true);
  });
});
