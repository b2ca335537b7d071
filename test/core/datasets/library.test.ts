import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ImageTrainerDataset, TrainerDataset } from '../../../src/shared/contract/trainer.ts';
import { completeRunConfig } from '../../../src/shared/run-config/complete.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';
import { type RunConfig, runConfigSchema } from '../../../src/shared/run-config/schema.ts';
import { scratchFolders } from '../../files/scratch.ts';
import {
  drawing,
  importNow,
  importRequest,
  preparedLibrary,
  type TestLibrary,
  testLibrary,
  writeTree,
} from './test-library.ts';

const scratch = scratchFolders();
let test: TestLibrary;
/** Of the imported dataset. */
let id: string;

beforeEach(async () => {
  test = await preparedLibrary(await scratch());
  const source = await writeTree(join(await scratch(), 'pets'), {
    'cat/1.png': drawing(1),
    'cat/2.png': drawing(2),
    'dog/1.png': drawing(3),
    'dog/2.png': drawing(4),
    'newt/1.png': drawing(5),
    'newt/2.png': drawing(6),
  });
  const splits = { kind: 'assigned', by: 'class', assign: {}, rest: 'train' } as const;
  id = (await importNow(test, importRequest(source, { splits }))).datasetId!;
  test.events.length = 0;
});

/** A new core on the same store and folder. */
async function restart(): Promise<void> {
  test = testLibrary(dirname(test.folder), test.store);
  await test.library.prepare();
}

const handlers = () => test.library.handlers;

function config(dataset: string, task: object = {}): RunConfig {
  const base = presetById('quick-glyphs').config;
  return {
    ...base,
    task: {
      ...(base.task as Extract<RunConfig['task'], { kind: 'image-classes' }>),
      dataset,
      way: 2,
      query: 1,
      ...task,
    },
    evaluation: { ...base.evaluation, every: 0, finalSplit: 'none' },
  };
}

describe('the list', () => {
  it('starts with the generated tasks and counts the runs of each', async () => {
    test.store.runs.set('sinusoid', 4).set('binary-points', 1).set(id, 2);
    const list = await handlers()['datasets.list'](null);
    expect(list.map(({ name, kind, origin, usedByRuns }) => [name, kind, origin, usedByRuns])).toEqual([
      ['sinusoid', 'generated', 'built-in', 4],
      ['binary-points', 'generated', 'built-in', 1],
      ['glyphs', 'image-classes', 'built-in', 0],
      ['questions', 'text-classes', 'built-in', 0],
      ['pets', 'image-classes', 'imported', 2],
    ]);
  });

  it('finds by name and by id, and offers the nearest name', () => {
    expect(handlers()['datasets.get']({ id })).toEqual(handlers()['datasets.get']({ id: 'pets' }));
    expect(handlers()['datasets.get']({ id: 'sinusoid' })).toMatchObject({ classes: [], summary: { layout: null } });
    expect(() => handlers()['datasets.get']({ id: 'pest' })).toThrow(
      'There is no dataset "pest". Did you mean "pets"?',
    );
  });
});

describe('thumbnails', () => {
  it('of a class that does not exist are refused', async () => {
    await expect(handlers()['datasets.thumbnails']({ id, classes: [3], example: 0 })).rejects.toThrow(
      'The dataset "pets" has no class number 3; its classes are 0 to 2.',
    );
  });

  it('of a lost file are refused in plain words', async () => {
    await rm(join(test.folder, id, 'pixels.u8'));
    await expect(handlers()['datasets.thumbnails']({ id, classes: [0], example: 0 })).rejects.toMatchObject({
      code: 'not-found',
      message: '"pixels.u8" cannot be read: it does not exist.',
    });
  });
});

function imagesOf(dataset: TrainerDataset): ImageTrainerDataset {
  if (dataset.kind !== 'image-classes') throw new Error('It holds no images.');
  return dataset;
}

