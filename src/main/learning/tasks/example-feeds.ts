import * as tf from '@tensorflow/tfjs-core';
import type { TaskShape } from './task-batch.ts';

/** Zeros in the shapes of the four feeds of `tasks` tasks, to record a step with. The caller disposes them. */
export function exampleFeeds(shape: TaskShape, inputShape: readonly number[], tasks: number): tf.Tensor[] {
  const { supportExamples, queryExamples, outputs } = shape;
  return [
    tf.zeros([tasks, supportExamples, ...inputShape]),
    tf.zeros([tasks, supportExamples, outputs]),
    tf.zeros([tasks, queryExamples, ...inputShape]),
    tf.zeros([tasks, queryExamples, outputs]),
  ];
}
