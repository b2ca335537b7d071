import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256OfBytes } from '../../../src/main/files/digest.ts';
import type { ImportJob } from '../../../src/shared/datasets/dataset.ts';
import { chunk, giantPng, png } from '../../files/png-builder.ts';
import { scratchFolders } from '../../files/scratch.ts';
import { type ZipEntry, zip } from '../../files/zip-builder.ts';
import {
  drawing,
  importNow,
  importRequest,
  photo,
  preparedLibrary,
  type TestLibrary,
  writeTree,
} from './test-library.ts';

const scratch = scratchFolders();

const prepared = (): Promise<TestLibrary> => scratch().then(preparedLibrary);

async function zipFile(entries: readonly ZipEntry[], name = 'pets.zip'): Promise<string> {
  const path = join(await scratch(), name);
  await writeFile(path, zip(entries));
  return path;
}

const pets = () =>
  scratch().then((folder) =>
    writeTree(join(folder, 'pets'), {
      'cat/1.png': drawing(1),
      'cat/2.png': drawing(2),
      'cat/10.png': drawing(3),
      'dog/1.png': drawing(4),
      'dog/2.png': drawing(5),
    }),
  );

/** Only the built-in set is there: nothing of the import is left. */
async function expectNothingLeft({ folder, store }: TestLibrary): Promise<void> {
  expect((await readdir(folder)).sort()).toEqual(['glyphs', 'questions']);
  expect(store.listDatasets().map(({ id }) => id)).toEqual(['glyphs', 'questions']);
}

