import type { MetaRunConfig } from '../../shared/run-config/schema.ts';
import { wayOf } from '../../shared/run-config/task-facts.ts';
import type { Problem } from './algorithms/problem.ts';
import { accuracy, crossEntropy, meanSquaredError } from './losses.ts';
import { createModel } from './models/create-model.ts';
import type { TaskShape } from './tasks/task-batch.ts';

/** Network, loss and inner loop of a config for tasks of these shapes; throws a plain sentence when they do not fit. */
export function createProblem(config: MetaRunConfig, shape: TaskShape, trained: TaskShape): Problem {
  const classification = wayOf(config.task) !== null;
  return {
    model: createModel(config.model, shape.exampleShape, shape.outputs),
    loss: classification ? crossEntropy : meanSquaredError,
    accuracy: classification ? accuracy : null,
    innerRate: meanLossRate(config),
    innerSteps: config.inner.steps,
    innerOptimizer: config.inner.optimizer,
    outputs: shape.outputs,
    trainingOutputs: trained.outputs,
  };
}

/** Summing the loss over classes is the mean loss with a rate that is larger by the way: a gradient is linear in both. */
const meanLossRate = ({ inner, task }: MetaRunConfig): number =>
  inner.lossReduction === 'sum-over-classes' ? inner.rate * (wayOf(task) ?? 1) : inner.rate;
