import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storedClips } from '../../../../src/main/files/stored-clips.ts';
import type { AudioImport } from '../../../../src/shared/datasets/audio.ts';
import { makeWav, tone } from '../../../shared/audio/wav-file.ts';
import {
  type ImportRequest,
  importNow,
  importRequest,
  preparedLibrary,
  type TestLibrary,
  testLibrary,
  writeTree,
} from '../test-library.ts';

const scratch = (): Promise<string> => mkdtemp(join(tmpdir(), 'innerloop-clips-'));
const prepared = async (): Promise<TestLibrary> => preparedLibrary(await scratch());

type Files = Readonly<Record<string, Uint8Array | string>>;

const tree = async (files: Files): Promise<string> => writeTree(join(await scratch(), 'sounds'), files);

const clip = (hertz: number, seconds = 0.1, rate = 8000, more = {}): Uint8Array =>
  makeWav({ frames: tone(hertz, seconds, rate), rate, ...more });

/** Ten different clips of each of two labels, in folders below `above`. */
function twoLabels(above = '', amount = 10): Files {
  const files: Record<string, Uint8Array> = {};
  for (let i = 0; i < amount; i++) {
    files[`${above}low/${i}.wav`] = clip(200 + 10 * i + above.length);
    files[`${above}high/${i}.wav`] = clip(2000 + 10 * i + above.length);
  }
  return files;
}

const clips = (source: string, audio: Partial<AudioImport> = {}, more: Partial<ImportRequest> = {}): ImportRequest =>
  importRequest(source, { splits: null, as: 'audio', audio: { rate: 8000, seconds: null, ...audio }, ...more });

async function imported(test: TestLibrary, request: ImportRequest) {
  const job = await importNow(test, request);
  const id = job.datasetId!;
  const { summary, audio } = await test.library.handlers['datasets.get']({ id });
  return { job, id, summary, audio: audio!, folder: join(test.folder, id) };
}

async function waveforms(folder: string, samples: number): Promise<Int16Array[]> {
  const bytes = new Uint8Array(await readFile(join(folder, 'waveforms.i16')));
  const all = new Int16Array(bytes.buffer);
  return Array.from({ length: all.length / samples }, (_, i) => all.subarray(i * samples, (i + 1) * samples));
}

async function listed(folder: string) {
  const found = [];
  for await (const each of storedClips(join(folder, 'clips.jsonl'))) found.push(each);
  return found;
}

const page = { split: null, label: null, search: '', offset: 0, limit: 200 } as const;

