import * as tf from '@tensorflow/tfjs-core';
import { ownBatch } from '../models/model.ts';
import type { Algorithm } from './algorithm.ts';
import { gradientOfMeanLoss, spreadOverTasks } from './inner-loop.ts';
import type { Problem, QueryMeasure, Tasks } from './problem.ts';

/**
 * Prototypical networks: Snell, Swersky, Zemel 2017, arXiv 1703.05175, algorithm 1. Learns an embedding, the network
 * without its head; a query belongs to the nearest class mean of the support set. Nothing adapts, so the curve has one
 * point. Transductive batch norm embeds support and query in one batch, as the authors' code does.
 */
export const protoNet: Algorithm = {
  citation: 'Snell, Swersky, Zemel 2017, arXiv 1703.05175',
  metaParameters: ({ model }) => model.parameters.filter(({ part }) => part === 'body'),
  metaGradient: (problem, meta, tasks) => gradientOfMeanLoss(meta, (phi) => classify(problem, phi, tasks)),
  adaptationCurve: (problem, meta, tasks) => [classify(problem, meta, tasks)],
};

function classify(problem: Problem, phi: readonly tf.Tensor[], tasks: Tasks): QueryMeasure {
  const { support, query } = tasks;
  const embedded = embed(problem, spreadOverTasks(phi, tasks.taskAxis), tasks); // f_phi(x), [..., n, features]
  const members = tf.expandDims(tf.sum(support.targets, -2), -1); // |S_k|, [..., classes, 1]
  const prototypes = tf.div(tf.matMul(support.targets, embedded.support, true), members); // c_k = mean of S_k
  const logits = tf.neg(squaredDistances(embedded.query, prototypes)); // p(y = k | x) ~ exp(-d(f_phi(x), c_k))
  return {
    losses: problem.loss(logits, query.targets), // J
    accuracies: problem.accuracy === null ? null : problem.accuracy(logits, query.targets),
  };
}

function embed(
  { model }: Problem,
  weights: readonly tf.Tensor[],
  { support, query, taskAxis }: Tasks,
): { support: tf.Tensor; query: tf.Tensor } {
  if (model.batchNorm === 'inductive') {
    const ofSupport = model.embed(weights, support.inputs, ownBatch);
    const given = { kind: 'given', statistics: ofSupport.statistics } as const;
    return { support: ofSupport.features, query: model.embed(weights, query.inputs, given).features };
  }
  const axis = taskAxis === null ? 0 : 1; // of the examples
  const { features } = model.embed(weights, tf.concat([support.inputs, query.inputs], axis), ownBatch);
  const counts = [support.inputs.shape[axis]!, query.inputs.shape[axis]!];
  const [ofSupport, ofQuery] = tf.split(features, counts, axis);
  return { support: ofSupport!, query: ofQuery! };
}

/** |x - c|^2 of each row x [..., n, features] to each row c [..., k, features]: [..., n, k]. */
function squaredDistances(x: tf.Tensor, c: tf.Tensor): tf.Tensor {
  const ofX = tf.sum(tf.square(x), -1, true); // [..., n, 1]
  const ofC = tf.expandDims(tf.sum(tf.square(c), -1), -2); // [..., 1, k]
  return tf.add(tf.sub(ofX, tf.mul(tf.matMul(x, c, false, true), 2)), ofC);
}
