import { describe, expect, it } from 'vitest';
import { completions, filterPieces } from '../../../src/renderer/features/runs/filter-words.ts';

describe('pieces of a filter', () => {
  it.each(['dataset:omniglot,glyphs best>40% or (state:failed -tag:"rate study")', 'a ((b', '"open', 'x:', ' '])(
    'covers every character of %j',
    (text) => {
      expect(
        filterPieces(text)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    },
  );

  it('tells fields from operators and values', () => {
    const kinds = filterPieces('inner.rate>=0.1 or word').map(({ kind, text }) => `${kind}:${text}`);
    expect(kinds).toEqual([
      'field:inner.rate',
      'operator:>=',
      'value:0.1',
      'space: ',
      'operator:or',
      'space: ',
      'value:word',
    ]);
  });
});

describe('completion', () => {
  const known = { tag: ['rate study', 'paper'] };
  const texts = (filter: string): string[] => completions(filter, filter.length, known).map(({ text }) => text);

  it('offers fields, then their values', () => {
    expect(texts('sta')).toContain('state');
    expect(texts('state:fa')).toEqual(['state:failed']);
    expect(texts('state:failed,com')).toEqual(['state:failed,completed']);
  });

  it('quotes values with spaces, and completes inside the text', () => {
    const [offer] = completions('tag:ra seed>1', 6, known);
    expect(offer).toEqual({ text: 'tag:"rate study"', filter: 'tag:"rate study"  seed>1', caret: 17 });
    expect(texts('-dat')).toEqual(['-dataset']);
  });

  it('offers nothing after a space', () => {
    expect(texts('state:failed ')).toEqual([]);
  });
});
