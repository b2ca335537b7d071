import * as tf from '@tensorflow/tfjs-core';
import { stopGradient } from './autodiff/stop-gradient.ts';

/**
 * Losses and accuracy, one value per task: examples and outputs are the last two axes and are averaged over; axes
 * before them stay ([T, n, outputs] -> [T]; [n, outputs] -> a scalar). Right to every order of differentiation.
 */
export type TaskLoss = (predictions: tf.Tensor, targets: tf.Tensor) => tf.Tensor;

/** log softmax over the last axis, from a shifted log-sum-exp; `tf.logSoftmax` has no second derivative. */
export function logSoftmax(logits: tf.Tensor): tf.Tensor {
  const shifted = tf.sub(logits, stopGradient(tf.max(stopGradient(logits), -1, true))); // the shift cancels out
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)));
}

/** Cross-entropy in nats; `targets` are one-hot, shaped like the logits. */
export const crossEntropy: TaskLoss = (logits, targets) => {
  const shifted = tf.sub(logits, stopGradient(tf.max(stopGradient(logits), -1, true)));
  const logSumExp = tf.log(tf.sum(tf.exp(shifted), -1)); // [..., n]
  const ofTarget = tf.sum(tf.mul(shifted, targets), -1);
  return tf.mean(tf.sub(logSumExp, ofTarget), -1);
};

export const meanSquaredError: TaskLoss = (predictions, targets) =>
  tf.mean(tf.square(tf.sub(predictions, targets)), [-2, -1]);

/** Fraction of examples whose largest logit is the target's; not differentiable. */
export function accuracy(logits: tf.Tensor, targets: tf.Tensor): tf.Tensor {
  const hits = tf.equal(tf.argMax(stopGradient(logits), -1), tf.argMax(targets, -1));
  return tf.mean(tf.cast(hits, 'float32'), -1);
}
