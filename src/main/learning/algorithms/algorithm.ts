import type * as tf from '@tensorflow/tfjs-core';
import type { ParameterSpec } from '../models/model.ts';
import type { Schedule } from '../schedule.ts';
import type { Problem, QueryMeasure, Tasks } from './problem.ts';

/** A meta-learning algorithm: pure functions of tensors, one file each. */
export interface Algorithm {
  readonly citation: string;
  /** What the outer loop learns: the network's initialisation first, then what the algorithm adds to it. */
  metaParameters(problem: Problem): readonly ParameterSpec[];
  /** Numbers that `metaGradient` needs and that change from iteration to iteration. */
  schedule?(problem: Problem): Schedule | null;
  /** Gradient of the tasks' mean query loss, or what the outer optimiser shall take for it. */
  metaGradient(
    problem: Problem,
    meta: readonly tf.Tensor[],
    tasks: Tasks,
    scheduled: tf.Tensor | null, // values of the schedule at this iteration, [length]
  ): MetaGradient;
  /** Query loss and accuracy after 0, 1, ..., `steps` inner steps. */
  adaptationCurve(problem: Problem, meta: readonly tf.Tensor[], tasks: Tasks, steps: number): readonly QueryMeasure[];
}

export interface MetaGradient extends QueryMeasure {
  /** Shaped like the meta-parameters. */
  readonly gradients: readonly tf.Tensor[];
}
