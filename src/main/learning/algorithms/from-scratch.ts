import * as tf from '@tensorflow/tfjs-core';
import type { Algorithm } from './algorithm.ts';
import { gradientAdaptationCurve } from './inner-loop.ts';

/**
 * The zero line of every few-shot number: a randomly initialised network, trained on each support set alone. Nothing is
 * meta-learned; an iteration only measures, so that one of them is enough. Give it many test steps.
 */
export const fromScratch: Algorithm = {
  citation: 'Vinyals, Blundell, Lillicrap, Kavukcuoglu, Wierstra 2016, arXiv 1606.04080 (baseline without training)',
  metaParameters: ({ model }) => model.parameters,
  metaGradient: (problem, meta, tasks) => {
    const curve = gradientAdaptationCurve(problem, meta, tasks, problem.innerSteps);
    return { gradients: meta.map((own) => tf.zerosLike(own)), ...curve.at(-1)! };
  },
  adaptationCurve: (problem, meta, tasks, steps) => gradientAdaptationCurve(problem, meta, tasks, steps),
};
