/** Encoder and head: logits of texts, with each family's own head, so that transformers loads what is exported. */

import * as tf from '@tensorflow/tfjs-core';
import type { ParameterSpec } from '../models/model.ts';
import { dropping } from './dropout.ts';
import { type Encoded, type EncoderBatch, type EncoderRandom, encode, firstTokens } from './encoder.ts';
import type { EncoderConfig } from './encoder-config.ts';
import { linear } from './layers.ts';
import { encoderParameters, linear as linearParameters } from './parameters.ts';
import type { Precision } from './product.ts';

export interface ClassifierHead {
  /**
   * `pooled`: the first token, through what the family's sequence classifier has between it and the logits.
   * `mean`: the mean of all tokens, then one linear layer; transformers has no such classifier.
   */
  readonly kind: 'pooled' | 'mean';
  /** Logits per text. */
  readonly outputs: number;
  /** Probability that a feature is dropped before the last layer. */
  readonly dropout: number;
}

/** The encoder's parameters, then the head's, which start as random numbers; the pooler comes with the encoder. */
export function classifierParameters(config: EncoderConfig, head: ClassifierHead): readonly ParameterSpec[] {
  return [...encoderParameters(config), ...headParameters(config, head)];
}

function headParameters({ family, hiddenSize }: EncoderConfig, { kind, outputs }: ClassifierHead): ParameterSpec[] {
  const inner = (name: string, part: ParameterSpec['part']) => linearParameters(name, hiddenSize, hiddenSize, part);
  const last = (name: string) => linearParameters(name, hiddenSize, outputs, 'head');
  if (kind === 'mean') return last('classifier');
  switch (family) {
    case 'bert':
      return [...inner('pooler.dense', 'body'), ...last('classifier')];
    case 'distilbert':
      return [...inner('pre_classifier', 'head'), ...last('classifier')];
    case 'roberta':
      return [...inner('classifier.dense', 'head'), ...last('classifier.out_proj')];
  }
}

/** Logits [n, outputs]; `parameters` in the order of `classifierParameters`. */
export function classify(
  config: EncoderConfig,
  head: ClassifierHead,
  parameters: readonly tf.Tensor[],
  batch: EncoderBatch,
  random: EncoderRandom,
  precision: Precision = 'float32',
): tf.Tensor2D {
  const drop = dropping(random);
  const [weight, bias] = parameters.slice(-2) as [tf.Tensor, tf.Tensor];
  const encoded = (encoder: readonly tf.Tensor[]) => encode(config, encoder, batch, random, precision);
  const before = parameters.slice(0, -2);
  const features =
    head.kind === 'mean'
      ? meanOfTokens(encoded(before).hidden, batch.mask)
      : pooledFeatures(config, before, encoded, (x) => drop(x, head.dropout, INNER_SITE));
  return linear(drop(features, head.dropout, LAST_SITE), weight, bias);
}

const [LAST_SITE, INNER_SITE] = [10_000, 10_001] as const; // of dropout, after those of any encoder

/** What the last layer of the family's own head is given, [n, hidden size]. */
function pooledFeatures(
  { family }: EncoderConfig,
  parameters: readonly tf.Tensor[],
  encoded: (encoder: readonly tf.Tensor[]) => Encoded,
  drop: (x: tf.Tensor2D) => tf.Tensor2D,
): tf.Tensor2D {
  if (family === 'bert') return encoded(parameters).pooled!;
  const [weight, bias] = parameters.slice(-2) as [tf.Tensor, tf.Tensor];
  const first = firstTokens(encoded(parameters.slice(0, -2)).hidden);
  return family === 'distilbert' ? tf.relu(linear(first, weight, bias)) : tf.tanh(linear(drop(first), weight, bias));
}

/** Mean over what is not padding; [n, L, size] -> [n, size]. */
export function meanOfTokens(hidden: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor2D {
  const summed = tf.sum(tf.mul(hidden, tf.expandDims(mask, 2)), 1); // [n, size]
  return tf.div(summed, tf.maximum(tf.sum(mask, 1, true), 1)) as tf.Tensor2D;
}
