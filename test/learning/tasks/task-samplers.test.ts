import { describe, expect, it } from 'vitest';
import { createTaskSampler } from '../../../src/main/learning/tasks/create-task-sampler.ts';
import { createTaskBatch, firstTasks } from '../../../src/main/learning/tasks/task-batch.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import type { ImageTaskConfig } from '../../../src/shared/run-config/schema.ts';
import { drawPointTask, sideOf } from '../../../src/shared/tasks/point-task.ts';
import { blobs } from '../learners.ts';

const sinusoid = { kind: 'sinusoid', variant: 'finn-2017', shot: 3, query: 4 } as const;
const episode = {
  kind: 'image-classes',
  dataset: '',
  labels: 'classes',
  way: 3,
  shot: 2,
  query: 1,
  rotations: 'on',
  augmentation: { kind: 'off' },
} as const;

describe('sinusoid tasks', () => {
  const sampler = createTaskSampler({ kind: 'sinusoid' }, sinusoid, 'train', 'as-configured');

  it('lie on one wave each, x in [-5, 5]', () => {
    const batch = createTaskBatch(sampler.shape, 2);
    sampler.drawInto(batch, 0, createRandom(1, 'a'));
    sampler.drawInto(batch, 1, createRandom(1, 'b'));
    expect(batch.queryInputs.length).toBe(8);
    expect([...batch.supportInputs, ...batch.queryInputs].every((x) => Math.abs(x) <= 5)).toBe(true);
    expect(Math.max(...batch.queryTargets.map(Math.abs))).toBeLessThanOrEqual(5);
  });

  it('are written at their position only', () => {
    const batch = createTaskBatch(sampler.shape, 3);
    sampler.drawInto(batch, 1, createRandom(1, 'a'));
    expect([...batch.supportInputs.slice(0, 3), ...batch.supportInputs.slice(6)]).toEqual([0, 0, 0, 0, 0, 0]);
    const first = firstTasks(batch, 1, 3);
    sampler.drawInto(first, 0, createRandom(1, 'a'));
    expect(batch.supportInputs.slice(0, 3)).toEqual(batch.supportInputs.slice(3, 6));
  });
});

describe('tasks of binary points', () => {
  const points = { kind: 'binary-points', family: 'half-planes', shot: 3, query: 4 } as const;
  const sampler = createTaskSampler({ kind: 'binary-points' }, points, 'train', 'as-configured');

  it('have one-hot targets, class by class, and are written at their position only', () => {
    const batch = createTaskBatch(sampler.shape, 2);
    sampler.drawInto(batch, 1, createRandom(1, 'a'));
    expect([...batch.supportTargets.slice(12)]).toEqual([1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1]);
    expect([...batch.supportTargets.slice(0, 12), ...batch.supportInputs.slice(0, 12)].every((n) => n === 0)).toBe(
      true,
    );
    expect(batch.queryInputs.slice(16).every((value) => value !== 0 && Math.abs(value) <= 2)).toBe(true);
    expect(batch.queryInputs.slice(0, 16).every((value) => value === 0)).toBe(true);
  });

  it('have support and query of the same line', () => {
    const batch = createTaskBatch(sampler.shape, 1);
    for (let seed = 0; seed < 50; seed++) {
      sampler.drawInto(batch, 0, createRandom(seed, 'task'));
      const task = drawPointTask(createRandom(seed, 'task'), 'half-planes');
      if (task.family !== 'half-planes') throw new Error('Another family was drawn.');
      for (const [inputs, targets] of [
        [batch.supportInputs, batch.supportTargets],
        [batch.queryInputs, batch.queryTargets],
      ] as const) {
        for (let i = 0; i < inputs.length; i += 2) {
          expect(sideOf(task, [inputs[i]!, inputs[i + 1]!])).toBe(targets[i + 1]);
        }
      }
    }
  });
});

describe('image episodes', () => {
  it('have one-hot targets, class by class, over whatever was there before', () => {
    const sampler = createTaskSampler(blobs(4), episode, 'train', 'as-configured');
    const batch = createTaskBatch(sampler.shape, 1);
    batch.supportTargets.fill(9);
    sampler.drawInto(batch, 0, createRandom(1, 'e'));
    expect([...batch.supportTargets]).toEqual([1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1]);
    expect([...batch.queryTargets]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(batch.supportInputs.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('of one class against the rest have two outputs, the class first', () => {
    const binary = { ...episode, labels: 'one-against-rest', way: 2, rotations: 'off' } as const;
    const sampler = createTaskSampler(blobs(4), binary, 'train', 'as-configured');
    const batch = createTaskBatch(sampler.shape, 1);
    sampler.drawInto(batch, 0, createRandom(1, 'e'));
    expect(sampler.shape).toMatchObject({ supportExamples: 4, queryExamples: 2, outputs: 2 });
    expect([...batch.supportTargets]).toEqual([1, 0, 1, 0, 0, 1, 0, 1]);
    expect([...batch.queryTargets]).toEqual([1, 0, 0, 1]);
  });

  it('turn classes in training only', () => {
    const source = blobs(4);
    const ten = { ...episode, way: 10 };
    expect(() => createTaskSampler(source, ten, 'train', 'as-configured')).not.toThrow();
    expect(() => createTaskSampler(source, ten, 'test', 'none')).toThrow(/test split has 4 classes/);
  });

  it('need square images to turn', () => {
    const source = blobs(4, 12);
    const oblong = { ...source, layout: { ...source.layout, width: 18, height: 8 } };
    expect(() => createTaskSampler(oblong, episode, 'train', 'as-configured')).toThrow(
      /square images, but these are 18 x 8/,
    );
  });

  it('change images in training only, and only those', () => {
    const changing = {
      ...episode,
      rotations: 'off',
      augmentation: { kind: 'random', shift: 2, flip: 'off', degrees: 0 },
    };
    const drawn = (task: ImageTaskConfig, augmentation: 'as-configured' | 'none') => {
      const sampler = createTaskSampler(blobs(4), task, 'train', augmentation);
      const batch = createTaskBatch(sampler.shape, 1);
      sampler.drawInto(batch, 0, createRandom(1, 'e'));
      return batch;
    };
    const changed = drawn(changing as ImageTaskConfig, 'as-configured');
    const plain = drawn({ ...episode, rotations: 'off' }, 'as-configured');
    expect(changed.supportInputs).not.toEqual(plain.supportInputs);
    expect(changed.supportTargets).toEqual(plain.supportTargets);
    expect(changed).toEqual(drawn(changing as ImageTaskConfig, 'as-configured'));
    expect(drawn(changing as ImageTaskConfig, 'none')).toEqual(plain);
  });

  it('need images', () => {
    expect(() => createTaskSampler({ kind: 'sinusoid' }, episode, 'train', 'none')).toThrow(/dataset of images/);
  });
});
