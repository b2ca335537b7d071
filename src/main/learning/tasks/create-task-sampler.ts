import type { TaskConfig } from '../../../shared/run-config/schema.ts';
import { createImageEpisodeSampler, imageTaskShape } from './image-episodes.ts';
import { createSinusoidSampler, sinusoidTaskShape } from './sinusoid-tasks.ts';
import type { TaskSampler, TaskShape } from './task-batch.ts';
import type { EpisodeSplit, ImageTaskSource, TaskSource } from './task-source.ts';

/** Throws a plain sentence when the source is of another kind than the task, or holds too little for it. */
export function createTaskSampler(
  source: TaskSource,
  task: TaskConfig,
  split: EpisodeSplit,
  augmentation: 'as-configured' | 'none',
): TaskSampler {
  if (task.kind === 'sinusoid') return createSinusoidSampler(task);
  return createImageEpisodeSampler(imagesOf(source), task, split, augmentation);
}

/** Shape of the tasks of every split. */
export const taskShape = (task: TaskConfig, source: TaskSource): TaskShape =>
  task.kind === 'sinusoid' ? sinusoidTaskShape(task) : imageTaskShape(task, imagesOf(source).layout);

function imagesOf(source: TaskSource): ImageTaskSource {
  if (source.kind !== 'image-classes') throw new Error('An image task needs a dataset of images.');
  return source;
}
