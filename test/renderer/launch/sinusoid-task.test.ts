import { expect, it } from 'vitest';
import { createSinusoidSampler } from '../../../src/main/learning/tasks/sinusoid-tasks.ts';
import { createTaskBatch } from '../../../src/main/learning/tasks/task-batch.ts';
import { drawWave } from '../../../src/renderer/features/launch/sinusoid-task.ts';
import { createRandom } from '../../../src/shared/random/random.ts';

it('draws the task that the trainer draws', () => {
  const task = { kind: 'sinusoid', variant: 'meta-sgd-2017', shot: 4, query: 3 } as const;
  const sampler = createSinusoidSampler(task);
  const batch = createTaskBatch(sampler.shape, 1);
  const random = createRandom(5, 'train-tasks');
  for (let drawn = 0; drawn <= 2; drawn++) sampler.drawInto(batch, 0, random);
  const { support, query } = drawWave(task, 5, 2);
  const rounded = (points: typeof support, key: 'x' | 'y') => [...Float32Array.from(points, (point) => point[key])];
  expect(rounded(support, 'x')).toEqual([...batch.supportInputs]);
  expect(rounded(support, 'y')).toEqual([...batch.supportTargets]);
  expect(rounded(query, 'y')).toEqual([...batch.queryTargets]);
});
