/** What a Hugging Face `config.json` says of an encoder, in one form for all families. */

export type EncoderFamily = 'bert' | 'distilbert' | 'roberta';
export type EncoderActivation = 'gelu' | 'gelu_new' | 'relu';

export interface EncoderConfig {
  readonly family: EncoderFamily;
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  /** Width of the feed-forward layer. */
  readonly intermediateSize: number;
  /** Rows of the table of positions; a text may have `maxPositions - positionOffset` tokens. */
  readonly maxPositions: number;
  /** Rows of the table of token types; 0: the family has none. */
  readonly typeVocabSize: number;
  /** Position of the first token: 0, or in RoBERTa the padding's id + 1. */
  readonly positionOffset: number;
  readonly layerNormEpsilon: number;
  readonly activation: EncoderActivation;
  readonly padTokenId: number;
  /** Probability that a number is dropped, in embeddings and layer outputs. */
  readonly hiddenDropout: number;
  readonly attentionDropout: number;
}

/** `model_type` -> the family whose code it is; the last two are RoBERTa with other vocabularies. */
const FAMILIES: Readonly<Record<string, EncoderFamily>> = {
  bert: 'bert',
  distilbert: 'distilbert',
  roberta: 'roberta',
  'xlm-roberta': 'roberta',
  camembert: 'roberta',
};

const ACTIVATIONS: Readonly<Record<string, EncoderActivation>> = {
  gelu: 'gelu',
  gelu_new: 'gelu_new',
  gelu_pytorch_tanh: 'gelu_new',
  relu: 'relu',
};

type Json = Readonly<Record<string, unknown>>;

/** Reads a parsed `config.json`; throws a plain sentence that names the field and what is allowed. */
export function parseEncoderConfig(json: unknown): EncoderConfig {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Error('config.json must hold an object.');
  }
  const fields = json as Json;
  const family = FAMILIES[String(fields.model_type)];
  if (family === undefined) {
    const given = fields.model_type === undefined ? 'has no "model_type"' : `says ${shown(fields, 'model_type')}`;
    throw new Error(`config.json ${given}; ${Object.keys(FAMILIES).join(', ')} can be read.`);
  }
  const position = fields.position_embedding_type;
  if (position !== undefined && position !== 'absolute') {
    throw new Error(`config.json says ${shown(fields, 'position_embedding_type')}; only "absolute" can be read.`);
  }
  if (fields.is_decoder === true) throw new Error('config.json describes a decoder ("is_decoder"), not an encoder.');
  const config = family === 'distilbert' ? distilBertConfig(fields) : bertConfig(fields, family);
  if (config.hiddenSize % config.heads !== 0) {
    throw new Error(`config.json has ${config.heads} heads, which do not divide the width of ${config.hiddenSize}.`);
  }
  if (config.padTokenId >= config.vocabSize) {
    throw new Error(`config.json has pad_token_id ${config.padTokenId}, but only ${config.vocabSize} tokens.`);
  }
  if (config.maxPositions <= config.positionOffset) {
    throw new Error(`config.json has max_position_embeddings ${config.maxPositions}, which leaves no room for a text.`);
  }
  return config;
}

/** Defaults are those of transformers' BertConfig and RobertaConfig. */
function bertConfig(fields: Json, family: 'bert' | 'roberta'): EncoderConfig {
  const padTokenId = whole(fields, 'pad_token_id', 0, family === 'bert' ? 0 : 1);
  return {
    family,
    vocabSize: whole(fields, 'vocab_size', 1, family === 'bert' ? 30_522 : 50_265),
    hiddenSize: whole(fields, 'hidden_size', 1, 768),
    layers: whole(fields, 'num_hidden_layers', 1, 12),
    heads: whole(fields, 'num_attention_heads', 1, 12),
    intermediateSize: whole(fields, 'intermediate_size', 1, 3072),
    maxPositions: whole(fields, 'max_position_embeddings', 1, 512),
    typeVocabSize: whole(fields, 'type_vocab_size', 1, 2),
    positionOffset: family === 'bert' ? 0 : padTokenId + 1,
    layerNormEpsilon: between(fields, 'layer_norm_eps', 1e-12),
    activation: activationOf(fields, 'hidden_act'),
    padTokenId,
    hiddenDropout: between(fields, 'hidden_dropout_prob', 0.1),
    attentionDropout: between(fields, 'attention_probs_dropout_prob', 0.1),
  };
}

/** Defaults are those of transformers' DistilBertConfig; its layer norms have a fixed epsilon. */
function distilBertConfig(fields: Json): EncoderConfig {
  return {
    family: 'distilbert',
    vocabSize: whole(fields, 'vocab_size', 1, 30_522),
    hiddenSize: whole(fields, 'dim', 1, 768),
    layers: whole(fields, 'n_layers', 1, 6),
    heads: whole(fields, 'n_heads', 1, 12),
    intermediateSize: whole(fields, 'hidden_dim', 1, 3072),
    maxPositions: whole(fields, 'max_position_embeddings', 1, 512),
    typeVocabSize: 0,
    positionOffset: 0,
    layerNormEpsilon: 1e-12,
    activation: activationOf(fields, 'activation'),
    padTokenId: whole(fields, 'pad_token_id', 0, 0),
    hiddenDropout: between(fields, 'dropout', 0.1),
    attentionDropout: between(fields, 'attention_dropout', 0.1),
  };
}

function whole(fields: Json, name: string, least: number, otherwise: number): number {
  const value = fields[name] ?? otherwise; // transformers writes null for what a model does not have
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw new Error(`config.json says ${shown(fields, name)}; it must be a whole number of at least ${least}.`);
  }
  return value;
}

function between(fields: Json, name: string, otherwise: number): number {
  const value = fields[name] ?? otherwise;
  if (typeof value !== 'number' || !(value >= 0 && value < 1)) {
    throw new Error(`config.json says ${shown(fields, name)}; it must be at least 0 and less than 1.`);
  }
  return value;
}

function activationOf(fields: Json, name: string): EncoderActivation {
  const activation = ACTIVATIONS[String(fields[name] ?? 'gelu')];
  if (activation === undefined) {
    throw new Error(`config.json says ${shown(fields, name)}; ${Object.keys(ACTIVATIONS).join(', ')} can be read.`);
  }
  return activation;
}

const shown = (fields: Json, name: string): string => `${name} = ${JSON.stringify(fields[name]).slice(0, 80)}`;

/** Tokens that a text may have, the special ones included. */
export const longestText = (config: EncoderConfig): number => config.maxPositions - config.positionOffset;
