/** One step of fine-tuning and one of predicting, as pure functions of the classifier's state. */

import * as tf from '@tensorflow/tfjs-core';
import { valueAndGradients } from '../autodiff/value-and-gradients.ts';
import type { PureFunction, StepFunction } from '../compile/step.ts';
import { classify } from '../encoder/classifier.ts';
import type { EncoderBatch, EncoderRandom } from '../encoder/encoder.ts';
import type { EncoderConfig } from '../encoder/encoder-config.ts';
import { decays } from '../encoder/parameters.ts';
import { accuracy, logSoftmax } from '../losses.ts';
import { adamw } from '../optimizers/adamw.ts';
import { clipGradients, globalNorm } from '../optimizers/clip.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { optimizers } from '../optimizers/registry.ts';
import type { ClassifierState } from './classifier-state.ts';
import type { FineTuneSettings } from './settings.ts';

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
  const { config, state: layout, optimizer, settings, labelMode } = parts;
  const trainedCount = layout.trained.length;
  const slotCount = optimizer.slots(layout.trained).length;
  return (state, [ids, mask, types, targets, weights, rateFactor, seed]) => {
    const trained = state.slice(0, trainedCount);
    const slots = state.slice(trainedCount, trainedCount + slotCount);
    const frozen = state.slice(trainedCount + slotCount);
    const batch = { ids, mask, types } as EncoderBatch;
    const random: EncoderRandom = settings.dropout > 0 ? { kind: 'dropout', seed: seed! } : { kind: 'off' };
    const { value, gradients, measured } = valueAndGradients((at) => {
      const logits = classify(config, layout.head, layout.assemble(at, frozen), batch, random, settings.precision);
      return { value: weightedLoss(logits, targets!, weights!, labelMode), measured: [logits] };
    }, trained);
    const norm = globalNorm(gradients);
    const clipped = clipGradients(gradients, norm, settings.outer.clip);
    const updated = optimizer.update(trained, clipped, slots, tf.reshape(rateFactor!, []));
    const hits = hitsOf(measured[0]!, targets!, labelMode);
    const counted = tf.cast(tf.greater(weights!, 0), 'float32');
    const share = tf.div(tf.sum(tf.mul(hits, counted)), tf.sum(counted));
    return { state: [...updated.parameters, ...updated.slots, ...frozen], fetches: [value, share, norm] };
  };
}

/** Logits [n, labels] of ids, mask and types; `slotCount` tensors of the state lie between trained and frozen ones. */
export function createPrediction({ config, state: layout, settings }: StepParts, slotCount: number): PureFunction {
  const trainedCount = layout.trained.length;
  return (state, [ids, mask, types]) => {
    const parameters = layout.assemble(state.slice(0, trainedCount), state.slice(trainedCount + slotCount));
    return [
      classify(
        config,
        layout.head,
        parameters,
        { ids, mask, types } as EncoderBatch,
        { kind: 'off' },
        settings.precision,
      ),
    ];
  };
}

/** Mean over the rows by their weights: of cross-entropy, or for several labels of the mean binary cross-entropy. */
export function weightedLoss(
  logits: tf.Tensor,
  targets: tf.Tensor,
  weights: tf.Tensor,
  labelMode: StepParts['labelMode'],
): tf.Tensor {
  const perRow =
    labelMode === 'single'
      ? tf.neg(tf.sum(tf.mul(logSoftmax(logits), targets), -1)) // [n]
      : tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, targets)), -1); // -log sigmoid(z) = softplus(z) - z
  return tf.div(tf.sum(tf.mul(perRow, weights)), tf.sum(weights));
}

/** 1 where the largest logit is the target's, or where all labels are right; [n]. */
function hitsOf(logits: tf.Tensor, targets: tf.Tensor, labelMode: StepParts['labelMode']): tf.Tensor {
  if (labelMode === 'single') return accuracy(tf.expandDims(logits, 1), tf.expandDims(targets, 1));
  const said = tf.cast(tf.greater(logits, 0), 'float32');
  return tf.cast(tf.equal(tf.sum(tf.abs(tf.sub(said, targets)), -1), 0), 'float32');
}
