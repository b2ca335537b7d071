import type { Random } from '../../../shared/random/random.ts';

/** Host memory for a batch of tasks, row-major; written over and over, so that the hot path allocates nothing. */
export interface TaskBatch {
  /** [tasks, supportExamples, ...exampleShape] */
  readonly supportInputs: Float32Array;
  /** [tasks, supportExamples, outputs]: one-hot classes, or numbers to predict. */
  readonly supportTargets: Float32Array;
  readonly queryInputs: Float32Array;
  readonly queryTargets: Float32Array;
}

/** Shapes of one task; a batch has one leading axis more. */
export interface TaskShape {
  readonly supportExamples: number;
  readonly queryExamples: number;
  /** [1] for curves, [2] for points, [height, width, channels] for images. */
  readonly exampleShape: readonly number[];
  /** Classes of an episode, or numbers to predict. */
  readonly outputs: number;
}

/** Draws tasks of one split into a batch. */
export interface TaskSampler {
  readonly shape: TaskShape;
  /** Draws the next task with `random` and writes it at `position` (from 0) of the batch. */
  drawInto(batch: TaskBatch, position: number, random: Random): void;
}

export function createTaskBatch(shape: TaskShape, tasks: number): TaskBatch {
  const example = shape.exampleShape.reduce((product, size) => product * size, 1);
  const numbers = (examples: number, each: number) => new Float32Array(tasks * examples * each);
  return {
    supportInputs: numbers(shape.supportExamples, example),
    supportTargets: numbers(shape.supportExamples, shape.outputs),
    queryInputs: numbers(shape.queryExamples, example),
    queryTargets: numbers(shape.queryExamples, shape.outputs),
  };
}

/** The batch's first `tasks` tasks, on the same memory. */
export function firstTasks(batch: TaskBatch, tasks: number, capacity: number): TaskBatch {
  const part = (values: Float32Array) => values.subarray(0, (values.length / capacity) * tasks);
  return {
    supportInputs: part(batch.supportInputs),
    supportTargets: part(batch.supportTargets),
    queryInputs: part(batch.queryInputs),
    queryTargets: part(batch.queryTargets),
  };
}

/** In the order in which steps take their feeds. */
export const feedsOf = (batch: TaskBatch): Float32Array[] => [
  batch.supportInputs,
  batch.supportTargets,
  batch.queryInputs,
  batch.queryTargets,
];
