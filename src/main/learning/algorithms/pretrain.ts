import * as tf from '@tensorflow/tfjs-core';
import type { AlgorithmConfig } from '../../../shared/run-config/schema.ts';
import { headParameters, withHead } from '../models/heads.ts';
import { ownBatch } from '../models/model.ts';
import type { Algorithm } from './algorithm.ts';
import { configuredRule, gradientAdaptationCurve, gradientOfMeanLoss } from './inner-loop.ts';
import type { Examples, Problem, QueryMeasure, Tasks } from './problem.ts';

export type PretrainSettings = Extract<AlgorithmConfig, { readonly kind: 'pretrain' }>;

/**
 * The honest rival: one classifier of all training classes, then a new head for each task. Chen, Liu, Kira, Wang, Huang
 * 2019, arXiv 1904.04232: Baseline with a linear head, Baseline++ with a cosine head; the body stays as it was trained.
 * A training task is a batch of labelled examples of any classes (tasks/class-batches.ts).
 */
export function pretrain({ head }: PretrainSettings): Algorithm {
  const trainedHead = ({ model, trainingOutputs }: Problem) =>
    headParameters(model, head, trainingOutputs, 'training-head');
  const newHead = ({ model, outputs }: Problem) => headParameters(model, head, outputs, 'new-head');
  const body = ({ model }: Problem) => model.parameters.filter(({ part }) => part === 'body');
  return {
    citation: 'Chen, Liu, Kira, Wang, Huang 2019, arXiv 1904.04232',
    /** Body, head of all training classes, and the random weights that each task's own head starts from. */
    metaParameters: (problem) => [...body(problem), ...trainedHead(problem), ...newHead(problem)],
    metaGradient: (problem, meta, { support, query, taskAxis }) => {
      const start = meta.length - newHead(problem).length;
      const model = withHead(problem.model, head, trainedHead(problem));
      const result = gradientOfMeanLoss(meta.slice(0, start), (theta): QueryMeasure => {
        const { inputs, targets } = joined(support, query, taskAxis); // plain training: both are one batch
        const flat = taskAxis === null ? inputs : tf.reshape(inputs, [-1, ...problem.model.inputShape]); // one network
        const logits = tf.reshape(model.apply(theta, flat, ownBatch).predictions, targets.shape);
        return { losses: problem.loss(logits, targets), accuracies: problem.accuracy?.(logits, targets) ?? null };
      });
      const unmoved = meta.slice(start).map((own) => tf.zerosLike(own));
      return { ...result, gradients: [...result.gradients, ...unmoved] };
    },
    adaptationCurve: (problem, meta, tasks, steps) => {
      const start = [...meta.slice(0, body(problem).length), ...meta.slice(meta.length - newHead(problem).length)];
      const headed: Problem = { ...problem, model: withHead(problem.model, head, newHead(problem)) };
      return gradientAdaptationCurve(headed, start, tasks, steps, configuredRule(headed, 'head'));
    },
  };
}

function joined(support: Examples, query: Examples, taskAxis: Tasks['taskAxis']): Examples {
  const axis = taskAxis === null ? 0 : 1; // of the examples
  return {
    inputs: tf.concat([support.inputs, query.inputs], axis),
    targets: tf.concat([support.targets, query.targets], axis),
  };
}
