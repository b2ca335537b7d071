import { describe, expect, it } from 'vitest';
import { stepsOfNextCall, stepsPerCall } from '../../src/main/learning/call-schedule.ts';
import { sinusoidConfig } from './learners.ts';

const config = (every: number, checkpoints: number, iterations: number, wished = 0) =>
  sinusoidConfig({
    outer: { iterations },
    evaluation: { every },
    checkpoints: { every: checkpoints },
    engine: { stepsPerCall: wished },
  });

describe('steps per call', () => {
  it.each([
    ['divides both cadences', config(1000, 5000, 70_000), 8],
    ['is the largest such number below the automatic one', config(250, 1000, 5000), 5],
    ['is free without cadences', config(0, 0, 100), 8],
    ['falls to one when the cadences share nothing', config(7, 4, 100), 1],
    ['is at most the wished number', config(1000, 5000, 70_000, 20), 20],
    ['follows the wish downwards', config(1000, 5000, 70_000, 3), 2],
    ['is at most the whole run', config(0, 0, 3), 3],
  ])('%s', (_, given, expected) => {
    expect(stepsPerCall(given, 'several')).toBe(expected);
  });

  it('is one where several do not pay', () => {
    expect(stepsPerCall(config(0, 0, 100), 'one')).toBe(1);
  });
});

describe('calls of a run', () => {
  const callsFrom = (start: number, steps: number, iterations: number): number[] => {
    const ends: number[] = [];
    let at = start;
    while (at < iterations) {
      at += stepsOfNextCall(at, steps, iterations);
      ends.push(at);
    }
    return ends;
  };

  it('end exactly at the last iteration', () => {
    expect(callsFrom(0, 8, 20)).toEqual([8, 16, 17, 18, 19, 20]);
  });

  it('are the same after a resume at any of their ends', () => {
    const whole = callsFrom(0, 5, 23);
    for (const pause of whole) expect(callsFrom(pause, 5, 23)).toEqual(whole.filter((end) => end > pause));
  });
});
