/** The first tokens of a text, however long it is, without splitting up all of it. */

import { BertNormalizer, BertPreTokenizer, type Tokenizer, WordPiece } from '@huggingface/tokenizers';

export interface FirstTokens {
  /** All tokens of the text, or at least as many of the first as were asked for. */
  readonly tokens: string[];
  readonly whole: boolean;
}

const CHARACTERS_PER_TOKEN = 6; // a little more than text has: a second look is rare

/**
 * The first `count` tokens or more, equal to those of the whole text. A long text is cut between characters, and of the
 * tokens before a cut the last are not believed: what follows could join their word.
 */
export function firstTokensOf(tokenizer: Tokenizer, text: string, count: number): FirstTokens {
  const doubtful = doubtfulTokens(tokenizer);
  const start = (count + doubtful) * CHARACTERS_PER_TOKEN;
  if (text.length <= start) return { tokens: tokenizer.tokenize(text), whole: true };
  let rest = text;
  for (let size = start; size < rest.length; size *= 4) {
    const tokens = tokenizer.tokenize(rest.slice(0, betweenCharacters(rest, size)));
    if (tokens.length >= count + doubtful) return { tokens: tokens.slice(0, tokens.length - doubtful), whole: false };
    rest = shorten(tokenizer, rest);
  }
  return { tokens: tokenizer.tokenize(rest), whole: true };
}

/**
 * Tokens before a cut that can be others in the whole text. Word pieces: those of one word, at most one a character.
 * Elsewhere one word may be the whole text; byte pairs and unigrams meet again after a few tokens, hence a wide margin.
 */
function doubtfulTokens({ model }: Tokenizer): number {
  return model instanceof WordPiece ? model.max_input_chars_per_word + 28 : 512;
}

/** Not inside a pair of surrogates. */
function betweenCharacters(text: string, place: number): number {
  return (text.codePointAt(place - 1) ?? 0) > 0xffff ? place - 1 : place;
}

/** Letters, digits and pictures that BERT’s normalization keeps as at least one character of the same word. */
const LETTER = String.raw`[[\p{L}\p{N}\p{So}]--[\p{Script=Han}\uFFFD]]`;

/**
 * The same tokens from fewer characters: to BERT a word over its limit is unknown whatever its length, and a gap is a gap.
 * Any other tokenizer gets the text as it is.
 */
function shorten(tokenizer: Tokenizer, text: string): string {
  const { normalizer, pre_tokenizer: words, model } = tokenizer;
  if (!(normalizer instanceof BertNormalizer && words instanceof BertPreTokenizer && model instanceof WordPiece)) {
    return text;
  }
  for (const { content } of tokenizer.get_added_tokens_decoder().values()) {
    if (!/^[^\p{L}\p{N}\p{So}\s]\S{0,60}[^\p{L}\p{N}\p{So}\s]$/u.test(content)) return text; // it may lie inside a long word
  }
  const tooLong = model.max_input_chars_per_word + 1;
  const long = new RegExp(String.raw`(${LETTER}{${tooLong}})${LETTER}+|(\s)\s+`, 'gv');
  return text.replace(long, '$1$2');
}
