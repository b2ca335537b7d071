import { stableJson } from './grouping.ts';
import type { RunConfig } from './schema.ts';

/**
 * Equal for runs whose iterations cost about the same: rates, seeds, names and the number of iterations do not matter.
 * Runs of one key let the time of the next one be estimated.
 */
export function costKeyOf(config: RunConfig): string {
  const { task, model, algorithm, inner, outer, evaluation, engine, device } = config;
  return stableJson({
    task,
    model,
    algorithm,
    innerSteps: inner.steps,
    innerOptimizer: inner.optimizer,
    optimizer: outer.optimizer,
    metaBatch: outer.metaBatch,
    evaluation: { every: evaluation.every, episodes: evaluation.episodes, testSteps: evaluation.testSteps },
    engine,
    device,
  });
}
