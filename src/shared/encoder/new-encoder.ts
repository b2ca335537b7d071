import type { TextFineTuneRunConfig } from '../run-config/schema.ts';
import type { EncoderConfig } from './encoder-config.ts';
import { vocabularyOf } from './vocabulary.ts';

/** An encoder that starts from nothing: its config, and the text of its vocab.txt. */
export interface NewEncoder {
  readonly config: EncoderConfig;
  readonly vocabTxt: string;
}

const layerNormEpsilon = 1e-12; // Devlin 2019, code

/**
 * A small BERT whose vocabulary is made of the training texts: the same texts and config give the same one, when it is
 * trained and when it is exported. `texts` and `pairs` of the training split, in the dataset's order.
 */
export function newEncoder(
  { model, task }: Pick<TextFineTuneRunConfig, 'model' | 'task'>,
  texts: Iterable<string>,
): NewEncoder {
  if (model.start.kind !== 'from-scratch') throw new Error('Only an encoder from scratch needs a vocabulary.');
  return encoderOfVocabulary({ model, task }, vocabularyOf(texts, model.start.vocabulary));
}

/** As `newEncoder`, with a vocabulary that was made earlier. */
export function encoderOfVocabulary(
  { model, task }: Pick<TextFineTuneRunConfig, 'model' | 'task'>,
  vocabTxt: string,
): NewEncoder {
  const { start, dropout } = model;
  if (start.kind !== 'from-scratch') throw new Error('Only an encoder from scratch has such a vocabulary.');
  const config: EncoderConfig = {
    ...{ family: 'bert', vocabSize: vocabTxt.trimEnd().split('\n').length, hiddenSize: start.hiddenSize },
    ...{ layers: start.layers, heads: start.heads, intermediateSize: 4 * start.hiddenSize },
    ...{ maxPositions: Math.max(task.maxLength, 16), typeVocabSize: 2, positionOffset: 0, padTokenId: 0 },
    ...{ layerNormEpsilon, activation: 'gelu', hiddenDropout: dropout, attentionDropout: dropout },
  };
  return { config, vocabTxt };
}

/** Each text of the training split, followed by its pair ('' where it has none). */
export const trainingTexts = (
  texts: readonly string[],
  pairs: readonly (string | null)[],
  splits: Uint8Array,
): string[] => texts.flatMap((text, index) => (splits[index] === trainCode ? [text, pairs[index] ?? ''] : []));

const trainCode = 0; // of splits-v<version>.u8

/** The config as transformers' `config.json` names it: the way back from `parseEncoderConfig`, for a BERT. */
export const bertConfigJson = (config: EncoderConfig): Record<string, unknown> => ({
  model_type: 'bert',
  vocab_size: config.vocabSize,
  hidden_size: config.hiddenSize,
  num_hidden_layers: config.layers,
  num_attention_heads: config.heads,
  intermediate_size: config.intermediateSize,
  max_position_embeddings: config.maxPositions,
  type_vocab_size: config.typeVocabSize,
  layer_norm_eps: config.layerNormEpsilon,
  hidden_act: config.activation,
  pad_token_id: config.padTokenId,
  hidden_dropout_prob: config.hiddenDropout,
  attention_probs_dropout_prob: config.attentionDropout,
});
