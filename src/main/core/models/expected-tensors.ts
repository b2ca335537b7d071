import type { EncoderConfig } from '../../../shared/encoder/encoder-config.ts';

export type ExpectedTensor = readonly [name: string, shape: readonly number[]];

/** Names (without the family's prefix) and shapes of the weights that an encoder cannot do without; a pooler it can. */
export function expectedTensors(config: EncoderConfig): ExpectedTensor[] {
  const { hiddenSize, vocabSize, maxPositions, typeVocabSize } = config;
  const table = (name: string, rows: number): ExpectedTensor => [`embeddings.${name}.weight`, [rows, hiddenSize]];
  return [
    table('word_embeddings', vocabSize),
    table('position_embeddings', maxPositions),
    ...(typeVocabSize > 0 ? [table('token_type_embeddings', typeVocabSize)] : []),
    ...norm('embeddings.LayerNorm', hiddenSize),
    ...Array.from({ length: config.layers }, (_, layer) => layerTensors(config, layer)).flat(),
  ];
}

function layerTensors({ family, hiddenSize, intermediateSize }: EncoderConfig, layer: number): ExpectedTensor[] {
  const isDistil = family === 'distilbert';
  const at = isDistil ? `transformer.layer.${layer}` : `encoder.layer.${layer}`;
  const names = isDistil
    ? ['attention.q_lin', 'attention.k_lin', 'attention.v_lin', 'attention.out_lin']
    : ['attention.self.query', 'attention.self.key', 'attention.self.value', 'attention.output.dense'];
  const [inwards, outwards] = isDistil ? ['ffn.lin1', 'ffn.lin2'] : ['intermediate.dense', 'output.dense'];
  const [first, last] = isDistil
    ? ['sa_layer_norm', 'output_layer_norm']
    : ['attention.output.LayerNorm', 'output.LayerNorm'];
  return [
    ...names.flatMap((name) => linear(`${at}.${name}`, hiddenSize, hiddenSize)),
    ...norm(`${at}.${first}`, hiddenSize),
    ...linear(`${at}.${inwards}`, hiddenSize, intermediateSize),
    ...linear(`${at}.${outwards}`, intermediateSize, hiddenSize),
    ...norm(`${at}.${last}`, hiddenSize),
  ];
}

const norm = (name: string, size: number): ExpectedTensor[] => [
  [`${name}.weight`, [size]],
  [`${name}.bias`, [size]],
];

const linear = (name: string, inputs: number, outputs: number): ExpectedTensor[] => [
  [`${name}.weight`, [outputs, inputs]],
  [`${name}.bias`, [outputs]],
];
