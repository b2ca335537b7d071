import { describe, expect, it } from 'vitest';
import { createPace, median, paceWindow, validationsAfter } from '../../src/main/trainer/pace.ts';

describe('the pace of a run', () => {
  it('is unknown before the first iteration', () => {
    const pace = createPace();
    expect(pace.iterationsPerSecond()).toBeNull();
    expect(pace.remainingMs({ iterations: 10, episodes: 0 })).toBeNull();
  });

  it('estimates by the median of the last 200 iterations, so that one slow call changes nothing', () => {
    const pace = createPace();
    pace.add(1, 9000); // the first call compiles
    for (let i = 0; i < 20; i++) pace.add(1, 10);
    expect(pace.remainingMs({ iterations: 100, episodes: 0 })).toBe(1000);
    for (let i = 0; i < paceWindow; i++) pace.add(1, 20);
    expect(pace.remainingMs({ iterations: 100, episodes: 0 })).toBe(2000);
    expect(pace.iterationsPerSecond()).toBe(50);
  });

  it('counts a call of several iterations as so many of equal length', () => {
    const pace = createPace();
    pace.add(8, 40);
    expect(pace.iterationsPerSecond()).toBe(200);
  });

  it('adds the planned episodes once one was measured', () => {
    const pace = createPace();
    pace.add(1, 10);
    expect(pace.remainingMs({ iterations: 10, episodes: 1000 })).toBe(100);
    pace.addEpisode(5);
    expect(pace.remainingMs({ iterations: 10, episodes: 1000 })).toBe(5100);
  });
});

describe('planned validations', () => {
  it('are counted up to and with the last iteration', () => {
    expect(validationsAfter(0, 1000, 100)).toBe(10);
    expect(validationsAfter(250, 1000, 100)).toBe(8);
    expect(validationsAfter(1000, 1000, 100)).toBe(0);
    expect(validationsAfter(0, 1050, 100)).toBe(10);
    expect(validationsAfter(0, 1000, 0)).toBe(0);
  });
});

describe('the median', () => {
  it('is the middle value or the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});
