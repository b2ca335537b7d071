/**
 * Encoders of the BERT family as pure functions of their parameters: Devlin 2019 (arXiv 1810.04805), Sanh 2019
 * (DistilBERT, 1910.01108), Liu 2019 (RoBERTa, 1907.11692). Same arithmetic as transformers in float32.
 */

import * as tf from '@tensorflow/tfjs-core';
import { type Drop, dropping, type EncoderRandom } from './dropout.ts';
import { type EncoderConfig, longestText } from './encoder-config.ts';
import { layerNorm } from './fused-kernels.ts';
import { activations, linear } from './layers.ts';
import { embeddingTensors, LAYER_TENSORS, PLACES } from './parameters.ts';
import { type Precision, product } from './product.ts';

export type { EncoderRandom } from './dropout.ts';
export { encoderParameters } from './parameters.ts';

/** n texts, padded to L tokens. */
export interface EncoderBatch {
  /** int32 [n, L]; any id where there is padding. */
  readonly ids: tf.Tensor2D;
  /** float32 [n, L]: 1 for a token, 0 for padding, which stands at the end. */
  readonly mask: tf.Tensor2D;
  /** int32 [n, L]: 0 for the first text, 1 for the second; not read where the family has no token types. */
  readonly types: tf.Tensor2D;
}

export interface Encoded {
  /** [n, L, hidden size] of the last layer. */
  readonly hidden: tf.Tensor3D;
  /** tanh(pooler of the first token) [n, hidden size]; null without the pooler's weights. */
  readonly pooled: tf.Tensor2D | null;
}

/** What the lowest float32 adds to a score: after the softmax nothing is left of a padded place. */
const LOWEST = -3.4028234663852886e38;

interface Stage {
  readonly config: EncoderConfig;
  readonly drop: Drop;
  readonly texts: number;
  readonly length: number;
  /** Added to attention scores, [n, 1, 1, L]. */
  readonly bias: tf.Tensor;
  readonly precision: Precision;
}

/**
 * `parameters` in the order of `encoderParameters`, which a pooler's weight and bias may follow.
 * `precision` is that of the layers' products; the pooler stays float32.
 * Throws when the texts are longer than the table of positions.
 */
export function encode(
  config: EncoderConfig,
  parameters: readonly tf.Tensor[],
  batch: EncoderBatch,
  random: EncoderRandom,
  precision: Precision = 'float32',
): Encoded {
  const [texts, length] = batch.ids.shape;
  if (length > longestText(config)) {
    throw new Error(`The texts have ${length} tokens, but this encoder takes at most ${longestText(config)}.`);
  }
  const bias = tf.mul(tf.sub(1, tf.reshape(batch.mask, [texts, 1, 1, length])), LOWEST);
  const stage: Stage = { config, drop: dropping(random), texts, length, bias, precision };
  const first = embeddingTensors(config);
  let hidden = embed(stage, parameters.slice(0, first), batch); // [n L, hidden size]
  for (let layer = 0; layer < config.layers; layer++) {
    hidden = transform(stage, parameters.slice(first + layer * LAYER_TENSORS), hidden, layer);
  }
  const shaped = tf.reshape(hidden, [texts, length, config.hiddenSize]) as tf.Tensor3D;
  const [weight, shift] = parameters.slice(first + config.layers * LAYER_TENSORS);
  const pooled = weight && shift ? tf.tanh(linear(firstTokens(shaped), weight, shift)) : null;
  return { hidden: shaped, pooled };
}

/** [n, L, hidden size] -> [n, hidden size]. */
export function firstTokens(hidden: tf.Tensor3D): tf.Tensor2D {
  const [texts, , size] = hidden.shape;
  return tf.reshape(tf.slice(hidden, [0, 0, 0], [texts, 1, size]), [texts, size]);
}

