import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSafetensors } from '../../../src/main/files/safetensors.ts';
import { type FileTensor, fileTensor } from '../../../src/main/files/tensor-types.ts';
import { createRandom } from '../../../src/shared/random/random.ts';

export const tinyConfig = {
  architectures: ['BertModel'],
  model_type: 'bert',
  vocab_size: 12,
  hidden_size: 4,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  intermediate_size: 8,
  max_position_embeddings: 16,
  type_vocab_size: 2,
  pad_token_id: 0,
};

const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'good', 'bad', 'film', 'a', '##s', 'the', '.'];

/** Names and shapes of a BERT of two layers, as transformers stores a BertModel. */
function shapes(): [string, number[]][] {
  const norm = (name: string): [string, number[]][] => [
    [`${name}.weight`, [4]],
    [`${name}.bias`, [4]],
  ];
  const linear = (name: string, inputs: number, outputs: number): [string, number[]][] => [
    [`${name}.weight`, [outputs, inputs]],
    [`${name}.bias`, [outputs]],
  ];
  const layer = (index: number): [string, number[]][] => {
    const at = `encoder.layer.${index}`;
    return [
      ...['query', 'key', 'value'].flatMap((part) => linear(`${at}.attention.self.${part}`, 4, 4)),
      ...linear(`${at}.attention.output.dense`, 4, 4),
      ...norm(`${at}.attention.output.LayerNorm`),
      ...linear(`${at}.intermediate.dense`, 4, 8),
      ...linear(`${at}.output.dense`, 8, 4),
      ...norm(`${at}.output.LayerNorm`),
    ];
  };
  return [
    ['embeddings.word_embeddings.weight', [12, 4]],
    ['embeddings.position_embeddings.weight', [16, 4]],
    ['embeddings.token_type_embeddings.weight', [2, 4]],
    ...norm('embeddings.LayerNorm'),
    ...layer(0),
    ...layer(1),
    ...linear('pooler.dense', 4, 4),
  ];
}

/** The tensors of the tiny BERT by their names, drawn from a seed. */
export function tinyTensors(seed = 1): Map<string, FileTensor> {
  const random = createRandom(seed);
  return new Map(
    shapes().map(([name, shape]) => {
      const size = shape.reduce((product, side) => product * side, 1);
      return [
        name,
        fileTensor(
          Float32Array.from({ length: size }, () => random.normal()),
          shape,
        ),
      ];
    }),
  );
}

export interface FolderParts {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly tensors?: ReadonlyMap<string, FileTensor>;
  readonly vocabulary?: readonly string[];
}

/** Writes a Hugging Face folder of the tiny BERT, with parts replaced; returns its path. */
export async function writeModelFolder(parent: string, name = 'tiny-bert', parts: FolderParts = {}): Promise<string> {
  const folder = join(parent, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'config.json'), JSON.stringify(parts.config ?? tinyConfig));
  writeFileSync(join(folder, 'vocab.txt'), `${(parts.vocabulary ?? words).join('\n')}\n`);
  await writeSafetensors(join(folder, 'model.safetensors'), parts.tensors ?? tinyTensors());
  return folder;
}
