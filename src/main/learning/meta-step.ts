import * as tf from '@tensorflow/tfjs-core';
import type { ClipConfig } from '../../shared/run-config/schema.ts';
import type { Algorithm, MetaGradient } from './algorithms/algorithm.ts';
import type { Problem } from './algorithms/problem.ts';
import type { StepFunction } from './compile/compiled-step.ts';
import { clipGradients, globalNorm } from './optimizers/clip.ts';
import type { Optimizer, SlotSpec } from './optimizers/optimizer.ts';
import type { StepSchedule } from './schedule.ts';
import { accumulates, overTasks, stackMeasures, type TaskLayout } from './task-layout.ts';

export interface MetaStepParts {
  readonly algorithm: Algorithm;
  readonly problem: Problem;
  readonly optimizer: Optimizer;
  readonly clip: ClipConfig;
  readonly layout: TaskLayout;
  /** Left out where nothing changes from iteration to iteration. */
  readonly schedule?: StepSchedule | null;
}

/** State of a meta-step, in order: meta-parameters, optimiser slots, and gradient sums if it accumulates. */
export function metaStepState({ algorithm, problem, optimizer, layout }: MetaStepParts): readonly SlotSpec[] {
  const parameters = algorithm.metaParameters(problem);
  const sums = accumulates(layout)
    ? parameters.map(({ name, shape }) => ({ name: `gradient-sum/${name}`, shape }))
    : [];
  return [...parameters, ...optimizer.slots(parameters), ...sums];
}

/**
 * One meta-iteration, or a share of one, as a pure function.
 * Feeds: support inputs, support targets, query inputs, query targets, each [tasksPerStep, ...]; the values of the
 * schedule if it has one; if it accumulates, also a scalar that is 1 in the last step of the iteration, which updates, and 0 in the others, which only add up.
 * Fetches: losses [tasksPerStep], accuracies [tasksPerStep] for classification, norm of the meta-gradient so far.
 */
export function createMetaStep(parts: MetaStepParts): StepFunction {
  const { algorithm, problem, optimizer, clip, layout } = parts;
  const parameterCount = algorithm.metaParameters(problem).length;
  const slotCount = optimizer.slots(algorithm.metaParameters(problem)).length;
  return (state, feeds) => {
    const parameters = state.slice(0, parameterCount);
    const slots = state.slice(parameterCount, parameterCount + slotCount);
    const sums = state.slice(parameterCount + slotCount);
    const scheduled = parts.schedule ? feeds[4]! : null;
    const ofAlgorithm = scheduled && scheduled.size > 1 ? tf.slice(scheduled, [1]) : null;
    const own = metaGradientOf(parts, parameters, feeds, ofAlgorithm);
    const share = layout.tasksPerStep / layout.metaBatch;
    const gradients = accumulates(layout)
      ? own.gradients.map((gradient, i) => tf.add(sums[i]!, tf.mul(gradient, share)))
      : own.gradients;
    const norm = globalNorm(gradients);
    const rateFactor = scheduled ? tf.reshape(tf.slice(scheduled, [0], [1]), []) : undefined;
    const updated = optimizer.update(parameters, clipGradients(gradients, norm, clip), slots, rateFactor);
    const fetches = [own.losses, ...(own.accuracies === null ? [] : [own.accuracies]), norm];
    if (!accumulates(layout)) return { state: [...updated.parameters, ...updated.slots], fetches };
    const updates = feeds.at(-1)!;
    const keeps = tf.sub(1, updates);
    const either = (next: tf.Tensor, current: tf.Tensor) => tf.add(tf.mul(next, updates), tf.mul(current, keeps));
    return {
      state: [
        ...updated.parameters.map((next, i) => either(next, parameters[i]!)),
        ...updated.slots.map((next, i) => either(next, slots[i]!)),
        ...gradients.map((sum) => tf.mul(sum, keeps)), // starts again from zero after an update
      ],
      fetches,
    };
  };
}

function metaGradientOf(
  { algorithm, problem, layout }: MetaStepParts,
  parameters: readonly tf.Tensor[],
  feeds: readonly tf.Tensor[],
  scheduled: tf.Tensor | null,
): MetaGradient {
  return overTasks(
    layout.batching,
    layout.tasksPerStep,
    feeds,
    (tasks) => algorithm.metaGradient(problem, parameters, tasks, scheduled),
    meanOf,
  );
}

function meanOf(results: readonly MetaGradient[]): MetaGradient {
  const first = results[0]!;
  return {
    gradients: first.gradients.map((_, i) => {
      const sum = results.map(({ gradients }) => gradients[i]!).reduce((a, b) => tf.add(a, b));
      return tf.div(sum, results.length);
    }),
    ...stackMeasures(results),
  };
}
