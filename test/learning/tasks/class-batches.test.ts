import { describe, expect, it } from 'vitest';
import { createTrainingSampler, trainingShape } from '../../../src/main/learning/tasks/create-task-sampler.ts';
import { createTaskBatch } from '../../../src/main/learning/tasks/task-batch.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { blobs, imageConfig } from '../learners.ts';

const source = blobs(3, 4); // 3 training classes of 6 examples
const configOf = (rotations: 'on' | 'off') =>
  imageConfig({ algorithm: { kind: 'pretrain' }, task: { way: 2, shot: 3, query: 5, rotations } });

describe('a batch to pretrain on', () => {
  it('is as large as an episode and labelled with all training classes, turned ones too', () => {
    expect(trainingShape(configOf('off'), source)).toMatchObject({ supportExamples: 6, queryExamples: 10, outputs: 3 });
    expect(trainingShape(configOf('on'), source).outputs).toBe(12);
  });

  it('holds training images with the label of their class', () => {
    const sampler = createTrainingSampler(source, configOf('off'));
    const batch = createTaskBatch(sampler.shape, 2);
    sampler.drawInto(batch, 1, createRandom(3, 'batch'));
    const seen = new Set<number>();
    for (let row = 10; row < 20; row++) {
      const label = batch.queryTargets.subarray(row * 3, row * 3 + 3).indexOf(1);
      const ink = [...batch.queryInputs.subarray(row * 16, row * 16 + 16)].map((value) => value > 0.5);
      const { firstExample } = source.classes.filter(({ split }) => split === 'train')[label]!;
      expect(ink).toEqual([...source.pixels.subarray(firstExample * 16, firstExample * 16 + 16)].map((p) => p < 128));
      seen.add(label);
    }
    expect(seen.size).toBe(3);
    expect(batch.queryTargets.subarray(0, 30).every((value) => value === 0)).toBe(true); // the first task's place
  });
});