describe('a folder of WAV files', () => {
  it('is found to hold clips, one folder per label, and is split by label', async () => {
    const test = await prepared();
    const { job, summary, audio, folder } = await imported(
      test,
      importRequest(await tree(twoLabels()), { splits: null }),
    );
    expect(job).toMatchObject({ kind: 'audio-classes', stage: 'done', examples: 20, classes: 2, warnings: [] });
    expect(summary).toMatchObject({
      kind: 'audio-classes',
      classes: 2,
      examples: 20,
      layout: null,
      source: 'sounds, one folder of .wav files per label',
      bytes: 20 * 1600 * 2,
    });
    expect(audio).toMatchObject({
      labels: ['high', 'low'],
      splitColumn: null,
      layout: { rate: 16_000, samples: 1600 },
      seconds: { least: 0.1, median: 0.1, most: 0.1 },
      ...{ cut: 0, filled: 0, duplicates: 0, contradictions: 0 },
    });
    expect(audio.version.labelCounts).toEqual([
      { label: 'high', train: 8, validation: 1, test: 1, unused: 0 },
      { label: 'low', train: 8, validation: 1, test: 1, unused: 0 },
    ]);
    const content = await readFile(join(folder, 'waveforms.i16'));
    expect(createHash('sha256').update(content).digest('hex')).toBe(summary.sha256);
    expect((await listed(folder))[0]).toEqual({ file: 'high/0.wav', label: 0, seconds: 0.1 });
  });

  it('keeps waveforms as they are where rate and length fit', async () => {
    const test = await prepared();
    const { folder, audio } = await imported(test, clips(await tree(twoLabels())));
    expect(audio.layout).toEqual({ rate: 8000, samples: 800 });
    const stored = await waveforms(folder, 800);
    const expected = Int16Array.from(tone(2000, 0.1, 8000), ([value]) => Math.round(value! * 0x8000));
    expect(stored[0]).toEqual(expected);
  });

  it('brings rates, channels and widths to one', async () => {
    const mono = tone(300, 0.1, 8000);
    const files = {
      'a/1.wav': makeWav({ frames: tone(300, 0.1, 44_100), rate: 44_100, bits: 24 }),
      'a/2.wav': makeWav({ frames: mono.map(([v]) => [v! / 2, (3 * v!) / 2]), rate: 8000, coding: 'float', bits: 32 }),
      'b/1.WAV': makeWav({ frames: mono, rate: 8000, bits: 8 }),
      'b/2.wav': makeWav({ frames: tone(300, 0.1, 22_050), rate: 22_050, extensible: 'yes' }),
    };
    const test = await prepared();
    const { folder } = await imported(test, clips(await tree(files)));
    const stored = await waveforms(folder, 800);
    expect(stored.length).toBe(4);
    for (const waveform of stored) {
      for (let i = 100; i < 700; i++) expect(Math.abs(waveform[i]! - mono[i]![0]! * 0x8000)).toBeLessThan(160); // 8 bits
    }
  });

  it('cuts and fills clips up to the asked length, and counts which', async () => {
    const files = {
      'a/long.wav': clip(300, 0.3),
      'a/whole.wav': clip(310, 0.2),
      'b/short.wav': clip(320, 0.05),
      'b/shorter.wav': clip(330, 0.01),
    };
    const test = await prepared();
    const { audio, folder } = await imported(test, clips(await tree(files), { seconds: 0.2 }));
    expect(audio).toMatchObject({ cut: 1, filled: 2, layout: { samples: 1600 } });
    const stored = await waveforms(folder, 1600);
    expect(stored[2]!.slice(400).every((sample) => sample === 0)).toBe(true);
    expect(stored[2]!.slice(0, 400).some((sample) => sample !== 0)).toBe(true);
    expect((await listed(folder)).map(({ seconds }) => seconds)).toEqual([0.3, 0.2, 0.05, 0.01]);
  });

  it('chooses a length that leaves 95 of 100 whole, and no more than 10 s', async () => {
    const test = await prepared();
    const most = { ...twoLabels(), 'low/long.wav': clip(100, 2) };
    expect((await imported(test, clips(await tree(most)))).audio).toMatchObject({ cut: 1, layout: { samples: 800 } });
    const long = { 'a/1.wav': clip(100, 11), 'b/1.wav': clip(110, 12) };
    const { audio } = await imported(test, clips(await tree(long), {}, { name: 'long' }));
    expect(audio).toMatchObject({ cut: 2, layout: { samples: 80_000 } });
  });

  it('leaves out files that cannot be read, each with its reason', async () => {
    const whole = clip(440, 0.5);
    const files = {
      ...twoLabels(),
      'low/cut-off.wav': whole.subarray(0, 4044),
      'low/compressed.wav': clip(440, 0.1, 8000, { way: 0x11 }),
      'low/words.wav': 'no sound at all',
      'low/notes.txt': 'about the clips',
      'lost.wav': whole,
      '.hidden/1.wav': whole,
    };
    const test = await prepared();
    const { job, summary } = await imported(test, clips(await tree(files)));
    expect(summary.examples).toBe(20);
    const reasons = Object.fromEntries(job.leftOut.map(({ file, reason }) => [file, reason]));
    expect(reasons).toEqual({
      'low/cut-off.wav': 'a WAV file that ends too early: it has 0.25 s of 0.50 s',
      'low/compressed.wav': 'a WAV file in IMA ADPCM; only uncompressed ones (PCM or float) are read',
      'low/words.wav': 'not a WAV file',
      'low/notes.txt': 'not a .wav file',
      'lost.wav': 'not in a folder of a label',
    });
  });

  it('says what of its clips is silent, there again, or there again with another label', async () => {
    const files = {
      ...twoLabels(),
      'low/again.wav': clip(200),
      'high/again.wav': clip(210),
      'low/silent.wav': makeWav({ frames: new Array<number[]>(800).fill([0]), rate: 8000 }),
    };
    const test = await prepared();
    const { job, audio } = await imported(test, clips(await tree(files)));
    expect(audio).toMatchObject({ duplicates: 2, contradictions: 1 });
    expect(job.duplicates).toBe(2);
    expect(job.warnings).toEqual([
      '1 clip is silent from beginning to end.',
      '1 clip is here again with another label.',
    ]);
  });
});