describe('a changed split', () => {
  const plan = { kind: 'assigned', by: 'class', assign: { newt: 'test' }, rest: 'train' } as const;

  it('is a new version; runs keep reading the one they used', async () => {
    const before = test.library.datasetFacts(config('pets'))!;
    const summary = await handlers()['datasets.split']({ id: 'pets', splits: plan });
    expect(summary).toMatchObject({ version: 2, splits: { test: { classes: 1 } } });
    expect(imagesOf(test.library.trainerDataset(before)).classes.map(({ split }) => split)).toEqual([
      'train',
      'train',
      'train',
    ]);
    const now = imagesOf(test.library.trainerDataset(test.library.datasetFacts(config('pets'))!));
    expect(now.classes.map(({ split }) => split)).toEqual(['train', 'train', 'test']);
    expect(now).toMatchObject({ version: 2, digest: summary.sha256, pixelsFile: join(test.folder, id, 'pixels.u8') });
    expect(test.events).toMatchObject([{ name: 'dataset.changed', body: { dataset: { id, version: 2 } } }]);
  });

  it('to the same splits makes no version', async () => {
    const same = { ...plan, assign: {} };
    expect((await handlers()['datasets.split']({ id, splits: same })).version).toBe(1);
  });
});

describe('a name', () => {
  it('can be changed to a free one', async () => {
    expect((await handlers()['datasets.rename']({ id, name: '  house   pets ' })).name).toBe('house pets');
    expect((await handlers()['datasets.rename']({ id, name: 'House Pets' })).name).toBe('House Pets');
    expect(() => handlers()['datasets.rename']({ id, name: 'glyphs' })).toThrow('such as "glyphs-2"');
    expect(() => handlers()['datasets.rename']({ id, name: ' ' })).toThrow('1 to 100 characters');
  });

  it('of the built-in set stays', () => {
    expect(() => handlers()['datasets.rename']({ id: 'glyphs', name: 'x' })).toThrow('"glyphs" is built in');
    expect(() => handlers()['datasets.rename']({ id: 'sinusoid', name: 'x' })).toThrow('generated');
  });
});

describe('verifying', () => {
  const path = () => join(test.folder, id, 'pixels.u8');

  it('finds a whole file ready, and remembers when', async () => {
    const { state, verifiedAt } = await handlers()['datasets.verify']({ id });
    expect(state).toBe('ready');
    expect(verifiedAt).toBeGreaterThan(0);
  });

  it('finds one changed value, and runs refuse the dataset from then on', async () => {
    const bytes = await readFile(path());
    bytes[1000]! ^= 1;
    await writeFile(path(), bytes);
    expect((await handlers()['datasets.verify']({ id })).state).toBe('changed-on-disk');
    expect(test.library.checkTask(config('pets')).errors[0]?.message).toContain('changed on the disk');
    const facts = test.library.datasetFacts(config('pets'))!;
    expect(() => test.library.trainerDataset(facts)).toThrow('changed on the disk since it was imported');
    await restart(); // a look at its size does not make it right again
    expect((await handlers()['datasets.get']({ id })).summary.state).toBe('changed-on-disk');
  });

  it('finds a lost file or manifest unreadable', async () => {
    await rename(join(test.folder, id, 'manifest.json'), join(test.folder, id, 'manifest.old'));
    expect((await handlers()['datasets.verify']({ id })).state).toBe('unreadable');
    await rename(join(test.folder, id, 'manifest.old'), join(test.folder, id, 'manifest.json'));
    await rm(path());
    expect((await handlers()['datasets.verify']({ id })).state).toBe('unreadable');
  });

  it('at every start, a look at the sizes finds lost and longer files', async () => {
    await appendFile(path(), 'x');
    await restart();
    expect((await handlers()['datasets.get']({ id })).summary.state).toBe('changed-on-disk');
    await rm(path());
    await restart();
    expect((await handlers()['datasets.get']({ id })).summary.state).toBe('unreadable');
  });
});

