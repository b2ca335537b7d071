import { describe, expect, it } from 'vitest';
import { createPointSampler } from '../../../src/main/learning/tasks/point-tasks.ts';
import { createSinusoidSampler } from '../../../src/main/learning/tasks/sinusoid-tasks.ts';
import { createTaskBatch, type TaskSampler } from '../../../src/main/learning/tasks/task-batch.ts';
import { drawCurve, drawPoints } from '../../../src/renderer/features/launch/generated-task.ts';
import { createRandom } from '../../../src/shared/random/random.ts';

/** The third training task of seed 5, as the trainer draws it. */
function trained(sampler: TaskSampler) {
  const batch = createTaskBatch(sampler.shape, 1);
  const random = createRandom(5, 'train-tasks');
  for (let drawn = 0; drawn <= 2; drawn++) sampler.drawInto(batch, 0, random);
  return batch;
}
const rounded = (values: readonly number[]) => [...Float32Array.from(values)];

describe('the drawn task is the one that the trainer draws', () => {
  it.each(['meta-sgd-2017', 'harmonic-2018', 'platipus-2018'] as const)('%s', (variant) => {
    const task = { kind: 'sinusoid', variant, shot: 4, query: 3 } as const;
    const batch = trained(createSinusoidSampler(task));
    const { support, query } = drawCurve(task, 5, 2);
    expect(rounded(support.map(({ x }) => x))).toEqual([...batch.supportInputs]);
    expect(rounded(support.map(({ y }) => y))).toEqual([...batch.supportTargets]);
    expect(rounded(query.map(({ y }) => y))).toEqual([...batch.queryTargets]);
  });

  it.each(['half-planes', 'moons'] as const)('%s', (family) => {
    const task = { kind: 'binary-points', family, shot: 2, query: 3 } as const;
    const batch = trained(createPointSampler(task));
    const { support, query } = drawPoints(task, 5, 2);
    expect(rounded(support.flatMap(({ at }) => at))).toEqual([...batch.supportInputs]);
    expect(rounded(query.flatMap(({ at }) => at))).toEqual([...batch.queryInputs]);
    expect(query.flatMap(({ label }) => [1 - label, label])).toEqual([...batch.queryTargets]);
  });
});