describe('splits of clips', () => {
  const given = (): Files => ({ ...twoLabels('train/'), ...twoLabels('test/', 3) });

  it('are those that folders give, with validation drawn from train', async () => {
    const test = await prepared();
    const { audio, summary } = await imported(test, clips(await tree(given())));
    expect(audio.splitColumn).toBe('folder');
    expect(summary.splits).toMatchObject({
      train: { examples: 18 },
      validation: { examples: 2 },
      test: { examples: 6 },
    });
  });

  it('are drawn where that is asked, whatever the folders are called', async () => {
    const test = await prepared();
    const splits = { kind: 'stratified', train: 0.5, validation: 0.25, seed: 3 } as const;
    const { audio, summary } = await imported(test, clips(await tree(given()), {}, { splits }));
    expect(audio.splitColumn).toBeNull();
    expect(summary.splits.train.examples).toBe(13);
  });

  it('change as a new version, which goes back to the given ones, and equal clips stay together', async () => {
    const test = await prepared();
    const files = { ...given(), 'train/low/again.wav': clip(206) }; // as train/low/0.wav
    const { id, audio } = await imported(test, clips(await tree(files)));
    expect(audio.duplicates).toBe(1);
    const split = test.library.handlers['datasets.split'];
    const drawn = { kind: 'stratified', train: 0.4, validation: 0.3, seed: 5 } as const;
    expect(await split({ id, splits: drawn })).toMatchObject({ version: 2 });
    expect(await split({ id, splits: drawn })).toMatchObject({ version: 2 });
    const { clips: shown } = await test.library.handlers['datasets.clips']({ id, ...page });
    const splitOf = (file: string) => shown.find((each) => each.file === file)?.split;
    expect(splitOf('train/low/again.wav')).toBe(splitOf('train/low/0.wav'));
    const back = await split({ id, splits: { kind: 'given', column: 'folder', validation: 0.1, seed: 1 } });
    expect(back).toMatchObject({ version: 3, splits: { test: { examples: 6 } } });
  });
});

describe('clips of the library', () => {
  it('are shown by pages, by split, label and file', async () => {
    const test = await prepared();
    const { id } = await imported(test, clips(await tree(twoLabels())));
    const read = test.library.handlers['datasets.clips'];
    expect((await read({ id, ...page, label: 1 })).total).toBe(10);
    expect((await read({ id, ...page, split: 'test' })).total).toBe(2);
    expect((await read({ id, ...page, search: 'HIGH/3' })).clips).toMatchObject([
      { index: 3, file: 'high/3.wav', label: 0 },
    ]);
    const second = await read({ id, ...page, offset: 4, limit: 2 });
    expect(second.total).toBe(20);
    expect(second.clips.map(({ index }) => index)).toEqual([4, 5]);
  });

  it('give their waveforms one by one', async () => {
    const test = await prepared();
    const { id, folder } = await imported(test, clips(await tree(twoLabels())));
    const { rate, samples } = await test.library.handlers['datasets.clip']({ id, index: 12 });
    expect(rate).toBe(8000);
    expect([...samples]).toEqual([...(await waveforms(folder, 800))[12]!]);
    await expect(async () => test.library.handlers['datasets.clip']({ id, index: 20 })).rejects.toThrow(
      '"sounds" has 20 clips, numbered from 0; there is no number 20.',
    );
  });

  it('are given to a trainer with their files', async () => {
    const test = await prepared();
    const { id, folder, audio } = await imported(test, clips(await tree(twoLabels())));
    expect(test.library.trainerDataset({ id, name: 'sounds', version: 1, digest: '' })).toMatchObject({
      kind: 'audio-classes',
      waveformsFile: join(folder, 'waveforms.i16'),
      clipsFile: join(folder, 'clips.jsonl'),
      splitsFile: join(folder, 'splits-v1.u8'),
      labels: ['high', 'low'],
      layout: audio.layout,
      clips: 20,
    });
  });

  it('are found changed where waveforms, labels or splits are', async () => {
    const test = await prepared();
    const { id, folder } = await imported(test, clips(await tree(twoLabels())));
    const verify = async () => (await test.library.handlers['datasets.verify']({ id })).state;
    expect(await verify()).toBe('ready');
    for (const name of ['waveforms.i16', 'clips.jsonl', 'splits-v1.u8']) {
      const whole = await readFile(join(folder, name));
      const damaged = Buffer.from(whole);
      damaged[damaged.length - 3]! ^= 1;
      await writeFile(join(folder, name), damaged);
      expect(await verify()).toBe('changed-on-disk');
      await writeFile(join(folder, name), whole);
      expect(await verify()).toBe('ready');
    }
  });
});