describe('removing', () => {
  it('takes folder and row, and is announced', async () => {
    await handlers()['datasets.remove']({ id: 'pets', force: 'no' });
    expect((await readdir(test.folder)).sort()).toEqual(['glyphs', 'questions']);
    expect(test.store.getDataset(id)).toBeNull();
    expect(test.events).toEqual([{ name: 'dataset.removed', body: { id } }]);
  });

  it('is refused while runs use it, unless it is forced', async () => {
    test.store.runs.set(id, 412);
    await expect(handlers()['datasets.remove']({ id, force: 'no' })).rejects.toMatchObject({
      code: 'in-use',
      message: 'The dataset "pets" is used by 412 runs, which could not be resumed or evaluated without it.',
    });
    const facts = test.library.datasetFacts(config('pets'))!;
    await handlers()['datasets.remove']({ id, force: 'yes' });
    expect(() => test.library.trainerDataset(facts)).toThrow('The dataset "pets" was removed from the library.');
  });

  it('changes nothing when the store refuses', async () => {
    test.store.removeDataset = () => {
      throw new Error('locked');
    };
    await expect(handlers()['datasets.remove']({ id, force: 'no' })).rejects.toThrow('locked');
    expect((await readdir(test.folder)).sort()).toEqual(['glyphs', id, 'questions'].sort());
    expect((await handlers()['datasets.verify']({ id })).state).toBe('ready');
  });

  it('works when the user has removed the files already, and not on what is built in', async () => {
    await rm(join(test.folder, id), { recursive: true });
    await handlers()['datasets.remove']({ id, force: 'no' });
    expect(test.store.getDataset(id)).toBeNull();
    await expect(handlers()['datasets.remove']({ id: 'glyphs', force: 'yes' })).rejects.toMatchObject({
      code: 'wrong-state',
    });
  });
});

describe('what a killed core left is settled at the next start', () => {
  it('half an import is removed; a finished one whose row is stored is put in its place', async () => {
    await mkdir(join(test.folder, '.adding-half-1'));
    await writeFile(join(test.folder, '.adding-half-1', 'pixels.u8'), 'half');
    await rename(join(test.folder, id), join(test.folder, `.adding-${id}`));
    await restart();
    expect((await readdir(test.folder)).sort()).toEqual(['glyphs', id, 'questions'].sort());
    expect((await handlers()['datasets.get']({ id })).summary.state).toBe('ready');
  });

  it('a removal is undone while the row is there, and finished when it is gone', async () => {
    await rename(join(test.folder, id), join(test.folder, `.removing-${id}`));
    await mkdir(join(test.folder, '.removing-gone-1'));
    await restart();
    expect((await readdir(test.folder)).sort()).toEqual(['glyphs', id, 'questions'].sort());
    expect((await handlers()['datasets.verify']({ id })).state).toBe('ready');
  });

  it('folders that are not ours to judge stay', async () => {
    await mkdir(join(test.folder, 'from-a-backup'));
    await restart();
    expect(await readdir(test.folder)).toContain('from-a-backup');
  });
});

describe('a config', () => {
  it('is checked against the dataset that it names', () => {
    expect(test.library.checkTask(config('pets')).errors).toEqual([]);
    expect(test.library.checkTask(config('pets', { query: 2 })).errors[0]?.message).toBe(
      'A class has 2 drawings; 1 shot + 2 queries need 3.',
    );
    expect(test.library.checkTask(config('pest')).errors[0]).toMatchObject({ path: 'task.dataset', nearest: 'pets' });
    expect(test.library.checkTask(config('sinusoid')).errors[0]?.message).toContain('has no image classes');
    expect(test.library.datasetFacts(presetById('quick-sinusoid').config)).toBeNull();
    expect(() => test.library.datasetFacts(config('pest'))).toThrow('Did you mean "pets"?');
  });

  it('that fine-tunes on more examples of a class than there are is told how many remain, and in which field', () => {
    const counts = { classSplit: 'all', classes: 0, perClass: 5, validationPerClass: 0, testPerClass: 1 };
    const fineTune = runConfigSchema.parse(
      completeRunConfig({
        task: { kind: 'image-examples', dataset: 'pets', ...counts },
        algorithm: { kind: 'fine-tune-network' },
      }),
    );
    expect(test.library.checkTask(fineTune).errors).toMatchObject([
      {
        path: 'task.perClass',
        message: expect.stringMatching(
          /^Class ".+" has 2 examples: 1 test and 0 validation examples leave 1, and task\.perClass is 5\.$/,
        ),
        allowed: 'at most 1, or 0 for all that remain',
        nearest: 1,
      },
    ]);
  });
});
