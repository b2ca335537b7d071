import * as tf from '@tensorflow/tfjs-core';
import type { Examples, QueryMeasure, Tasks } from './algorithms/problem.ts';

/** How the tasks of a meta-batch are laid out in one step. */
export interface TaskLayout {
  /** `batched`: side by side along a task axis. `looped`: one after another in the same graph. */
  readonly batching: 'batched' | 'looped';
  /** Tasks in one call of the step; divides the meta-batch. */
  readonly tasksPerStep: number;
  readonly metaBatch: number;
}

/** Whether a meta-iteration takes several steps, which add up gradients before the last one updates. */
export const accumulates = ({ tasksPerStep, metaBatch }: TaskLayout): boolean => tasksPerStep < metaBatch;

/** Calls `f` once for all tasks side by side, or once for each and joins what it gave. */
export function overTasks<Result>(
  batching: TaskLayout['batching'],
  tasks: number,
  feeds: readonly tf.Tensor[],
  f: (tasks: Tasks) => Result,
  join: (results: readonly Result[]) => Result,
): Result {
  const [supportInputs, supportTargets, queryInputs, queryTargets] = feeds as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  if (batching === 'batched') {
    return f({
      support: { inputs: supportInputs, targets: supportTargets },
      query: { inputs: queryInputs, targets: queryTargets },
      taskAxis: tasks,
    });
  }
  const nth = (inputs: tf.Tensor, targets: tf.Tensor, task: number): Examples => ({
    inputs: sliceTask(inputs, task),
    targets: sliceTask(targets, task),
  });
  return join(
    Array.from({ length: tasks }, (_, task) =>
      f({
        support: nth(supportInputs, supportTargets, task),
        query: nth(queryInputs, queryTargets, task),
        taskAxis: null,
      }),
    ),
  );
}

/** [T, ...] -> [...] of one task. */
function sliceTask(batch: tf.Tensor, task: number): tf.Tensor {
  const rest = batch.shape.slice(1);
  return tf.reshape(tf.slice(batch, [task, ...rest.map(() => 0)], [1, ...rest]), rest);
}

/** Scalars of single tasks -> [T]. */
export function stackMeasures(measures: readonly QueryMeasure[]): QueryMeasure {
  const accuracies = measures.flatMap(({ accuracies: own }) => (own === null ? [] : [own]));
  return {
    losses: tf.stack(measures.map(({ losses }) => losses)),
    accuracies: accuracies.length > 0 ? tf.stack(accuracies) : null,
  };
}
