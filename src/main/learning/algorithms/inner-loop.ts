import * as tf from '@tensorflow/tfjs-core';
import { type Normalization, ownBatch } from '../models/model.ts';
import type { Examples, Problem, QueryMeasure, Tasks } from './problem.ts';

/** Each task's own copy of the parameters: [T, ...shape]; the parameters themselves for one task without axis. */
export function spreadOverTasks(parameters: readonly tf.Tensor[], taskAxis: number | null): readonly tf.Tensor[] {
  if (taskAxis === null) return parameters;
  return parameters.map((parameter) =>
    tf.tile(tf.expandDims(parameter, 0), [taskAxis, ...parameter.shape.map(() => 1)]),
  );
}

/** phi <- phi - alpha grad L_support(phi): one step of gradient descent on the support set, for each task its own. */
export function innerStep(problem: Problem, fast: readonly tf.Tensor[], support: Examples): tf.Tensor[] {
  const supportLoss = (...weights: tf.Tensor[]): tf.Tensor => {
    const { predictions } = problem.model.apply(weights, support.inputs, ownBatch);
    return tf.sum(problem.loss(predictions, support.targets)); // tasks share no weights: the sum keeps them apart
  };
  const gradients = tf.grads(supportLoss)([...fast]);
  return fast.map((weight, i) => tf.sub(weight, tf.mul(gradients[i]!, problem.innerRate)));
}

/** The weights after `problem.innerSteps` steps, starting from `fast`. */
export function innerLoop(problem: Problem, fast: readonly tf.Tensor[], support: Examples): readonly tf.Tensor[] {
  let weights = fast;
  for (let step = 0; step < problem.innerSteps; step++) weights = innerStep(problem, weights, support);
  return weights;
}

/** Query loss and accuracy of these weights. Inductive batch norm takes its statistics from the support set alone. */
export function measureQuery(problem: Problem, weights: readonly tf.Tensor[], { support, query }: Tasks): QueryMeasure {
  const { model, loss, accuracy } = problem;
  const normalization: Normalization =
    model.batchNorm === 'inductive'
      ? { kind: 'given', statistics: model.apply(weights, support.inputs, ownBatch).statistics }
      : ownBatch;
  const { predictions } = model.apply(weights, query.inputs, normalization);
  return {
    losses: loss(predictions, query.targets),
    accuracies: accuracy === null ? null : accuracy(predictions, query.targets),
  };
}

/** Measures after 0, 1, ..., `steps` plain gradient steps from `initial`, the same for every task. */
export function gradientAdaptationCurve(
  problem: Problem,
  initial: readonly tf.Tensor[],
  tasks: Tasks,
  steps: number,
): readonly QueryMeasure[] {
  let weights = spreadOverTasks(initial, tasks.taskAxis);
  const curve = [measureQuery(problem, weights, tasks)];
  for (let step = 0; step < steps; step++) {
    weights = innerStep(problem, weights, tasks.support);
    curve.push(measureQuery(problem, weights, tasks));
  }
  return curve;
}

/** The measure's tensors in a row, for what carries lists of tensors. */
export const listOfMeasure = ({ losses, accuracies }: QueryMeasure): tf.Tensor[] =>
  accuracies === null ? [losses] : [losses, accuracies];

export const measureOfList = (tensors: readonly tf.Tensor[]): QueryMeasure => ({
  losses: tensors[0]!,
  accuracies: tensors[1] ?? null,
});
