import * as tf from '@tensorflow/tfjs-core';
import { valueAndGradients } from '../autodiff/value-and-gradients.ts';
import { type Normalization, ownBatch, type ParameterSpec } from '../models/model.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { innerOptimizer } from '../optimizers/registry.ts';
import type { MetaGradient } from './algorithm.ts';
import type { Examples, Problem, QueryMeasure, Tasks } from './problem.ts';

/** How a task's weights move in the inner loop. */
export interface InnerRule {
  /** Which of the model's parameters move; the others stay as they were meta-learned. */
  moves(parameter: ParameterSpec): boolean;
  /** What is done with the gradients; its slots start at zero in each task. */
  readonly optimizer: Optimizer;
}

/** All weights, or those of one part, by the config's inner optimiser. */
export const configuredRule = (problem: Problem, part?: ParameterSpec['part']): InnerRule => ({
  moves: (parameter) => part === undefined || parameter.part === part,
  optimizer: innerOptimizer(problem.innerOptimizer, problem.innerRate),
});

/** Weights on their way through the inner loop, with the slots of those that move. */
export interface Adapting {
  readonly weights: readonly tf.Tensor[];
  readonly slots: readonly tf.Tensor[];
}

/** Each task's own copy of the parameters: [T, ...shape]; the parameters themselves for one task without axis. */
export function spreadOverTasks(parameters: readonly tf.Tensor[], taskAxis: number | null): readonly tf.Tensor[] {
  if (taskAxis === null) return parameters;
  return parameters.map((parameter) =>
    tf.tile(tf.expandDims(parameter, 0), [taskAxis, ...parameter.shape.map(() => 1)]),
  );
}

export function startAdapting({ model }: Problem, weights: readonly tf.Tensor[], rule: InnerRule): Adapting {
  const moving = model.parameters.flatMap((spec, i) =>
    rule.moves(spec) ? [{ name: spec.name, shape: weights[i]!.shape }] : [],
  );
  return { weights, slots: rule.optimizer.slots(moving).map(({ shape }) => tf.zeros([...shape])) };
}

/** phi <- phi - alpha grad L_support(phi): one step of the rule on the support set, for each task its own. */
export function innerStep(
  problem: Problem,
  { weights, slots }: Adapting,
  support: Examples,
  rule: InnerRule = configuredRule(problem),
): Adapting {
  const { model, loss } = problem;
  const moves = model.parameters.map((spec) => rule.moves(spec));
  const moving = weights.filter((_, i) => moves[i]);
  const supportLoss = (...moved: tf.Tensor[]): tf.Tensor => {
    const { predictions } = model.apply(replace(weights, moves, moved), support.inputs, ownBatch);
    return tf.sum(loss(predictions, support.targets)); // tasks share no weights: the sum keeps them apart
  };
  const updated = rule.optimizer.update(moving, tf.grads(supportLoss)(moving), slots);
  return { weights: replace(weights, moves, updated.parameters), slots: updated.slots };
}

/** The weights with those that move replaced, in order. */
function replace(
  weights: readonly tf.Tensor[],
  moves: readonly boolean[],
  moved: readonly tf.Tensor[],
): readonly tf.Tensor[] {
  let next = 0;
  return weights.map((weight, i) => (moves[i] ? moved[next++]! : weight));
}

/** The weights after `problem.innerSteps` steps, starting from `start`. */
export function innerLoop(
  problem: Problem,
  start: readonly tf.Tensor[],
  support: Examples,
  rule: InnerRule = configuredRule(problem),
): readonly tf.Tensor[] {
  let at = startAdapting(problem, start, rule);
  for (let step = 0; step < problem.innerSteps; step++) at = innerStep(problem, at, support, rule);
  return at.weights;
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

/**
 * Gradient of the mean query loss over tasks, through everything that `measure` does with the meta-parameters; of the
 * mean `objective` where there is one: a value per task, as losses are.
 */
export function gradientOfMeanLoss(
  meta: readonly tf.Tensor[],
  measure: (meta: readonly tf.Tensor[]) => QueryMeasure & { readonly objective?: tf.Tensor },
): MetaGradient {
  const { gradients, measured } = valueAndGradients((at) => {
    const { losses, accuracies, objective = losses } = measure(at);
    return { value: tf.mean(objective), measured: accuracies === null ? [losses] : [losses, accuracies] };
  }, meta);
  return { gradients, losses: measured[0]!, accuracies: measured[1] ?? null };
}

/** Measures after 0, 1, ..., `steps` steps of the rule from `initial`, the same for every task. */
export function gradientAdaptationCurve(
  problem: Problem,
  initial: readonly tf.Tensor[],
  tasks: Tasks,
  steps: number,
  rule: InnerRule = configuredRule(problem),
): readonly QueryMeasure[] {
  let at = startAdapting(problem, spreadOverTasks(initial, tasks.taskAxis), rule);
  const curve = [measureQuery(problem, at.weights, tasks)];
  for (let step = 0; step < steps; step++) {
    at = innerStep(problem, at, tasks.support, rule);
    curve.push(measureQuery(problem, at.weights, tasks));
  }
  return curve;
}
