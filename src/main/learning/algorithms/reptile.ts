import * as tf from '@tensorflow/tfjs-core';
import type { AlgorithmConfig } from '../../../shared/run-config/schema.ts';
import { innerOptimizer } from '../optimizers/registry.ts';
import type { Algorithm } from './algorithm.ts';
import {
  type Adapting,
  type InnerRule,
  innerStep,
  measureQuery,
  spreadOverTasks,
  startAdapting,
} from './inner-loop.ts';
import { miniBatch } from './mini-batches.ts';
import type { Problem, Tasks } from './problem.ts';

export type ReptileSettings = Extract<AlgorithmConfig, { readonly kind: 'reptile' }>;

/**
 * Reptile: Nichol, Achiam, Schulman 2018, arXiv 1803.02999, algorithm 2 (batched). Trains on each task for k steps and
 * moves the initialisation towards the weights found; the outer optimiser gets phi - phi_i for a gradient, so that SGD
 * of rate epsilon is the paper's interpolation. Adam in the inner loop has beta_1 = 0 and fresh slots in each task.
 * Training needs no query set: its loss is measured for the curve alone.
 */
export function reptile({ perClass }: ReptileSettings): Algorithm {
  const rule = (problem: Problem): InnerRule => ({
    moves: () => true,
    optimizer: innerOptimizer(problem.innerOptimizer, problem.innerRate, { beta1: 0 }),
  });
  const step = (problem: Problem, at: Adapting, { support }: Tasks, number: number): Adapting => {
    const classes = problem.accuracy === null ? 1 : support.targets.shape.at(-1)!;
    return innerStep(problem, at, miniBatch(support, classes, perClass, number), rule(problem));
  };
  return {
    citation: 'Nichol, Achiam, Schulman 2018, arXiv 1803.02999',
    metaParameters: ({ model }) => model.parameters,
    metaGradient: (problem, phi, tasks) => {
      const start = spreadOverTasks(phi, tasks.taskAxis);
      let at = startAdapting(problem, start, rule(problem));
      for (let k = 0; k < problem.innerSteps; k++) at = step(problem, at, tasks, k); // phi_i = U_tau^k(phi)
      const moved = start.map((own, i) => tf.sub(own, at.weights[i]!));
      const gradients = tasks.taskAxis === null ? moved : moved.map((own) => tf.mean(own, 0)); // mean of phi - phi_i
      return { gradients, ...measureQuery(problem, at.weights, tasks) };
    },
    adaptationCurve: (problem, phi, tasks, steps) => {
      let at = startAdapting(problem, spreadOverTasks(phi, tasks.taskAxis), rule(problem));
      const curve = [measureQuery(problem, at.weights, tasks)];
      for (let k = 0; k < steps; k++) {
        at = step(problem, at, tasks, k);
        curve.push(measureQuery(problem, at.weights, tasks));
      }
      return curve;
    },
  };
}
