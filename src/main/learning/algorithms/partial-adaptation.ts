import type { ParameterSpec } from '../models/model.ts';
import type { Algorithm } from './algorithm.ts';
import {
  configuredRule,
  gradientAdaptationCurve,
  gradientOfMeanLoss,
  innerLoop,
  measureQuery,
  spreadOverTasks,
} from './inner-loop.ts';

/**
 * MAML whose inner loop moves one part of the network, in training and in test; the outer loop learns all of it, second
 * derivatives included.
 */
export function partialAdaptation(part: ParameterSpec['part'], citation: string): Algorithm {
  return {
    citation,
    metaParameters: ({ model }) => model.parameters,
    metaGradient: (problem, meta, tasks) =>
      gradientOfMeanLoss(meta, (theta) => {
        const start = spreadOverTasks(theta, tasks.taskAxis);
        return measureQuery(problem, innerLoop(problem, start, tasks.support, configuredRule(problem, part)), tasks);
      }),
    adaptationCurve: (problem, meta, tasks, steps) =>
      gradientAdaptationCurve(problem, meta, tasks, steps, configuredRule(problem, part)),
  };
}
