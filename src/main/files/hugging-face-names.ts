/** Names of tensors and classes in a Hugging Face folder, and ours, which leave out the family's prefix. */

import type { EncoderFamily } from '../../shared/encoder/encoder-config.ts';

/** Parts that a classifier has of its own: they stand beside the encoder and carry no prefix. */
const HEAD = /^(classifier|pre_classifier)\./;

/** Everything else (language-model heads, buffers of positions) is of no use to a classifier. */
const KNOWN = /^(embeddings|encoder|transformer|pooler|classifier|pre_classifier)\./;

/** Our name of a stored tensor, or null where it is none that an encoder or classifier has. */
export function ownName(stored: string): string | null {
  const name = stored
    .replace(/^(bert|distilbert|roberta)\./, '')
    .replace(/LayerNorm\.gamma$/, 'LayerNorm.weight') // BERT's first checkpoints
    .replace(/LayerNorm\.beta$/, 'LayerNorm.bias');
  return KNOWN.test(name) && !name.endsWith('.position_ids') ? name : null;
}

export const storedName = (family: EncoderFamily, name: string): string =>
  HEAD.test(name) ? name : `${family}.${name}`;

const CLASSES: Readonly<Record<string, string>> = {
  bert: 'Bert',
  distilbert: 'DistilBert',
  roberta: 'Roberta',
  'xlm-roberta': 'XLMRoberta',
  camembert: 'Camembert',
};

/** The class by which transformers loads a model, for the config's `architectures`. */
export const architecture = (modelType: string, what: 'Model' | 'ForSequenceClassification'): string =>
  `${CLASSES[modelType]}${what}`;
