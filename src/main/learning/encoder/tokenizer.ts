/** Text to token ids, by Hugging Face's own tokenizers in JavaScript; cutting to a length is done here. */

import { BertNormalizer, Tokenizer } from '@huggingface/tokenizers';
import { type EncoderConfig, longestText } from './encoder-config.ts';
import { firstTokensOf } from './first-tokens.ts';
import { wordPieceTokenizer } from './word-piece-tokenizer.ts';

export interface TokenizerFiles {
  /** Contents of tokenizer.json, which wins over vocab.txt. */
  readonly tokenizerJson?: string;
  /** Contents of BERT's vocab.txt: one word piece a line. */
  readonly vocabTxt?: string;
  /** Contents of tokenizer_config.json. */
  readonly tokenizerConfig?: string;
  readonly config: EncoderConfig;
}

export interface TokenizedText {
  readonly ids: Int32Array;
  /** Token types: 0, and 1 for a second text where the family has types for it. */
  readonly types: Int32Array;
}

export interface TextTokenizer {
  /** With special tokens, cut to `maxLength` tokens; of a pair the longer text is cut first, as transformers does. */
  encode(text: string, pair: string | undefined, maxLength: number): TokenizedText;
  /** Highest id + 1. */
  readonly vocabSize: number;
}

/** Throws a plain sentence that names the file when it is damaged, missing or does not fit the model. */
export function openTokenizer(files: TokenizerFiles): TextTokenizer {
  const { config } = files;
  const tokenizer = createTokenizer(files);
  const vocabSize = highestId(tokenizer) + 1;
  if (vocabSize > config.vocabSize) {
    throw new Error(
      `The tokenizer has ${vocabSize} tokens, but config.json says that the model knows ${config.vocabSize} ` +
        '(vocab_size). They are not of the same model.',
    );
  }
  const prepared = tokenizer.normalizer instanceof BertNormalizer ? apartIdeographs(tokenizer.normalizer) : asItIs;
  return {
    vocabSize,
    encode: (text, pair, maxLength) =>
      encodeText(tokenizer, config, prepared(text), pair === undefined ? undefined : prepared(pair), maxLength),
  };
}

const asItIs = (text: string): string => text;

/** Ideographs beyond 16 bits, each of which is a word to BERT: the library sees their halves and leaves them in words. */
const RARE_IDEOGRAPH = /[\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;

const apartIdeographs = ({ config }: BertNormalizer): ((text: string) => string) =>
  config.handle_chinese_chars ? (text) => text.replace(RARE_IDEOGRAPH, ' $& ') : asItIs;

function createTokenizer({ tokenizerJson, vocabTxt, tokenizerConfig, config }: TokenizerFiles): Tokenizer {
  const settings = tokenizerConfig === undefined ? {} : parsed(tokenizerConfig, 'tokenizer_config.json');
  if (tokenizerJson !== undefined) {
    const description = parsed(tokenizerJson, 'tokenizer.json');
    try {
      return new Tokenizer(description, settings);
    } catch (thrown) {
      throw new Error(`tokenizer.json cannot be used: ${(thrown as Error).message}.`, { cause: thrown });
    }
  }
  if (vocabTxt === undefined) throw new Error('The folder has neither tokenizer.json nor vocab.txt.');
  if (config.family === 'roberta') throw new Error('A RoBERTa model needs tokenizer.json; vocab.txt is BERT’s.');
  return new Tokenizer(wordPieceTokenizer(vocabTxt, settings), settings);
}

function parsed(text: string, file: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new Error(`${file} is not valid JSON: ${(thrown as Error).message}.`, { cause: thrown });
  }
  if (typeof value !== 'object' || value === null) throw new Error(`${file} must hold an object.`);
  return value as Readonly<Record<string, unknown>>;
}

function highestId(tokenizer: Tokenizer): number {
  let highest = -1;
  for (const id of tokenizer.get_vocab().values()) highest = Math.max(highest, id);
  return highest;
}

function encodeText(
  tokenizer: Tokenizer,
  config: EncoderConfig,
  text: string,
  pair: string | undefined,
  maxLength: number,
): TokenizedText {
  const added = specialTokens(tokenizer, pair !== undefined);
  const longest = Math.min(maxLength, longestText(config));
  const room = longest - added;
  if (room < 1)
    throw new Error(`A length of ${longest} tokens leaves no room for text beside ${added} special tokens.`);
  const [first, second] =
    pair === undefined
      ? [firstTokensOf(tokenizer, text, room).tokens, null]
      : tokensOfPair(tokenizer, text, pair, room);
  const { tokens, token_type_ids: types = [] } = withSpecialTokens(tokenizer, first.slice(0, room), second);
  const unknown = tokenizer.model?.unk_token_id ?? 0;
  return {
    ids: Int32Array.from(tokens, (token) => tokenizer.token_to_id(token) ?? unknown),
    types: Int32Array.from(tokens, (_, place) => (config.typeVocabSize > 1 ? (types[place] ?? 0) : 0)),
  };
}

interface Processed {
  readonly tokens: readonly string[];
  readonly token_type_ids?: readonly number[];
}

function withSpecialTokens(tokenizer: Tokenizer, first: string[], second: string[] | null): Processed {
  const process = tokenizer.post_processor as
    | ((first: string[], second: string[] | null, special: boolean) => Processed)
    | null;
  return process ? process(first, second, true) : { tokens: [...first, ...(second ?? [])] };
}

const specialTokens = (tokenizer: Tokenizer, isPair: boolean): number =>
  withSpecialTokens(tokenizer, [], isPair ? [] : null).tokens.length;

/** Of two texts that are both far longer than the room, the longer is the one with more characters. */
function tokensOfPair(tokenizer: Tokenizer, text: string, pair: string, room: number): [string[], string[]] {
  let first = firstTokensOf(tokenizer, text, room);
  let second = firstTokensOf(tokenizer, pair, room);
  // Of a text that is cut the number of tokens is unknown; it has to be known only whether it is the longer one.
  if (second.whole && !first.whole) first = firstTokensOf(tokenizer, text, Math.max(room, second.tokens.length + 1));
  if (first.whole && !second.whole) second = firstTokensOf(tokenizer, pair, Math.max(room, first.tokens.length + 1));
  const [ofFirst, ofSecond] =
    first.whole || second.whole
      ? sharedRoom(first.tokens.length, second.tokens.length, room)
      : sharedRoom(text.length, pair.length, room);
  return [first.tokens.slice(0, ofFirst), second.tokens.slice(0, ofSecond)];
}

/** Tokens that each text of a pair keeps: `longest_first` of Hugging Face's tokenizers. */
export function sharedRoom(first: number, second: number, room: number): [number, number] {
  if (first + second <= room) return [first, second];
  const shorter = Math.min(first, second);
  const half = Math.floor(room / 2);
  const [small, large] = shorter <= half ? [shorter, room - shorter] : [half, room - half];
  return first <= second ? [small, large] : [large, small];
}
