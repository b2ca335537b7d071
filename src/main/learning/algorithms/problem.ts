import type * as tf from '@tensorflow/tfjs-core';
import type { TaskLoss } from '../losses.ts';
import type { Model } from '../models/model.ts';
import type { InnerOptimizer } from '../optimizers/registry.ts';

/** What is to be learned: a network, how its errors are counted, and how it adapts. */
export interface Problem {
  readonly model: Model;
  readonly loss: TaskLoss;
  /** null for regression. */
  readonly accuracy: TaskLoss | null;
  /** Step size in terms of the mean loss: a loss summed over classes makes it larger by the way. */
  readonly innerRate: number;
  readonly innerSteps: number;
  readonly innerOptimizer: InnerOptimizer;
  /** Outputs in a task of evaluation, and in one of training: they differ where training tells all classes apart. */
  readonly outputs: number;
  readonly trainingOutputs: number;
}

/** Examples on the device: inputs [n, ...inputShape], targets [n, outputs]; with a task axis [T, n, ...]. */
export interface Examples {
  readonly inputs: tf.Tensor;
  readonly targets: tf.Tensor;
}

/** One task, or several side by side along a leading axis. */
export interface Tasks {
  readonly support: Examples;
  readonly query: Examples;
  /** Length of the task axis; null for one task without that axis. */
  readonly taskAxis: number | null;
}

/** What the query set says: one value per task, [T], or scalars for one task without axis. */
export interface QueryMeasure {
  readonly losses: tf.Tensor;
  readonly accuracies: tf.Tensor | null;
}
