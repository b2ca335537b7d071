import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { firstTokensOf } from '../../../src/main/learning/encoder/first-tokens.ts';
import { openTokenizer } from '../../../src/main/learning/encoder/tokenizer.ts';
import { createRandom, type Random } from '../../../src/shared/random/random.ts';
import { encoderFile, type Family, openEncoder } from './encoders.ts';

const kinds: readonly Family[] = ['bert', 'roberta'];

function readTokenizer(family: Family): Tokenizer {
  return new Tokenizer(JSON.parse(readFileSync(encoderFile(family, 'tokenizer.json'), 'utf8')), {});
}

/** Pieces that stand in texts of all sorts; each is repeated, so that words and gaps of every length come about. */
const PIECES = [
  ...[
    'the ',
    'cat',
    'dogs',
    'Sat',
    'x',
    'Z',
    '7',
    'é',
    'e\u0301',
    '\u0301',
    'İ',
    'ß',
    'µ',
    'ﬁ',
    '½',
    '한',
    'が',
    'ж',
    'ع',
    'ไ',
  ],
  ...[
    '天',
    '地玄',
    '龍',
    '𠀀',
    '😀',
    '👩\u200d🔬',
    '👍🏽',
    '❤\ufe0f',
    '\ufffd',
    '™',
    '.',
    '...',
    '!',
    '-',
    "'s",
    '”',
    '$',
    '©',
  ],
  ...[' ', '\n', '\t', '\u00a0', '\u3000', '\u200b', '\u0000', '\ud83d', '[MASK]', '[SEP', ' </s>', '<mask>', 'Ⓐ'],
];
const REPEATS = [1, 1, 1, 1, 2, 3, 20, 90, 99, 100, 101, 102, 130, 700];

function mixedText(random: Random, pieces: number): string {
  const few = Array.from({ length: 1 + random.integer(6) }, () => PIECES[random.integer(PIECES.length)]!);
  const from = random.integer(3) === 0 ? few : PIECES;
  return Array.from({ length: pieces }, () =>
    from[random.integer(from.length)]!.repeat(REPEATS[random.integer(REPEATS.length)]!),
  ).join('');
}

describe.each(kinds)('the first tokens of a text, by a tokenizer of %s', (family) => {
  const tokenizer = readTokenizer(family);

  it('are those of the whole text, whatever it is made of', () => {
    const random = createRandom(11);
    let cut = 0;
    for (let turn = 0; turn < 120; turn++) {
      const text = mixedText(random, 5 + random.integer(80));
      const all = tokenizer.tokenize(text);
      const count = 1 + random.integer(150);
      const { tokens, whole } = firstTokensOf(tokenizer, text, count);
      expect(tokens, JSON.stringify(text)).toEqual(whole ? all : all.slice(0, tokens.length));
      expect(tokens.length).toBeGreaterThanOrEqual(Math.min(count, all.length));
      if (!whole) cut++;
    }
    expect(cut).toBeGreaterThan(25);
  });

  it('are those of the whole text at every place of a cut in words and gaps at the limit', () => {
    for (const unit of ['x', 'e\u0301', '天', '😀', ' ', '.', '한', 'on the mat ', 'ab-', '[MASK]']) {
      for (const length of [99, 100, 101, 4_000]) {
        const text = `cat ${unit.repeat(length)}s dog. `.repeat(length > 1_000 ? 1 : 60);
        const all = tokenizer.tokenize(text);
        for (const count of [1, 14, 126]) {
          const { tokens } = firstTokensOf(tokenizer, text, count);
          expect(tokens).toEqual(all.slice(0, tokens.length));
          expect(tokens.length).toBeGreaterThanOrEqual(Math.min(count, all.length));
        }
      }
    }
  });
});

describe('a text of a megabyte', () => {
  it.each([
    ['one word', 'x'],
    ['dots', '.'],
    ['Chinese without a space', '天地玄黄宇宙洪荒'],
    ['emoji', '😀🎉'],
    ['white space', ' '],
    ['hiragana', 'ひらがな'],
  ])('of %s is read no further than its first tokens', (_, unit) => {
    const tokenizer = readTokenizer('bert');
    const readLengths = recordLengths(tokenizer);
    const { tokens } = firstTokensOf(tokenizer, unit.repeat(1_000_000 / unit.length), 126);
    expect(Math.max(...readLengths)).toBeLessThan(2_000);
    const shorter = tokenizer.tokenize(unit.repeat(4_000 / unit.length));
    expect(tokens.slice(0, 126)).toEqual(shorter.slice(0, 126));
  });
});

/** Lengths of the texts that the tokenizer is given from here on. */
function recordLengths(tokenizer: Tokenizer): readonly number[] {
  const lengths: number[] = [];
  const tokenize = tokenizer.tokenize.bind(tokenizer);
  tokenizer.tokenize = (text) => {
    lengths.push(text.length);
    return tokenize(text);
  };
  return lengths;
}

describe('of a pair', () => {
  it('the longer text is cut first, also where it is the one that is not read to its end', async () => {
    const { config, tokenizerFiles } = await openEncoder('bert');
    const tokenizer = openTokenizer({ ...tokenizerFiles, config });
    const some = 'cat '.repeat(200);
    const more = 'dog '.repeat(30_000);
    const [cat, dog] = ['cat', 'dog'].map((word) => tokenizer.encode(word, undefined, 14).ids[1]!);
    const counts = (ids: Int32Array) => [cat, dog].map((id) => ids.filter((own) => own === id).length);
    expect(counts(tokenizer.encode(some, more, 14).ids)).toEqual([5, 6]); // 11 places
    expect(counts(tokenizer.encode(more, some, 14).ids)).toEqual([5, 6]);
    expect(counts(tokenizer.encode(more, more.replaceAll('dog', 'cat'), 14).ids)).toEqual([6, 5]);
    expect(counts(tokenizer.encode('cat', more, 14).ids)).toEqual([1, 10]);
  });
});
