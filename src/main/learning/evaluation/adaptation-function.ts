import type { Algorithm } from '../algorithms/algorithm.ts';
import type { Problem, QueryMeasure } from '../algorithms/problem.ts';
import type { PureFunction } from '../compile/compiled-step.ts';
import { overTasks, stackMeasures, type TaskLayout } from '../task-layout.ts';

/**
 * Adapts to a batch of episodes and measures after each inner step, as a pure function.
 * State: the meta-parameters. Feeds: as a meta-step's four. Fetches: losses [steps + 1, episodes], and accuracies
 * likewise for classification.
 */
export function createAdaptationFunction(
  algorithm: Algorithm,
  problem: Problem,
  batching: TaskLayout['batching'],
  episodes: number,
  steps: number,
): PureFunction {
  return (meta, feeds) => {
    const curve = overTasks<readonly QueryMeasure[]>(
      batching,
      episodes,
      feeds,
      (tasks) => algorithm.adaptationCurve(problem, meta, tasks, steps),
      (curves) => curves[0]!.map((_, step) => stackMeasures(curves.map((own) => own[step]!))),
    );
    const { losses, accuracies } = stackMeasures(curve); // of [episodes] tensors
    return accuracies === null ? [losses] : [losses, accuracies];
  };
}
