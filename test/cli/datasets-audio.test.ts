import { describe, expect, it } from 'vitest';
import type { RequestHandlers } from '../../src/shared/contract/requests.ts';
import type { AudioDetail } from '../../src/shared/datasets/audio.ts';
import type { DatasetSummary } from '../../src/shared/datasets/dataset.ts';
import { cli } from './harness.ts';

const audio: AudioDetail = {
  labels: ['no', 'yes'],
  splitColumn: 'folder',
  layout: { rate: 16_000, samples: 12_000 },
  seconds: { edges: [0, 1], counts: [20], least: 0.3, median: 0.5, mean: 0.5, p95: 0.75, most: 1.2345 },
  ...{ cut: 1, filled: 1234, duplicates: 3, contradictions: 1, clipsSha256: 'ef' },
  version: {
    sha256: 'cd',
    labelCounts: [{ label: 'no', train: 8, validation: 1, test: 1, unused: 0 }],
    shared: 1,
    origin: 'as given in folder',
  },
};
const none = { classes: 2, examples: 10 };
const summary: DatasetSummary = {
  ...{ id: 'w', name: 'words', kind: 'audio-classes', origin: 'imported', source: 'words', version: 1, sha256: 'ab' },
  ...{ bytes: 480_000, classes: 2, examples: 20, layout: null, createdAt: 0, verifiedAt: null, usedByRuns: 0 },
  splits: { train: none, validation: none, test: none, unused: none },
  state: 'ready',
};
const core: Partial<RequestHandlers> = {
  'datasets.list': () => [summary],
  'datasets.get': () => ({ summary, classes: [], text: null, table: null, audio }),
  'datasets.split': () => summary,
};
const importBody = async (...words: string[]) =>
  (await cli(['datasets', 'import', 'words', ...words], { core, cwd: '/data' })).asked[0]?.body;

describe('clips of sound', () => {
  it('say rate and length', async () => {
    expect(await importBody('--as', 'audio', '--rate', '8000', '--seconds', '0.5')).toEqual({
      ...{ source: '/data/words', as: 'audio', name: null, size: 28, splits: null },
      audio: { rate: 8000, seconds: 0.5 },
    });
    expect(await importBody('--seconds', '1')).toMatchObject({ as: 'audio', audio: { rate: 16_000, seconds: 1 } });
    expect(await importBody('--as', 'audio')).not.toHaveProperty('audio');
    expect(await importBody()).toMatchObject({ as: 'auto' });
  });

  it('are split by example', async () => {
    expect(await importBody('--as', 'audio', '--split', 'train=0.5,validation=0.2')).toMatchObject({
      splits: { train: 0.5, validation: 0.2 },
    });
    const { asked } = await cli(['datasets', 'split', 'words', '--given'], { core });
    expect(asked.at(-1)?.body).toMatchObject({ id: 'w', splits: { kind: 'given', column: 'folder' } });
  });

  it.each([
    [['--seconds', '0'], '--seconds is "0"; allowed: a number from 0.05 to 60.'],
    [['--seconds', 'long'], '--seconds is "long"; allowed'],
    [['--rate', '9000'], '--rate is "9000"; allowed: 8000 or 16000 or 22050 or 44100.'],
    [['--rate', '8000', '--label', 'y'], '--rate is for clips of sound, and --label is not.'],
    [['--rate', '8000', '--as', 'omniglot'], '--rate is for clips of sound, and --as omniglot is not.'],
    [['--as', 'audio', '--text', 'y'], '--text is not for clips of sound.'],
  ])('refuse %j', async (words, message) => {
    const { code, errors } = await cli(['datasets', 'import', 'words', ...words], { core });
    expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
  });

  it('show how they are stored, lengths of the files, equal ones and labels', async () => {
    const { output } = await cli(['datasets', 'show', 'words'], { core });
    expect(output).toContain('clips       0.75 s each, 16,000 samples a second');
    expect(output).toContain('files       median 0.5 s, 95 of 100 at most 0.75 s; 0.3 s to 1.234 s');
    expect(output).toContain('cut         1; followed by silence: 1,234');
    expect(output).toContain('equal       3 clips are there again, 1 of them with another label');
    expect(output).toContain('warning     1 clip is in more than one split');
    expect(output).toMatch(/no +8 +1 +1/);
  });
});
