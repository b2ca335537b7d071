import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createLibrary, type Library } from '../../../src/main/core/datasets/library.ts';
import type { AnyEvent } from '../../../src/shared/contract/events.ts';
import type { RequestOf } from '../../../src/shared/contract/requests.ts';
import { defaultSplitPlan, type ImportJob } from '../../../src/shared/datasets/dataset.ts';
import { png } from '../../files/png-builder.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';

export interface TestLibrary {
  readonly library: Library;
  readonly store: MemoryStore;
  /** The library's folder. */
  readonly folder: string;
  readonly events: AnyEvent[];
}

/** A stand-in for the built-in set, which takes half a second to draw: glyphs.test.ts is about the real one. */
async function placeSmallGlyphs(folder: string, store: MemoryStore): Promise<void> {
  await writeTree(folder, { 'glyphs/pixels.u8': new Uint8Array(4), 'glyphs/manifest.json': '{}' });
  store.insertDataset({
    kind: 'image-classes',
    id: 'glyphs',
    name: 'glyphs',
    origin: 'built-in',
    source: 'a stand-in',
    sha256: '',
    bytes: 4,
    layout: { width: 1, height: 1, channels: 1, polarity: 'ink-dark' },
    classes: [0, 1].map((index) => ({
      index,
      name: `A/${index}`,
      group: 'A',
      firstExample: 2 * index,
      examples: 2,
      split: 'train',
    })),
    createdAt: 0,
  });
}

/** A library in a fresh folder, prepared. */
export async function preparedLibrary(home: string): Promise<TestLibrary> {
  const test = testLibrary(home);
  await placeSmallGlyphs(test.folder, test.store);
  await test.library.prepare();
  test.events.length = 0;
  return test;
}

/** A library on a store in memory; its clock ticks a millisecond with every look. */
export function testLibrary(home: string, store: MemoryStore = memoryStore()): TestLibrary {
  const events: AnyEvent[] = [];
  const folder = join(home, 'datasets');
  let time = 1_800_000_000_000;
  let suffixes = 0;
  const library = createLibrary({
    store,
    folder,
    now: () => time++,
    newSuffix: () => `t${++suffixes}`,
    announce: (event) => events.push(event),
  });
  return { library, store, folder, events };
}

export type ImportRequest = RequestOf<'datasets.import'>;

export const importRequest = (source: string, more: Partial<ImportRequest> = {}): ImportRequest => ({
  source,
  as: 'auto',
  name: null,
  size: 28,
  splits: defaultSplitPlan,
  ...more,
});

/** Imports and waits; throws the import's error. */
export async function importNow({ library }: TestLibrary, request: ImportRequest): Promise<ImportJob> {
  const job = await library.handlers['datasets.import'](request);
  return library.handlers['datasets.await-import']({ jobId: job.id });
}

/** Writes files below a folder, by path. */
export async function writeTree(root: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

/** A drawing that no other number gives: a light square with one dark spot. */
export const drawing = (number: number): Buffer =>
  png(32, 32, (x, y) => [Math.floor(x / 4) + 8 * Math.floor(y / 4) === number ? 0 : 255]);

/** A photograph of sorts, in colour. */
export const photo = (number: number): Buffer => png(20, 20, (x, y) => [x * 12, y * 12, (number * 40) % 256]);

/** Real data, beside the repository. */
export const omniglotZip = (name: 'small1' | 'small2'): string =>
  resolve(import.meta.dirname, `../../../../shared/data/omniglot/images_background_${name}.zip`);

export const haveOmniglot = existsSync(omniglotZip('small1')) && existsSync(omniglotZip('small2'));
