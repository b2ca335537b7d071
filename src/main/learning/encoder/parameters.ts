/**
 * The encoder's tensors, named as transformers names them but for the family's prefix (`bert.`), and shaped as it
 * stores them: a linear layer's weight is [outputs, inputs]. So importing and exporting are copies.
 */

import type { Random } from '../../../shared/random/random.ts';
import { type Initializer, ones, zeros } from '../models/initializers.ts';
import type { ParameterSpec } from '../models/model.ts';
import type { EncoderConfig, EncoderFamily } from './encoder-config.ts';

const DEVIATION = 0.02; // initializer_range of every family

/** Normal with standard deviation 0.02, cut at two deviations (Devlin 2019, code). */
export const truncatedNormal: Initializer = (shape, random) =>
  Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => DEVIATION * drawn(random));

function drawn(random: Random): number {
  for (;;) {
    const value = random.normal();
    if (Math.abs(value) <= 2) return value;
  }
}

/** Names of one layer's parts, in the order of LAYER_TENSORS / 2. */
const LAYER_PARTS: Readonly<Record<EncoderFamily, (layer: number) => readonly string[]>> = {
  bert: bertLayer,
  roberta: bertLayer,
  distilbert: (layer) =>
    ['q_lin', 'k_lin', 'v_lin', 'out_lin']
      .map((part) => `attention.${part}`)
      .concat('sa_layer_norm', 'ffn.lin1', 'ffn.lin2', 'output_layer_norm')
      .map((part) => `transformer.layer.${layer}.${part}`),
};

function bertLayer(layer: number): readonly string[] {
  return ['query', 'key', 'value']
    .map((part) => `attention.self.${part}`)
    .concat('attention.output.dense', 'attention.output.LayerNorm')
    .concat('intermediate.dense', 'output.dense', 'output.LayerNorm')
    .map((part) => `encoder.layer.${layer}.${part}`);
}

/** The linear layers of an encoder layer, in the order of their tensors. */
export type LinearPart = 'query' | 'key' | 'value' | 'attention-output' | 'feed-forward-in' | 'feed-forward-out';

/** Place of a part's weight among its layer's tensors; its bias follows. */
export const PLACES: Readonly<Record<LinearPart | 'attention-norm' | 'output-norm', number>> = {
  query: 0,
  key: 2,
  value: 4,
  'attention-output': 6,
  'attention-norm': 8,
  'feed-forward-in': 10,
  'feed-forward-out': 12,
  'output-norm': 14,
};

export const LAYER_TENSORS = 16;

/** Tensors before the first layer: words, positions, token types where the family has them, scale and shift. */
export const embeddingTensors = (config: EncoderConfig): number => (config.typeVocabSize > 0 ? 5 : 4);

/** Of the encoder alone, without a pooler; in the order that `encode` takes. */
export function encoderParameters(config: EncoderConfig): readonly ParameterSpec[] {
  const { hiddenSize, vocabSize, maxPositions, typeVocabSize } = config;
  const table = (name: string, rows: number): ParameterSpec => weight(`embeddings.${name}`, [rows, hiddenSize]);
  return [
    table('word_embeddings', vocabSize),
    table('position_embeddings', maxPositions),
    ...(typeVocabSize > 0 ? [table('token_type_embeddings', typeVocabSize)] : []),
    ...layerNorm('embeddings.LayerNorm', hiddenSize),
    ...Array.from({ length: config.layers }, (_, layer) => layerParameters(config, layer)).flat(),
  ];
}

function layerParameters(config: EncoderConfig, layer: number): ParameterSpec[] {
  const { hiddenSize, intermediateSize } = config;
  const names = LAYER_PARTS[config.family](layer);
  return names.flatMap((name, place) => {
    switch (2 * place) {
      case PLACES['attention-norm']:
      case PLACES['output-norm']:
        return layerNorm(name, hiddenSize);
      case PLACES['feed-forward-in']:
        return linear(name, hiddenSize, intermediateSize);
      case PLACES['feed-forward-out']:
        return linear(name, intermediateSize, hiddenSize);
      default:
        return linear(name, hiddenSize, hiddenSize);
    }
  });
}

const weight = (name: string, shape: readonly number[]): ParameterSpec => ({
  ...{ name: `${name}.weight`, shape },
  ...{ initialize: truncatedNormal, part: 'body' },
});

/** Weight [outputs, inputs] and bias [outputs]. */
export function linear(
  name: string,
  inputs: number,
  outputs: number,
  part: ParameterSpec['part'] = 'body',
): ParameterSpec[] {
  return [
    { ...weight(name, [outputs, inputs]), part },
    { name: `${name}.bias`, shape: [outputs], initialize: zeros, part },
  ];
}

const layerNorm = (name: string, size: number): ParameterSpec[] => [
  { name: `${name}.weight`, shape: [size], initialize: ones, part: 'body' },
  { name: `${name}.bias`, shape: [size], initialize: zeros, part: 'body' },
];

/** Where a parameter lies, for freezing from below: the embeddings, a layer by its number, the pooler, or the head. */
export type ParameterPlace =
  | { readonly kind: 'embeddings' | 'pooler' | 'head' }
  | { readonly kind: 'layer'; readonly layer: number };

export function parameterPlace(name: string): ParameterPlace {
  const layer = /^(?:encoder|transformer)\.layer\.(\d+)\./.exec(name);
  if (layer) return { kind: 'layer', layer: Number(layer[1]) };
  if (name.startsWith('embeddings.')) return { kind: 'embeddings' };
  return { kind: name.startsWith('pooler.') ? 'pooler' : 'head' };
}

/** Whether weight decay applies: not to biases and layer norms (Devlin 2019, code; transformers' Trainer). */
export const decays = (name: string): boolean => !/\.bias$|layer_?norm/i.test(name);
