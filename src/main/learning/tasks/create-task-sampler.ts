import type { TaskConfig } from '../../../shared/run-config/schema.ts';
import { createImageEpisodeSampler } from './image-episodes.ts';
import { createSinusoidSampler } from './sinusoid-tasks.ts';
import type { TaskSampler } from './task-batch.ts';
import type { EpisodeSplit, TaskSource } from './task-source.ts';

/** Throws a plain sentence when the source is of another kind than the task, or holds too little for it. */
export function createTaskSampler(
  source: TaskSource,
  task: TaskConfig,
  split: EpisodeSplit,
  augmentation: 'as-configured' | 'none',
): TaskSampler {
  if (task.kind === 'sinusoid') return createSinusoidSampler(task);
  if (source.kind !== 'image-classes') throw new Error('An image task needs a dataset of images.');
  return createImageEpisodeSampler(source, task, split, augmentation);
}
