import { describe, expect, it } from 'vitest';
import { fuzzy, marked } from '../../../src/renderer/features/palette/fuzzy.ts';
import { type PaletteInput, paletteSections } from '../../../src/renderer/features/palette/palette-items.ts';
import { plausibleDatasets } from '../fake/fake-datasets.ts';
import { plausibleRuns } from '../fake/fake-runs.ts';

describe('fuzzy', () => {
  const rank = (query: string, texts: readonly string[]): string[] =>
    texts
      .flatMap((text) => {
        const match = fuzzy(query, text);
        return match ? [{ text, score: match.score }] : [];
      })
      .sort((a, b) => b.score - a.score)
      .map(({ text }) => text);

  it('ranks beginnings before word starts before the inside', () => {
    expect(rank('omni', ['xomni', 'maml-omni-5w1s', 'omniglot'])).toEqual(['omniglot', 'maml-omni-5w1s', 'xomni']);
  });

  it('matches letters in order, preferring beginnings of words', () => {
    expect(fuzzy('mo5', 'maml-omni-5w1s')?.places).toEqual([0, 5, 10]);
    expect(fuzzy('zz', 'maml')).toBeNull();
    expect(fuzzy('', 'anything')?.places).toEqual([]);
  });

  it('marks what matched', () => {
    expect(marked('anil-5', [0, 1, 5])).toEqual([
      { text: 'an', on: true },
      { text: 'il-', on: false },
      { text: '5', on: true },
    ]);
  });
});

describe('sections', () => {
  const now = Date.parse('2026-11-24T14:36:02Z');
  const done: string[] = [];
  const input = (query: string): PaletteInput => ({
    query,
    runs: plausibleRuns(now)
      .map(({ summary }) => summary)
      .reverse(),
    datasets: plausibleDatasets(now),
    commands: [{ id: 'new', text: 'New run', icon: 'plus', act: () => done.push('new') }],
    describe: () => ({ note: '', end: '' }),
    openRun: (run) => done.push(run.id),
    openDataset: () => undefined,
    showOnly: (filter) => done.push(filter),
  });
  const titles = (query: string): string[] => paletteSections(input(query)).map(({ title }) => title);

  it('lists by prefix', () => {
    expect(titles('>')).toEqual(['Commands']);
    expect(titles('@omni')).toEqual(['Datasets']);
    expect(titles('#')).toEqual(['Tags']);
    expect(titles('omni')).toEqual(['Runs', 'Datasets', 'Filter']);
  });

  it('puts starred and recent runs first among equals', () => {
    const [runs] = paletteSections(input(''));
    expect(runs?.items[0]?.run?.starred).toBe('yes');
  });

  it('quotes a tag with a space in its filter', () => {
    const tag = paletteSections(input('#rate'))[0]?.items[0];
    tag?.act();
    expect(done.at(-1)).toBe('tag:"rate study"');
  });
});
