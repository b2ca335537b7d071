import type { ParameterSpec } from '../models/model.ts';
import { sgd } from '../optimizers/sgd.ts';
import type { Algorithm } from './algorithm.ts';
import {
  gradientAdaptationCurve,
  gradientOfMeanLoss,
  type InnerRule,
  innerLoop,
  measureQuery,
  spreadOverTasks,
} from './inner-loop.ts';
import type { Problem } from './problem.ts';

/**
 * MAML whose inner loop moves one part of the network, in training and in test; the outer loop learns all of it, second
 * derivatives included.
 */
export function partialAdaptation(part: ParameterSpec['part'], citation: string): Algorithm {
  const rule = ({ innerRate }: Problem): InnerRule => ({
    moves: (parameter) => parameter.part === part,
    optimizer: sgd(innerRate),
  });
  return {
    citation,
    metaParameters: ({ model }) => model.parameters,
    metaGradient: (problem, meta, tasks) =>
      gradientOfMeanLoss(meta, (theta) => {
        const start = spreadOverTasks(theta, tasks.taskAxis);
        return measureQuery(problem, innerLoop(problem, start, tasks.support, rule(problem)), tasks);
      }),
    adaptationCurve: (problem, meta, tasks, steps) =>
      gradientAdaptationCurve(problem, meta, tasks, steps, rule(problem)),
  };
}
