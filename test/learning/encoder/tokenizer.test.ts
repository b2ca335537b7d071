import { describe, expect, it } from 'vitest';
import { openTokenizer, sharedRoom } from '../../../src/main/learning/encoder/tokenizer.ts';
import { expectedOf, families, openEncoder } from './encoders.ts';

describe.each(families)('the tokenizer of a tiny %s', (family) => {
  const expected = expectedOf(family);

  it('gives the ids and types of transformers for texts and pairs, cut to a length', async () => {
    const { config, tokenizerFiles } = await openEncoder(family);
    const tokenizer = openTokenizer({ ...tokenizerFiles, config });
    const ids = expected.texts.map((text) => [...tokenizer.encode(text, undefined, expected.maxLength).ids]);
    expect(ids).toEqual(expected.ids);
    const pairs = expected.pairs.map(([first, second]) => tokenizer.encode(first, second, expected.maxLength));
    expect(pairs.map((pair) => [...pair.ids])).toEqual(expected.pairIds);
    const types = expected.pairTypes ?? expected.pairIds.map((own) => own.map(() => 0));
    expect(pairs.map((pair) => [...pair.types])).toEqual(types);
  });
});

describe('a tokenizer', () => {
  it('made of vocab.txt alone is the same', async () => {
    const { config, tokenizerFiles } = await openEncoder('bert');
    const whole = openTokenizer({ ...tokenizerFiles, config });
    const fromWords = openTokenizer({ vocabTxt: tokenizerFiles.vocabTxt!, config });
    for (const text of [...expectedOf('bert').texts, 'a [MASK] [SEP] b']) {
      expect(fromWords.encode(text, 'the mat', 14)).toEqual(whole.encode(text, 'the mat', 14));
    }
    expect(fromWords.vocabSize).toBe(whole.vocabSize);
  });

  it('takes every ideograph for a word, also one beyond 16 bits', async () => {
    const { config, tokenizerFiles } = await openEncoder('bert');
    const tokenizer = openTokenizer({ ...tokenizerFiles, config });
    const [apart, common] = ['cat \u{23b36} sat', 'cat\u732bsat'];
    const ids = [...tokenizer.encode(apart, undefined, 14).ids];
    expect([...tokenizer.encode('cat\u{23b36}sat', undefined, 14).ids]).toEqual(ids);
    expect([...tokenizer.encode(common, undefined, 14).ids]).toEqual(ids); // unknown as well
    expect([...tokenizer.encode('the', 'cat\u{23b36}sat', 14).ids]).toEqual([
      ...tokenizer.encode('the', apart, 14).ids,
    ]);
  });

  it('cuts a text of a million characters as it cuts a short one', async () => {
    const { config, tokenizerFiles } = await openEncoder('bert');
    const tokenizer = openTokenizer({ ...tokenizerFiles, config });
    const long = tokenizer.encode('the cat sat. '.repeat(80_000), undefined, 14).ids;
    expect([...long]).toEqual([...tokenizer.encode('the cat sat. '.repeat(10), undefined, 14).ids]);
    expect(long).toHaveLength(14);
    const oneWord = tokenizer.encode('x'.repeat(100_000), undefined, 14).ids;
    expect(oneWord).toHaveLength(3); // [CLS] [UNK] [SEP]
  });

  it('keeps to the positions of the model', async () => {
    const { config, tokenizerFiles } = await openEncoder('roberta');
    const tokenizer = openTokenizer({ ...tokenizerFiles, config });
    expect(tokenizer.encode('the cat '.repeat(100), undefined, 512).ids).toHaveLength(18); // 20 less the two of padding
  });

  it('is refused with the reason where it does not fit or is damaged', async () => {
    const { config, tokenizerFiles } = await openEncoder('bert');
    const { tokenizerJson } = tokenizerFiles;
    const small = { ...config, vocabSize: 40 };
    expect(() => openTokenizer({ tokenizerJson: tokenizerJson!, config: small })).toThrow(
      'The tokenizer has 48 tokens, but config.json says that the model knows 40 (vocab_size).',
    );
    expect(() => openTokenizer({ tokenizerJson: '{', config })).toThrow('tokenizer.json is not valid JSON');
    expect(() => openTokenizer({ tokenizerJson: '{"version":"1.0"}', config })).toThrow(
      'tokenizer.json cannot be used',
    );
    expect(() => openTokenizer({ vocabTxt: '[PAD]\n[CLS]\n[SEP]\n', config })).toThrow('vocab.txt has no line "[UNK]"');
    expect(() => openTokenizer({ config })).toThrow('neither tokenizer.json nor vocab.txt');
    const tokenizer = openTokenizer({ tokenizerJson: tokenizerJson!, config });
    expect(() => tokenizer.encode('a', undefined, 2)).toThrow('leaves no room for text');
  });
});

describe('the room that a pair shares', () => {
  it.each([
    [3, 4, 10, [3, 4]],
    [3, 20, 10, [3, 7]],
    [20, 3, 10, [7, 3]],
    [20, 30, 11, [5, 6]],
    [30, 20, 11, [6, 5]],
    [6, 6, 11, [5, 6]],
  ])('%i and %i tokens in %i', (first, second, room, kept) => {
    expect(sharedRoom(first, second, room)).toEqual(kept);
  });
});