/** Words + positions (+ token types), normalized; [n L, hidden size]. */
function embed(
  { config, drop, texts, length }: Stage,
  parameters: readonly tf.Tensor[],
  batch: EncoderBatch,
): tf.Tensor2D {
  const { hiddenSize } = config;
  const [words, positions] = parameters as [tf.Tensor2D, tf.Tensor2D];
  const ofWords = tf.gather(words, tf.reshape(batch.ids, [texts * length])); // [n L, hidden size]
  const ofPositions =
    config.positionOffset === 0
      ? tf.slice(positions, [0, 0], [length, hiddenSize])
      : tf.reshape(tf.gather(positions, paddedPositions(config, batch.mask)), [texts, length, hiddenSize]);
  let sum: tf.Tensor = tf.reshape(ofWords, [texts, length, hiddenSize]);
  if (config.typeVocabSize > 0) {
    const ofTypes = tf.gather(parameters[2]!, tf.reshape(batch.types, [texts * length]));
    sum = tf.add(sum, tf.reshape(ofTypes, [texts, length, hiddenSize]));
  }
  const flat = tf.reshape(tf.add(sum, ofPositions), [texts * length, hiddenSize]) as tf.Tensor2D;
  const [scale, shift] = parameters.slice(-2) as [tf.Tensor, tf.Tensor];
  return drop(layerNorm(flat, scale, shift, config.layerNormEpsilon), config.hiddenDropout, 0);
}

/** RoBERTa counts tokens from the padding's id + 1 and gives padding that id itself; [n L]. */
function paddedPositions({ padTokenId }: EncoderConfig, mask: tf.Tensor2D): tf.Tensor1D {
  const counted = tf.add(tf.mul(tf.cumsum(mask, 1), mask), padTokenId);
  return tf.reshape(tf.cast(counted, 'int32'), [mask.size]);
}

const SITES = 3; // of dropout in one layer

function transform(stage: Stage, tensors: readonly tf.Tensor[], x: tf.Tensor2D, layer: number): tf.Tensor2D {
  const { config, drop, precision } = stage;
  const { family, hiddenDropout, layerNormEpsilon } = config;
  const site = 1 + layer * SITES;
  const part = (name: keyof typeof PLACES) => [tensors[PLACES[name]]!, tensors[PLACES[name] + 1]!] as const;
  const attended = linear(attention(stage, tensors, x, site), ...part('attention-output'), precision);
  // DistilBERT drops nothing here.
  const kept = family === 'distilbert' ? attended : drop(attended, hiddenDropout, site + 1);
  const middle = layerNorm(tf.add(kept, x), ...part('attention-norm'), layerNormEpsilon);
  const inner = activations[config.activation](linear(middle, ...part('feed-forward-in'), precision)) as tf.Tensor2D;
  const outer = drop(linear(inner, ...part('feed-forward-out'), precision), hiddenDropout, site + 2);
  return layerNorm(tf.add(outer, middle), ...part('output-norm'), layerNormEpsilon);
}

/** softmax(Q K^T / sqrt(d) + bias) V for each head: Vaswani 2017 (1706.03762), equation 1; [n L, hidden size]. */
function attention(
  { config, drop, texts, length, bias, precision }: Stage,
  tensors: readonly tf.Tensor[],
  x: tf.Tensor2D,
  site: number,
) {
  const { heads, hiddenSize } = config;
  const size = hiddenSize / heads; // d
  const split = (name: 'query' | 'key' | 'value') => {
    const flat = linear(x, tensors[PLACES[name]]!, tensors[PLACES[name] + 1]!, precision);
    return tf.transpose(tf.reshape(flat, [texts, length, heads, size]), [0, 2, 1, 3]); // [n, heads, L, d]
  };
  const times = <T extends tf.Tensor>(left: T, right: T, transposeB: boolean) =>
    product(left, right, { transposeA: false, transposeB }, precision);
  const scores = times(tf.mul(split('query'), 1 / Math.sqrt(size)), split('key'), true); // [n, heads, L, L]
  const shares = drop(tf.softmax(tf.add(scores, bias), -1), config.attentionDropout, site);
  const mixed = tf.transpose(times(shares, split('value'), false), [0, 2, 1, 3]); // [n, L, heads, d]
  return tf.reshape(mixed, [texts * length, hiddenSize]) as tf.Tensor2D;
}
