import { expect, it } from 'vitest';
import { overAxis, secondsAt, unitFor } from '../../../src/renderer/features/compare/axis.ts';

const clock = { steps: [100, 200], values: [60, 180] };
const line = { steps: [50, 100, 150, 300], values: [1, 2, 3, 4] };

it('counts tasks as iterations times the meta-batch', () => {
  expect([...(overAxis(line, 'tasks', 4, clock, 'seconds').steps as Float64Array)]).toEqual([200, 400, 600, 1200]);
});

it('reads compute time between its points, from 0 on, and leaves out what it does not know', () => {
  const over = overAxis(line, 'compute', 4, clock, 'minutes');
  expect([...(over.steps as Float64Array)]).toEqual([0.5, 1, 2]);
  expect([...(over.values as Float64Array)]).toEqual([1, 2, 3]);
  expect(secondsAt(clock, 300)).toBeNull();
  expect(secondsAt({ steps: [], values: [] }, 1)).toBeNull();
});

it('takes a unit with few digits', () => {
  expect([60, 600, 20_000].map(unitFor)).toEqual(['seconds', 'minutes', 'hours']);
});
