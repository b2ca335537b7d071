import type { EpisodeTaskConfig, MetaRunConfig } from '../../../shared/run-config/schema.ts';
import { trainingTask } from '../../../shared/run-config/training-task.ts';
import { classBatchShape, createClassBatchSampler } from './class-batches.ts';
import { createImageEpisodeSampler, imageTaskShape } from './image-episodes.ts';
import { createPointSampler, pointTaskShape } from './point-tasks.ts';
import { createSinusoidSampler, sinusoidTaskShape } from './sinusoid-tasks.ts';
import type { TaskSampler, TaskShape } from './task-batch.ts';
import type { EpisodeSplit, ImageTaskSource, TaskSource } from './task-source.ts';

/** Throws a plain sentence when the source is of another kind than the task, or holds too little for it. */
export function createTaskSampler(
  source: TaskSource,
  task: EpisodeTaskConfig,
  split: EpisodeSplit,
  augmentation: 'as-configured' | 'none',
): TaskSampler {
  switch (task.kind) {
    case 'sinusoid':
      return createSinusoidSampler(task);
    case 'binary-points':
      return createPointSampler(task);
    case 'image-classes':
      return createImageEpisodeSampler(imagesOf(source), task, split, augmentation);
  }
}

/** The tasks that a run trains on: its algorithm may want others than evaluation has. Throws as above. */
export function createTrainingSampler(source: TaskSource, config: MetaRunConfig): TaskSampler {
  const task = trainingTask(config);
  return config.algorithm.kind === 'pretrain' && task.kind === 'image-classes'
    ? createClassBatchSampler(imagesOf(source), task)
    : createTaskSampler(source, task, 'train', 'as-configured');
}

export function trainingShape(config: MetaRunConfig, source: TaskSource): TaskShape {
  const task = trainingTask(config);
  return config.algorithm.kind === 'pretrain' && task.kind === 'image-classes'
    ? classBatchShape(imagesOf(source), task)
    : taskShape(task, source);
}

/** Shape of the tasks of every split. */
export function taskShape(task: EpisodeTaskConfig, source: TaskSource): TaskShape {
  switch (task.kind) {
    case 'sinusoid':
      return sinusoidTaskShape(task);
    case 'binary-points':
      return pointTaskShape(task);
    case 'image-classes':
      return imageTaskShape(task, imagesOf(source).layout);
  }
}

function imagesOf(source: TaskSource): ImageTaskSource {
  if (source.kind !== 'image-classes') throw new Error('An image task needs a dataset of images.');
  return source;
}
