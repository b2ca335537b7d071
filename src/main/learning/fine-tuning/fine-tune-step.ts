/** One step of fine-tuning and one of predicting, as pure functions of the classifier's state. */

import * as tf from '@tensorflow/tfjs-core';
import { valueAndGradients } from '../autodiff/value-and-gradients.ts';
import type { PureFunction, StepFunction, StepResult } from '../compile/step.ts';
import { classify } from '../encoder/classifier.ts';
import type { EncoderBatch, EncoderRandom } from '../encoder/encoder.ts';
import type { EncoderConfig } from '../encoder/encoder-config.ts';
import { decays } from '../encoder/parameters.ts';
import { accuracy, logSoftmax } from '../losses.ts';
import { adamw } from '../optimizers/adamw.ts';
import { clipGradients, globalNorm } from '../optimizers/clip.ts';
import { inPlaceAdam } from '../optimizers/in-place-adam.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { optimizers } from '../optimizers/registry.ts';
import type { ClassifierState } from './classifier-state.ts';
import type { FineTuneSettings } from './settings.ts';
import { stateLayout } from './state-layout.ts';

export interface StepParts {
  readonly config: EncoderConfig;
  readonly state: ClassifierState;
  readonly optimizer: Optimizer;
  readonly settings: FineTuneSettings;
  readonly labelMode: 'single' | 'multi';
}

/** AdamW shrinks neither biases nor what layer norm scales and shifts by (Devlin 2019, code). */
export function fineTuneOptimizer({ outer }: FineTuneSettings, { trained }: ClassifierState): Optimizer {
  if (outer.optimizer !== 'adamw') return optimizers[outer.optimizer](outer);
  const shrinks = trained.map(({ name }) => decays(name));
  return adamw(outer.rate, outer.weightDecay, (index) => shrinks[index]!);
}

/**
 * Feeds: ids, mask, types [n, L]; targets [n, labels] (one-hot, or 0 and 1 for several labels); weights [n], 0 for rows
 * that only fill up; the outer rate's factor [1]; a seed int32 [2]. Fetches: loss, accuracy, norm of the gradient.
 */
export function createFineTuneStep(parts: StepParts): StepFunction {
  return (state, [ids, mask, types, targets, weights, rateFactor, seed]) => {
    const batch: LabelledBatch = { ids, mask, types, targets, weights } as LabelledBatch;
    const { value, gradients, hits } = lossAndGradients(parts, state, batch, tf.sum(weights!), seed!);
    const { norm, ...changed } = optimizerStep(parts, state, gradients, rateFactor!);
    const counted = tf.sum(tf.cast(tf.greater(weights!, 0), 'float32'));
    return { ...changed, fetches: [value, tf.div(hits, counted), norm] };
  };
}

/**
 * Adds the gradient of one of the batches that make a step to the sums. Feeds as above up to the weights; the weights
 * of all these batches together [1]; a seed. Fetches, to be added up: the batch's share of the loss, the right ones.
 */
export function createGradientSum(parts: StepParts): StepFunction {
  const { firstSum } = stateLayout(parts, 'train');
  return (state, [ids, mask, types, targets, weights, allWeights, seed]) => {
    const batch: LabelledBatch = { ids, mask, types, targets, weights } as LabelledBatch;
    const { value, gradients, hits } = lossAndGradients(parts, state, batch, tf.reshape(allWeights!, []), seed!);
    const inPlace = gradients.map((gradient, i) => ({ kind: 'add', state: firstSum + i, value: gradient }) as const);
    return { state, fetches: [value, hits], inPlace: inPlace.reverse() }; // the last layer's gradient comes first
  };
}

/** The optimiser's step by the sums, which are zero again afterwards. Feed: the outer rate's factor [1]. Fetch: norm. */
export function createSummedStep(parts: StepParts): StepFunction {
  const { firstSum, firstFrozen } = stateLayout(parts, 'train');
  return (state, [rateFactor]) => {
    const { norm, ...changed } = optimizerStep(parts, state, state.slice(firstSum, firstFrozen), rateFactor!);
    const emptied = changed.state.map((tensor, i) =>
      i >= firstSum && i < firstFrozen ? tf.zeros(tensor.shape) : tensor,
    );
    return { ...changed, state: emptied, fetches: [norm] };
  };
}

interface LabelledBatch extends EncoderBatch {
  readonly targets: tf.Tensor;
  readonly weights: tf.Tensor;
}