describe('a refused import of clips says why and leaves nothing behind', () => {
  const refusals: readonly (readonly [string, Files, Partial<ImportRequest>, string])[] = [
    ['one label', { 'a/1.wav': clip(100) }, {}, 'has clips of one label only, "a"; at least two labels are needed.'],
    ['no clips', { 'a/1.txt': 'words' }, {}, 'No clips were found in "sounds". Expected uncompressed .wav files'],
    [
      'nothing readable',
      { 'a/1.wav': 'words', 'b/1.wav': 'words' },
      {},
      'None of the .wav files can be read in "sounds".',
    ],
    [
      'splits that no folder gives',
      twoLabels(),
      { splits: { kind: 'given', column: 'folder', validation: 0.1, seed: 1 } },
      'The folders of "sounds" give no splits.',
    ],
    [
      'a label that test has and train has not',
      { ...twoLabels('train/'), 'test/other/1.wav': clip(100) },
      {},
      'The label "other" occurs in test (1 example) and never in train',
    ],
  ];
  it.each(refusals)('%s', async (_, files, more, sentence) => {
    const test = await prepared();
    await expect(importNow(test, clips(await tree(files), {}, more))).rejects.toThrow(sentence);
    expect(await readdir(test.folder)).toEqual((await readdir(test.folder)).filter((name) => !name.includes('sounds')));
    expect(test.store.listDatasets().some(({ name }) => name === 'sounds')).toBe(false);
  });

  it('one that is cancelled', async () => {
    const test = await prepared();
    const { handlers } = test.library;
    const { id } = await handlers['datasets.import'](clips(await tree(twoLabels())));
    await handlers['datasets.cancel-import']({ jobId: id });
    await expect(handlers['datasets.await-import']({ jobId: id })).rejects.toThrow('was cancelled');
    expect((await readdir(test.folder)).filter((name) => name.includes('sounds'))).toEqual([]);
  });

  it('one that was killed, when the next core starts', async () => {
    const home = await scratch();
    const test = await preparedLibrary(home);
    await writeTree(join(test.folder, '.adding-sounds-t1'), { 'waveforms.i16': 'half', 'clips.jsonl': '' });
    await testLibrary(home, test.store).library.prepare();
    expect((await readdir(test.folder)).filter((name) => name.includes('sounds'))).toEqual([]);
  });
});

describe('a preview of clips', () => {
  const preview = async (files: Files, audio: AudioImport | null = null) => {
    const test = await prepared();
    const looked = await test.library.handlers['datasets.preview']({
      source: await tree(files),
      ...{ as: 'auto', text: null, table: null, audio },
    });
    if (looked.holds !== 'audio') throw new Error(`It holds ${looked.holds}.`);
    return looked.preview;
  };

  it('says labels, lengths and rates by the headers, and what an import would do', async () => {
    const files = { ...twoLabels(), 'low/other.wav': clip(100, 0.2, 44_100) };
    expect(await preview(files)).toMatchObject({
      clips: 21,
      labels: [
        { label: 'low', examples: 11 },
        { label: 'high', examples: 10 },
      ],
      labelsTotal: 2,
      seconds: { least: 0.1, most: 0.2 },
      rates: [
        { rate: 8000, files: 20 },
        { rate: 44_100, files: 1 },
      ],
      complete: 'yes',
      chosen: { rate: 16_000, seconds: 0.1 },
      givenSplits: 'no',
      problem: null,
    });
    expect((await preview(files, { rate: 8000, seconds: 0.5 })).chosen).toEqual({ rate: 8000, seconds: 0.5 });
    expect((await preview({ ...twoLabels('train/'), ...twoLabels('test/') })).givenSplits).toBe('yes');
  });

  it('says what an import would stumble over', async () => {
    expect((await preview({ 'a/1.wav': clip(100) })).problem).toBe('There is one label only; at least two are needed.');
    const unread = await preview({ 'a/1.wav': 'words', 'b/1.wav': 'words' });
    expect(unread).toMatchObject({ seconds: null, chosen: null });
    expect(unread.problem).toBe('None of the .wav files can be read. "a/1.wav": not a WAV file.');
  });
});
