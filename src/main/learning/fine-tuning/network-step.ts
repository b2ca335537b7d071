/** Steps of a network on labelled examples, as pure functions of its state: training, statistics, prediction. */

import * as tf from '@tensorflow/tfjs-core';
import type { NetworkFineTuneRunConfig } from '../../../shared/run-config/schema.ts';
import { valueAndGradients } from '../autodiff/value-and-gradients.ts';
import type { StepFunction } from '../compile/step.ts';
import { accuracy } from '../losses.ts';
import { type BatchStatistics, type Model, type Normalization, ownBatch } from '../models/model.ts';
import { clipGradients, globalNorm } from '../optimizers/clip.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { weightedLoss } from './fine-tune-step.ts';
import type { NetworkState } from './network-state.ts';

export interface NetworkParts {
  readonly model: Model;
  readonly layout: NetworkState;
  readonly optimizer: Optimizer;
  readonly clip: NetworkFineTuneRunConfig['outer']['clip'];
}

/**
 * Feeds: inputs [n, ...inputShape], one-hot targets [n, classes], weights [n], the outer rate's factor [1]. Batch norm
 * goes by the batch. Fetches: loss, accuracy and norm of the gradient, at the weights before the update.
 */
export function createNetworkStep({ model, layout, optimizer, clip }: NetworkParts): StepFunction {
  const trainedCount = layout.trained.length;
  const slotCount = optimizer.slots(layout.trained).length;
  return (state, [inputs, targets, weights, rateFactor]) => {
    const trained = state.slice(0, trainedCount);
    const slots = state.slice(trainedCount, trainedCount + slotCount);
    const frozen = state.slice(trainedCount + slotCount);
    const { value, gradients, measured } = valueAndGradients((at) => {
      const { predictions } = model.apply(layout.assemble(at, frozen), inputs!, ownBatch);
      return { value: weightedLoss(predictions, targets!, weights!, 'single'), measured: [predictions] };
    }, trained);
    const norm = globalNorm(gradients);
    const updated = optimizer.update(trained, clipGradients(gradients, norm, clip), slots, tf.reshape(rateFactor!, []));
    return {
      state: [...updated.parameters, ...updated.slots, ...frozen],
      fetches: [value, accuracy(measured[0]!, targets!), norm],
    };
  };
}

/** `slotCount` tensors of the state lie between trained and frozen ones. */
const parametersOf = (layout: NetworkState, state: readonly tf.Tensor[], slotCount: number): readonly tf.Tensor[] => {
  const trainedCount = layout.trained.length;
  return layout.assemble(state.slice(0, trainedCount), state.slice(trainedCount + slotCount));
};

/** Feeds: examples. Fetches: their mean and variance in each batch norm, layer by layer, [channels] each. */
export function createStatistics({ model, layout }: NetworkParts, slotCount: number): StepFunction {
  return (state, [inputs]) => {
    const { statistics } = model.apply(parametersOf(layout, state, slotCount), inputs!, ownBatch);
    return { state, fetches: statistics.flatMap(({ mean, variance }) => [mean, variance]) };
  };
}

/** Feeds: examples, then statistics as above, or none: those of the examples themselves. Fetches: logits [n, classes]. */
export function createNetworkPrediction({ model, layout }: NetworkParts, slotCount: number): StepFunction {
  return (state, [inputs, ...given]) => {
    const normalization: Normalization = given.length === 0 ? ownBatch : { kind: 'given', statistics: paired(given) };
    const { predictions } = model.apply(parametersOf(layout, state, slotCount), inputs!, normalization);
    return { state, fetches: [predictions] };
  };
}

const paired = (flat: readonly tf.Tensor[]): BatchStatistics =>
  Array.from({ length: flat.length / 2 }, (_, layer) => ({
    mean: flat[2 * layer]!,
    variance: flat[2 * layer + 1]!,
  }));
