import * as tf from '@tensorflow/tfjs-core';
import type { AlgorithmConfig } from '../../../shared/run-config/schema.ts';
import { uniform } from '../models/initializers.ts';
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

export type MetaSgdSettings = Extract<AlgorithmConfig, { readonly kind: 'meta-sgd' }>;

/**
 * Meta-SGD: Li, Zhou, Chen, Li 2017, arXiv 1707.09835, algorithm 1. The outer loop learns the initialisation theta and
 * alpha, a rate for each single weight, which may turn negative: together the inner loop's direction and step size.
 * Rates are in terms of the mean loss and start uniformly in [lowest, highest].
 */
export const metaSgd = ({ lowestRate, highestRate }: MetaSgdSettings): Algorithm => ({
  citation: 'Li, Zhou, Chen, Li 2017, arXiv 1707.09835',
  metaParameters: ({ model }) => [
    ...model.parameters,
    ...model.parameters.map(({ name, shape, part }) => ({
      ...{ name: `rate/${name}`, shape, part },
      initialize: uniform(lowestRate, highestRate),
    })),
  ],
  metaGradient: (problem, meta, tasks) =>
    // lines 9-10: the gradient of the query losses with respect to (theta, alpha)
    gradientOfMeanLoss(meta, (both) => {
      const { theta, rule } = split(problem, spreadOverTasks(both, tasks.taskAxis));
      return measureQuery(problem, innerLoop(problem, theta, tasks.support, rule), tasks); // lines 5-8
    }),
  adaptationCurve: (problem, meta, tasks, steps) => {
    const { rule } = split(problem, spreadOverTasks(meta, tasks.taskAxis));
    return gradientAdaptationCurve(problem, meta.slice(0, problem.model.parameters.length), tasks, steps, rule);
  },
});

/** Line 6: theta_i' = theta - alpha * grad L_i(theta), element by element. */
function split({ model }: Problem, meta: readonly tf.Tensor[]): { theta: readonly tf.Tensor[]; rule: InnerRule } {
  const alpha = meta.slice(model.parameters.length);
  return {
    theta: meta.slice(0, model.parameters.length),
    rule: {
      moves: () => true,
      optimizer: {
        slots: () => [],
        update: (weights, gradients) => ({
          parameters: weights.map((weight, i) => tf.sub(weight, tf.mul(alpha[i]!, gradients[i]!))),
          slots: [],
        }),
      },
    },
  };
}
