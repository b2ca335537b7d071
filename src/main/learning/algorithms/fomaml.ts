import * as tf from '@tensorflow/tfjs-core';
import type { Algorithm } from './algorithm.ts';
import { gradientAdaptationCurve, gradientOfMeanLoss, innerLoop, measureQuery, spreadOverTasks } from './inner-loop.ts';

/**
 * First-order MAML: Finn, Abbeel, Levine 2017, arXiv 1703.03400, section 5.2; named in Nichol 2018, arXiv 1803.02999.
 * The query gradient at the adapted weights stands for that at the initialisation; no second derivative is built.
 */
export const fomaml: Algorithm = {
  citation: 'Finn, Abbeel, Levine 2017, arXiv 1703.03400, section 5.2',
  metaParameters: ({ model }) => model.parameters,
  metaGradient: (problem, meta, tasks) => {
    const start = spreadOverTasks(meta, tasks.taskAxis);
    const adapted = innerLoop(problem, start, tasks.support); // outside the differentiated function: a constant to it
    const { gradients, ...measure } = gradientOfMeanLoss(adapted, (weights) => measureQuery(problem, weights, tasks));
    const ofMeta = tasks.taskAxis === null ? gradients : gradients.map((gradient) => tf.sum(gradient, 0));
    return { gradients: ofMeta, ...measure };
  },
  adaptationCurve: (problem, meta, tasks, steps) => gradientAdaptationCurve(problem, meta, tasks, steps),
};