describe('an import', () => {
  it('stores pixels, manifest and row, and announces the dataset before its end', async () => {
    const test = await prepared();
    const job = await importNow(test, importRequest(await pets(), { size: 16 }));
    expect(job).toMatchObject({ stage: 'done', classes: 2, examples: 5, duplicates: 0, leftOut: [], error: null });
    const { summary, classes } = test.library.handlers['datasets.get']({ id: 'pets' }) as {
      summary: Record<string, unknown>;
      classes: unknown;
    };
    const pixels = await readFile(join(test.folder, job.datasetId!, 'pixels.u8'));
    expect(pixels.length).toBe(5 * 16 * 16);
    expect(summary).toMatchObject({
      id: job.datasetId,
      name: 'pets',
      origin: 'imported',
      source: 'pets, one folder per class',
      layout: { width: 16, height: 16, channels: 1, polarity: 'ink-dark' },
      sha256: sha256OfBytes(pixels),
      bytes: 1280,
      classes: 2,
      examples: 5,
      version: 1,
      state: 'ready',
    });
    expect(classes).toMatchObject([
      { index: 0, name: 'cat', group: '', firstExample: 0, examples: 3 },
      { index: 1, name: 'dog', group: '', firstExample: 3, examples: 2 },
    ]);
    const manifest = JSON.parse(await readFile(join(test.folder, job.datasetId!, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ format: 1, examples: 5, sha256: sha256OfBytes(pixels) });
    const told = test.events.map((event) => (event.name === 'import.progress' ? event.body.job.stage : event.name));
    expect([...new Set(told)]).toEqual(['scanning', 'checking', 'converting', 'splitting', 'dataset.changed', 'done']);
  });

  it('keeps the examples in the natural order of their files', async () => {
    const test = await prepared();
    await importNow(test, importRequest(await pets(), { size: 8 }));
    const { pixels } = await test.library.handlers['datasets.thumbnails']({ id: 'pets', classes: [0, 1], example: 2 });
    expect(pixels[0]![3]).toBeLessThan(128); // cat/10.png has its spot in the fourth cell
    expect(pixels[1]![5]).toBeLessThan(128); // dog has two drawings, so its last one is shown
  });

  it('gives colour to all when one image has it, and takes light backgrounds for photographs then', async () => {
    const test = await prepared();
    const source = await writeTree(join(await scratch(), 'mixed'), {
      'a/1.png': drawing(1),
      'a/2.png': png(8, 8, () => [90, 90, 90]), // grey stored in colour
      'b/1.png': photo(1),
      'b/2.png': png(8, 8, () => [255, 0, 0, 0]), // transparent: paper
    });
    await importNow(test, importRequest(source, { size: 8 }));
    const { summary } = await test.library.handlers['datasets.get']({ id: 'mixed' });
    expect(summary.layout).toEqual({ width: 8, height: 8, channels: 3, polarity: 'photo' });
    const shown = await test.library.handlers['datasets.thumbnails']({ id: 'mixed', classes: [0, 1], example: 1 });
    expect([...shown.pixels[0]!.subarray(0, 3)]).toEqual([90, 90, 90]);
    expect([...shown.pixels[1]!.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  it('takes dark grey pictures for photographs', async () => {
    const test = await prepared();
    const grey = (n: number) => png(8, 8, (x) => [(x * 10 + n) % 256]);
    const source = await writeTree(join(await scratch(), 'dark'), {
      'a/1.png': grey(1),
      'a/2.png': grey(2),
      'b/1.png': grey(3),
      'b/2.png': grey(4),
    });
    await importNow(test, importRequest(source));
    expect((await test.library.handlers['datasets.get']({ id: 'dark' })).summary.layout?.polarity).toBe('photo');
  });

  it('reports what it leaves out, counts exact duplicates, and drops classes of fewer than two images', async () => {
    const folder = await pets();
    const sound = drawing(9);
    const lostPixels = Buffer.concat([
      sound.subarray(0, 33),
      chunk('IDAT', Buffer.from('no zlib')),
      chunk('IEND', Buffer.of()),
    ]);
    await writeTree(folder, {
      'cat/again.png': drawing(1),
      'cat/empty.png': '',
      'cat/words.png': 'these are words',
      'cat/picture.gif': 'GIF89a etc',
      'dog/damaged.png': lostPixels,
      'axolotl/only.png': drawing(7),
      'newt/same.png': drawing(8),
      'newt/same-again.png': drawing(8),
      'notes.txt': 'about pets',
    });
    await symlink(join(folder, 'cat', '1.png'), join(folder, 'cat', 'link.png'));
    const test = await prepared();
    const job = await importNow(test, importRequest(folder));
    expect(job).toMatchObject({ classes: 2, examples: 5, duplicates: 2, leftOutTotal: 8 });
    expect([...job.leftOut].sort((a, b) => (a.file < b.file ? -1 : 1))).toEqual([
      { file: 'axolotl', reason: 'a class of one usable image; at least two are needed' },
      { file: 'cat/empty.png', reason: 'empty file' },
      { file: 'cat/link.png', reason: 'a link; links are not followed' },
      { file: 'cat/picture.gif', reason: 'a GIF image; only PNG and JPEG are read' },
      { file: 'cat/words.png', reason: 'not a PNG or JPEG image' },
      { file: 'dog/damaged.png', reason: 'damaged image' },
      { file: 'newt', reason: 'a class of one usable image; at least two are needed' },
      { file: 'notes.txt', reason: 'not in a folder of a class' },
    ]);
    const { classes } = await test.library.handlers['datasets.get']({ id: 'pets' });
    expect(classes.map(({ name, firstExample }) => [name, firstExample])).toEqual([
      ['cat', 0],
      ['dog', 3],
    ]);
    expect((await readFile(join(test.folder, job.datasetId!, 'pixels.u8'))).length).toBe(5 * 28 * 28);
  });

  it('splits as it is told, and says a mistyped name before the work', async () => {
    const test = await prepared();
    const splits = (name: string) =>
      ({ kind: 'assigned', by: 'class', assign: { [name]: 'test' }, rest: 'train' }) as const;
    await expect(importNow(test, importRequest(await pets(), { splits: splits('cats') }))).rejects.toMatchObject({
      code: 'invalid-request',
      message: 'There is no class "cats". Did you mean "cat"?',
    });
    await expectNothingLeft(test);
    await importNow(test, importRequest(await pets(), { splits: splits('cat') }));
    const { summary } = await test.library.handlers['datasets.get']({ id: 'pets' });
    expect(summary.splits).toMatchObject({ train: { classes: 1, examples: 2 }, test: { classes: 1, examples: 3 } });
  });

  it('leaves the user\u2019s files as they were', async () => {
    const folder = await pets();
    const before = await readdir(folder, { recursive: true });
    await importNow(await prepared(), importRequest(folder));
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });
});

describe('a refused import says why, by name, and leaves nothing behind', () => {
  const two = (folder: string): ZipEntry[] => [
    { name: `${folder}/1.png`, content: drawing(1) },
    { name: `${folder}/2.png`, content: drawing(2) },
  ];
  const cases: readonly (readonly [string, () => Promise<string>, string, string])[] = [
    [
      'a broken archive',
      async () => {
        const path = join(await scratch(), 'pets.zip');
        await writeFile(path, zip([...two('cat'), ...two('dog')]).subarray(0, 400));
        return path;
      },
      'bad-file',
      '"pets.zip" is not a zip archive, or it is damaged or incomplete.',
    ],
    [
      'an archive that leaves its folder',
      () => zipFile([...two('cat'), { name: '../evil.png', content: drawing(3) }]),
      'unsafe-path',
      'its entry "../evil.png" leaves its folder',
    ],
    [
      'an image of 30,000 x 30,000',
      () => zipFile([...two('cat'), ...two('dog'), { name: 'dog/giant.png', content: giantPng() }]),
      'too-large',
      'The image "dog/giant.png" has 30,000 x 30,000 pixels; at most 16,384 a side and 64 million in all are read. Nothing was imported.',
    ],
    [
      'no images',
      () => zipFile([{ name: 'a/b.md', content: 'x' }]),
      'bad-file',
      'No classes were found in "pets.zip".',
    ],
    ['one class', () => zipFile(two('cat')), 'bad-file', 'at least two classes'],
  ];
  it.each(cases)('%s', async (_, source, code, message) => {
    const test = await prepared();
    const path = await source();
    await expect(importNow(test, importRequest(path))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect(test.library.handlers['datasets.imports'](null)).toMatchObject([{ stage: 'failed', error: { code } }]);
    await expectNothingLeft(test);
  });

  it('a source that does not exist, at once', async () => {
    const test = await prepared();
    await expect(test.library.handlers['datasets.import'](importRequest('/not/here.zip'))).rejects.toMatchObject({
      code: 'not-found',
      message: '"here.zip" cannot be read: it does not exist.',
    });
    expect(test.library.handlers['datasets.imports'](null)).toEqual([]);
  });

  it('a name that is taken, with another that is free; also while an import works', async () => {
    const test = await prepared();
    const { library } = test;
    const first = await library.handlers['datasets.import'](importRequest(await pets()));
    const source = await pets();
    await expect(library.handlers['datasets.import'](importRequest(source))).rejects.toThrow(
      'There is a dataset "pets" already. Choose another name, such as "pets-2".',
    );
    await library.handlers['datasets.await-import']({ jobId: first.id });
    await expect(library.handlers['datasets.import'](importRequest(source, { name: ' Pets ' }))).rejects.toThrow(
      'such as "Pets-2"',
    );
    await expect(library.handlers['datasets.import'](importRequest(source, { name: 'sinusoid' }))).rejects.toThrow(
      '"sinusoid-2"',
    );
    await expect(library.handlers['datasets.import'](importRequest(source, { name: 'glyphs' }))).rejects.toThrow(
      '"glyphs-2"',
    );
    await importNow(test, importRequest(source, { name: 'pets-2' }));
  });
});

describe('a cancelled import', () => {
  it.each(['scanning', 'checking', 'converting', 'splitting'] as const)(
    'leaves nothing behind (while %s)',
    async (stage) => {
      const test = await prepared();
      const source = await pets();
      const handlers = test.library.handlers;
      const push = test.events.push.bind(test.events);
      test.events.push = (...events) => {
        for (const event of events) {
          if (event.name === 'import.progress' && event.body.job.stage === stage) {
            test.events.push = push;
            void handlers['datasets.cancel-import']({ jobId: event.body.job.id });
          }
        }
        return push(...events);
      };
      await expect(importNow(test, importRequest(source))).rejects.toMatchObject({ code: 'cancelled' });
      expect(handlers['datasets.imports'](null)).toMatchObject([{ stage: 'cancelled', datasetId: null }]);
      await expectNothingLeft(test);
    },
  );

  it('frees its name, lets the next one start, and cannot be cancelled again', async () => {
    const test = await prepared();
    const { handlers } = test.library;
    const source = await pets();
    const first = await handlers['datasets.import'](importRequest(source));
    const second = await handlers['datasets.import'](importRequest(source, { name: 'others' }));
    await handlers['datasets.cancel-import']({ jobId: first.id });
    expect(await handlers['datasets.await-import']({ jobId: second.id })).toMatchObject({ stage: 'done' });
    expect(() => handlers['datasets.cancel-import']({ jobId: first.id })).toThrow('has ended already');
    expect(() => handlers['datasets.cancel-import']({ jobId: 'none' })).toThrow('No import has the id "none"');
    expect(await importNow(test, importRequest(source))).toMatchObject({
      stage: 'done',
      name: 'pets',
    } satisfies Partial<ImportJob>);
  });

  it('closing the library ends everything', async () => {
    const test = await prepared();
    await test.library.handlers['datasets.import'](importRequest(await pets()));
    await test.library.close();
    await expectNothingLeft(test);
  });
});