/** `hits`: how many rows that count are right. */
function lossAndGradients(
  parts: StepParts,
  state: readonly tf.Tensor[],
  batch: LabelledBatch,
  allWeights: tf.Tensor,
  seed: tf.Tensor,
) {
  const { config, state: classifier, settings, labelMode } = parts;
  const { trained, firstFrozen } = stateLayout(parts, 'train');
  const frozen = state.slice(firstFrozen);
  const random: EncoderRandom = settings.dropout > 0 ? { kind: 'dropout', seed } : { kind: 'off' };
  const { value, gradients, measured } = valueAndGradients(
    (at) => {
      const parameters = classifier.assemble(at, frozen);
      const logits = classify(config, classifier.head, parameters, batch, random, settings.precision);
      const loss = tf.div(summedLoss(logits, batch.targets, batch.weights, labelMode), allWeights);
      return { value: loss, measured: [logits] };
    },
    state.slice(0, trained),
  );
  const counted = tf.cast(tf.greater(batch.weights, 0), 'float32');
  return { value, gradients, hits: tf.sum(tf.mul(hitsOf(measured[0]!, batch.targets, labelMode), counted)) };
}

/** Clips and updates; Adam in place, since a copy of a large model's weights and moments would double its memory. */
function optimizerStep(
  parts: StepParts,
  state: readonly tf.Tensor[],
  gradients: readonly tf.Tensor[],
  rateFactor: tf.Tensor,
): { readonly norm: tf.Tensor; readonly state: readonly tf.Tensor[]; readonly inPlace?: StepResult['inPlace'] } {
  const { optimizer, settings } = parts;
  const { outer } = settings;
  const { trained, firstSlot, firstSum } = stateLayout(parts, 'train');
  const norm = globalNorm(gradients);
  const clipped = clipGradients(gradients, norm, outer.clip);
  const factor = tf.reshape(rateFactor, []);
  if (outer.optimizer === 'sgd') {
    const updated = optimizer.update(state.slice(0, trained), clipped, state.slice(firstSlot, firstSum), factor);
    return { norm, state: [...updated.parameters, ...updated.slots, ...state.slice(firstSum)] };
  }
  const step = tf.add(state[firstSum - 1]!, 1); // Adam's last slot counts the steps
  const places = clipped.map((_, i) => ({
    ...{ parameter: i, firstMoment: firstSlot + i, secondMoment: firstSlot + trained + i },
  }));
  const names = parts.state.trained.map(({ name }) => name);
  const inPlace = inPlaceAdam(places, clipped, {
    ...{ rate: tf.mul(factor, outer.rate), step },
    decay: outer.optimizer === 'adamw' ? outer.weightDecay : 0,
    shrinks: (index) => decays(names[index]!),
  });
  return { norm, state: state.map((tensor, i) => (i === firstSum - 1 ? step : tensor)), inPlace };
}

/** Logits [n, labels] of ids, mask and types; so many tensors of the state lie `between` trained and frozen ones. */
export function createPrediction(parts: StepParts, between: number): PureFunction {
  const { config, state: classifier, settings } = parts;
  const trained = classifier.trained.length;
  return (state, [ids, mask, types]) => {
    const parameters = classifier.assemble(state.slice(0, trained), state.slice(trained + between));
    const batch = { ids, mask, types } as EncoderBatch;
    return [classify(config, classifier.head, parameters, batch, { kind: 'off' }, settings.precision)];
  };
}

/** Mean over the rows by their weights. */
export const weightedLoss = (
  logits: tf.Tensor,
  targets: tf.Tensor,
  weights: tf.Tensor,
  labelMode: StepParts['labelMode'],
): tf.Tensor => tf.div(summedLoss(logits, targets, weights, labelMode), tf.sum(weights));

/** Over the rows, each by its weight: of cross-entropy, or for several labels of the mean binary cross-entropy. */
function summedLoss(
  logits: tf.Tensor,
  targets: tf.Tensor,
  weights: tf.Tensor,
  labelMode: StepParts['labelMode'],
): tf.Tensor {
  const perRow =
    labelMode === 'single'
      ? tf.neg(tf.sum(tf.mul(logSoftmax(logits), targets), -1)) // [n]
      : tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, targets)), -1); // -log sigmoid(z) = softplus(z) - z
  return tf.sum(tf.mul(perRow, weights));
}

/** 1 where the largest logit is the target's, or where all labels are right; [n]. */
function hitsOf(logits: tf.Tensor, targets: tf.Tensor, labelMode: StepParts['labelMode']): tf.Tensor {
  if (labelMode === 'single') return accuracy(tf.expandDims(logits, 1), tf.expandDims(targets, 1));
  const said = tf.cast(tf.greater(logits, 0), 'float32');
  return tf.cast(tf.equal(tf.sum(tf.abs(tf.sub(said, targets)), -1), 0), 'float32');
}
