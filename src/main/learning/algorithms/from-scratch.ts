import * as tf from '@tensorflow/tfjs-core';
import type { AlgorithmConfig } from '../../../shared/run-config/schema.ts';
import { adam } from '../optimizers/adam.ts';
import { sgd } from '../optimizers/sgd.ts';
import type { Algorithm } from './algorithm.ts';
import { gradientAdaptationCurve, type InnerRule } from './inner-loop.ts';
import type { Problem } from './problem.ts';

export type FromScratchSettings = Extract<AlgorithmConfig, { readonly kind: 'from-scratch' }>;

/**
 * The zero line of every few-shot number: a randomly initialised network, trained on each support set alone. Nothing is
 * meta-learned; an iteration only measures, so that one of them is enough. Give it many test steps.
 */
export function fromScratch({ innerOptimizer }: FromScratchSettings): Algorithm {
  const rule = ({ innerRate }: Problem): InnerRule => ({
    moves: () => true,
    optimizer: innerOptimizer === 'adam' ? adam(innerRate) : sgd(innerRate),
  });
  return {
    citation: 'Vinyals, Blundell, Lillicrap, Kavukcuoglu, Wierstra 2016, arXiv 1606.04080 (baseline without training)',
    metaParameters: ({ model }) => model.parameters,
    metaGradient: (problem, meta, tasks) => {
      const curve = gradientAdaptationCurve(problem, meta, tasks, problem.innerSteps, rule(problem));
      return { gradients: meta.map((own) => tf.zerosLike(own)), ...curve.at(-1)! };
    },
    adaptationCurve: (problem, meta, tasks, steps) =>
      gradientAdaptationCurve(problem, meta, tasks, steps, rule(problem)),
  };
}
