import { describe, expect, it } from 'vitest';
import { layoutOf, memoryRemedy, nextSmallerBatch } from '../../../src/shared/run-config/batch-advice.ts';
import { imageConfig, sinusoidConfig } from '../../learning/learners.ts';

const small = [28, 28, 1];
const large = [84, 84, 3];
const wide = { kind: 'conv4', filters: 64, downsampling: 'max-pool' };

describe('the next smaller batch', () => {
  it('is half the meta-batch where tasks lie side by side', () => {
    const config = sinusoidConfig({ outer: { metaBatch: 25 } });
    expect(nextSmallerBatch(config, [1])).toEqual({ path: 'outer.metaBatch', value: 12, tasksAtOnce: 12 });
  });

  it.each([
    [32, 30, 3],
    [4, 3, 3],
    [3, 2, 2],
    [9, 2, 2],
  ])('is for %d looped tasks a meta-batch of %d, of which %d are computed at once', (metaBatch, value, tasksAtOnce) => {
    const config = imageConfig({ outer: { metaBatch } });
    expect(nextSmallerBatch(config, small)).toEqual({ path: 'outer.metaBatch', value, tasksAtOnce });
  });

  it('is half the queries where a single task fills the memory', () => {
    const config = imageConfig({ outer: { metaBatch: 16 }, model: wide, task: { query: 15 } });
    expect(layoutOf(config, large).tasksPerStep).toBe(1);
    expect(nextSmallerBatch(config, large)).toEqual({ path: 'task.query', value: 7, tasksAtOnce: 1 });
    const own = imageConfig({ ...config, algorithm: { kind: 'proto-net', trainQuery: 9, trainWay: 20 } });
    expect(nextSmallerBatch(own, large)).toMatchObject({ path: 'algorithm.trainQuery', value: 4 });
  });

  it('does not exist for one task with one query', () => {
    const config = imageConfig({ outer: { metaBatch: 1 }, task: { query: 1 } });
    expect(nextSmallerBatch(config, small)).toBeNull();
    expect(memoryRemedy(config, small)).toMatch(/1 of the 1 task .*smaller network or fewer inner steps/);
  });
});

it('the sentence names tasks, examples and the field to change', () => {
  const config = imageConfig({ outer: { metaBatch: 32 }, task: { way: 5, shot: 1, query: 15 } });
  expect(memoryRemedy(config, small)).toBe(
    'A step computes 4 of the 32 tasks of a meta-batch at once, each with 5 support and 75 query examples: ' +
      'set outer.metaBatch to 30, which computes 3 at once.',
  );
});
