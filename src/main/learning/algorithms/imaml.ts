import * as tf from '@tensorflow/tfjs-core';
import type { AlgorithmConfig } from '../../../shared/run-config/schema.ts';
import { stopGradient } from '../autodiff/stop-gradient.ts';
import { ownBatch } from '../models/model.ts';
import { sgd } from '../optimizers/sgd.ts';
import type { Algorithm } from './algorithm.ts';
import { gradientOfMeanLoss, type InnerRule, innerStep, measureQuery, spreadOverTasks } from './inner-loop.ts';
import type { Problem, QueryMeasure, Tasks } from './problem.ts';

export type ImamlSettings = Extract<AlgorithmConfig, { readonly kind: 'imaml' }>;

/**
 * Implicit MAML: Rajeswaran, Finn, Kakade, Levine 2019, arXiv 1909.04630, algorithms 1 and 2. The inner loop minimises
 * L_support(phi) + lambda/2 |phi - theta|^2; the meta-gradient (I + H/lambda)^-1 grad L_query(phi) comes from the
 * adapted weights alone, by conjugate gradients with Hessian-vector products, whatever the number of inner steps.
 */
export const imaml = (settings: ImamlSettings): Algorithm => ({
  citation: 'Rajeswaran, Finn, Kakade, Levine 2019, arXiv 1909.04630',
  metaParameters: ({ model }) => model.parameters,
  metaGradient: (problem, meta, tasks) => {
    const theta = spreadOverTasks(meta, tasks.taskAxis);
    let phi = theta; // algorithm 2, line 1: phi = Alg*(theta)
    for (let step = 0; step < problem.innerSteps; step++) phi = proximalStep(settings, problem, phi, theta, tasks);
    const { gradients: sums, ...measure } = gradientOfMeanLoss(phi, (at) => measureQuery(problem, at, tasks));
    const v = solve(settings, sums, hessianOf(problem, phi, tasks), tasks.taskAxis); // lines 2-3; the 1/T stays in v
    return { gradients: tasks.taskAxis === null ? v : v.map((own) => tf.sum(own, 0)), ...measure };
  },
  adaptationCurve: (problem, meta, tasks, steps): readonly QueryMeasure[] => {
    const theta = spreadOverTasks(meta, tasks.taskAxis);
    const curve = [measureQuery(problem, theta, tasks)];
    for (let phi = theta; curve.length <= steps; curve.push(measureQuery(problem, phi, tasks))) {
      phi = proximalStep(settings, problem, phi, theta, tasks);
    }
    return curve;
  },
});

/** phi <- phi - alpha (grad L_support(phi) + lambda (phi - theta)). */
function proximalStep(
  { lambda }: ImamlSettings,
  problem: Problem,
  phi: readonly tf.Tensor[],
  theta: readonly tf.Tensor[],
  { support }: Tasks,
): readonly tf.Tensor[] {
  const plain = sgd(problem.innerRate);
  const rule: InnerRule = {
    moves: () => true,
    optimizer: {
      ...plain,
      update: (weights, gradients, slots) => {
        const pulled = gradients.map((gradient, i) => tf.add(gradient, tf.mul(tf.sub(weights[i]!, theta[i]!), lambda)));
        return plain.update(weights, pulled, slots);
      },
    },
  };
  return innerStep(problem, { weights: phi, slots: [] }, support, rule).weights;
}

type LinearMap = (v: readonly tf.Tensor[]) => readonly tf.Tensor[];

/** v -> H v, H the Hessian of the support loss at phi: the gradient of grad L . v. */
function hessianOf({ model, loss }: Problem, phi: readonly tf.Tensor[], { support }: Tasks): LinearMap {
  const supportLoss = (...weights: tf.Tensor[]): tf.Tensor =>
    tf.sum(loss(model.apply(weights, support.inputs, ownBatch).predictions, support.targets));
  return (v) => {
    const alongV = (...weights: tf.Tensor[]): tf.Tensor =>
      tf.addN(
        tf
          .grads(supportLoss)(weights)
          .map((gradient, i) => tf.sum(tf.mul(gradient, v[i]!))),
      );
    return tf.grads(alongV)(phi.map(stopGradient));
  };
}

/**
 * Conjugate gradients for (I + H / (lambda + damping)) x = g from x = 0: Hestenes and Stiefel 1952; each task its own
 * system. Damping, as in the authors' code, keeps it positive definite where the loss curves downwards.
 */
function solve(
  { lambda, damping, solverSteps }: ImamlSettings,
  g: readonly tf.Tensor[],
  hessian: LinearMap,
  taskAxis: number | null,
): readonly tf.Tensor[] {
  const dot = (a: readonly tf.Tensor[], b: readonly tf.Tensor[]): tf.Tensor =>
    tf.addN(a.map((own, i) => sumWithinTask(tf.mul(own, b[i]!), taskAxis))); // [T], or a scalar
  const along = (a: readonly tf.Tensor[], factor: tf.Tensor, b: readonly tf.Tensor[]): readonly tf.Tensor[] =>
    a.map((own, i) => tf.add(own, tf.mul(b[i]!, alignedWith(factor, b[i]!)))); // a + factor b
  let x: readonly tf.Tensor[] = g.map((own) => tf.zerosLike(own));
  let residual = g;
  let direction = g;
  let size = dot(residual, residual);
  for (let step = 0; step < solverSteps; step++) {
    const product = along(direction, tf.scalar(1 / (lambda + damping)), hessian(direction)); // A p
    const length = tf.divNoNan(size, dot(direction, product)); // 0 once the residual is 0
    x = along(x, length, direction);
    residual = along(residual, tf.neg(length), product);
    const next = dot(residual, residual);
    direction = along(residual, tf.divNoNan(next, size), direction);
    size = next;
  }
  return x;
}

const sumWithinTask = (tensor: tf.Tensor, taskAxis: number | null): tf.Tensor =>
  taskAxis === null ? tf.sum(tensor) : tf.sum(tf.reshape(tensor, [taskAxis, -1]), 1);

/** [T] -> [T, 1, ...] in the rank of `tensor`. */
const alignedWith = (factor: tf.Tensor, tensor: tf.Tensor): tf.Tensor =>
  factor.rank === 0 ? factor : tf.reshape(factor, [factor.size, ...tensor.shape.slice(1).map(() => 1)]);
