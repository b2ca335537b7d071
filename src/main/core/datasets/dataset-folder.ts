import { access, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import { type AudioManifest, audioManifestSchema } from '../../../shared/datasets/audio.ts';
import { type DatasetManifest, datasetManifestSchema, type PixelLayout } from '../../../shared/datasets/dataset.ts';
import { type TableManifest, tableManifestSchema } from '../../../shared/datasets/table.ts';
import { type TextManifest, textManifestSchema } from '../../../shared/datasets/text.ts';
import { renameDurably, sweepTemporaries, syncFolder, writeFileAtomically } from '../../files/atomic-write.ts';
import { fileError } from '../../files/file-error.ts';
import { readExactly } from '../../files/read-exactly.ts';
import { isSafeId } from '../../files/safe-path.ts';
import type { StoredDataset } from './dataset-store.ts';

/**
 * The library's folder: `<id>/pixels.u8` (of texts `examples.jsonl`, of tables
 * `rows.jsonl`, of clips `waveforms.i16` and `clips.jsonl`) and `<id>/manifest.json`. A dataset that is being added lies in
 * `.adding-<id>`, one that is being removed in `.removing-<id>`; the store's row decides what a leftover one is.
 */
const addingPrefix = '.adding-';
const removingPrefix = '.removing-';

export const pixelsFile = (library: string, id: string): string => join(library, safe(id), 'pixels.u8');
export const examplesName = 'examples.jsonl';
export const rowsName = 'rows.jsonl';
export const waveformsName = 'waveforms.i16';
export const clipsName = 'clips.jsonl';
export const splitsName = (version: number): string => `splits-v${version}.u8`;
export const examplesFile = (library: string, id: string): string => join(library, safe(id), examplesName);
export const rowsFile = (library: string, id: string): string => join(library, safe(id), rowsName);
export const waveformsFile = (library: string, id: string): string => join(library, safe(id), waveformsName);
export const clipsFile = (library: string, id: string): string => join(library, safe(id), clipsName);
export const splitsFile = (library: string, id: string, version: number): string =>
  join(library, safe(id), splitsName(version));
export const manifestFile = (library: string, id: string): string => join(library, safe(id), 'manifest.json');

/** The file whose digest is the dataset's. */
export const contentFile = (library: string, { id, kind }: Pick<StoredDataset, 'id' | 'kind'>): string =>
  contentFiles[kind](library, id);

const contentFiles = {
  'image-classes': pixelsFile,
  'text-classes': examplesFile,
  'table-classes': rowsFile,
  'audio-classes': waveformsFile,
} as const;

function safe(id: string): string {
  if (!isSafeId(id)) throw new InnerloopError('invalid-request', `"${id}" is not the id of a dataset.`);
  return id;
}

/** An empty folder for a dataset to be; nothing in it counts before `completeAdding`. */
export async function startAdding(library: string, id: string): Promise<string> {
  const folder = join(library, addingPrefix + safe(id));
  await mkdir(folder);
  return folder;
}

export async function abandonAdding(library: string, id: string): Promise<void> {
  await rm(join(library, addingPrefix + safe(id)), { recursive: true, force: true });
}

/** Writes the manifest beside the finished content and flushes the folder: it is complete, but not in its place yet. */
export async function sealAdding(library: string, id: string, manifest: Manifest): Promise<void> {
  await writeFileAtomically(join(library, addingPrefix + safe(id), 'manifest.json'), JSON.stringify(manifest));
  await syncFolder(library);
}

/** Moves a sealed folder into its place; called right after its row is in the store. */
export async function completeAdding(library: string, id: string): Promise<void> {
  await renameDurably(join(library, addingPrefix + safe(id)), join(library, id));
}

/** Puts a folder that was sealed under another id (one without a row) in the place of a damaged or missing one. */
export async function replaceFolder(library: string, id: string, sealedAs: string): Promise<void> {
  await startRemoving(library, id);
  await renameDurably(join(library, addingPrefix + safe(sealedAs)), join(library, id));
  await completeRemoving(library, id);
}

/** Takes a dataset out of its place. A folder that is not there (the user removed it) is as good as removed. */
export async function startRemoving(library: string, id: string): Promise<void> {
  try {
    await renameDurably(join(library, safe(id)), join(library, removingPrefix + id));
  } catch (thrown) {
    if ((thrown as { readonly code?: unknown }).code !== 'ENOENT')
      throw fileError(thrown, join(library, id), 'removed');
  }
}

export async function undoRemoving(library: string, id: string): Promise<void> {
  await renameDurably(join(library, removingPrefix + safe(id)), join(library, id));
}

export async function completeRemoving(library: string, id: string): Promise<void> {
  await rm(join(library, removingPrefix + safe(id)), { recursive: true, force: true });
}

/**
 * Settles what a killed process left, before anything else happens in the folder: an added dataset whose row was stored
 * is put in its place, one without a row is removed; for a removed one it is the other way round.
 */
export async function settleLeftovers(library: string, isStored: (id: string) => boolean): Promise<void> {
  await mkdir(library, { recursive: true });
  await sweepTemporaries(library);
  for (const name of await readdir(library)) {
    const prefix = [addingPrefix, removingPrefix].find((candidate) => name.startsWith(candidate));
    if (!prefix) continue;
    const id = name.slice(prefix.length);
    const wanted = isSafeId(id) && isStored(id) && !(await exists(join(library, id)));
    if (wanted) await renameDurably(join(library, name), join(library, id));
    else await rm(join(library, name), { recursive: true, force: true });
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** What a look at the size of a dataset's file says, without reading it. */
export async function glance(library: string, dataset: StoredDataset): Promise<StoredDataset['state']> {
  try {
    const stats = await stat(contentFile(library, dataset));
    if (!stats.isFile()) return 'unreadable';
    return stats.size === dataset.bytes ? 'ready' : 'changed-on-disk';
  } catch (thrown) {
    if (typeof (thrown as { readonly code?: unknown }).code === 'string') return 'unreadable';
    throw thrown;
  }
}

export type Manifest = DatasetManifest | TextManifest | TableManifest | AudioManifest;
const manifestSchema = z.union([textManifestSchema, tableManifestSchema, audioManifestSchema, datasetManifestSchema]);

/** The manifest of a dataset; throws `bad-file` when it is missing or damaged. */
export async function readManifest(library: string, id: string): Promise<Manifest> {
  const path = manifestFile(library, id);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (thrown) {
    throw fileError(thrown, path, 'read');
  }
  const manifest = manifestSchema.safeParse(content);
  if (manifest.success) return manifest.data;
  throw new InnerloopError('bad-file', `The manifest of the dataset "${id}" is damaged.`, { cause: manifest.error });
}

/** Pixels of some examples, each [height, width, channels]; throws `bad-file` when the file cannot give them. */
export async function readExamples(
  library: string,
  id: string,
  layout: PixelLayout,
  examples: readonly number[],
): Promise<Uint8Array<ArrayBuffer>[]> {
  const path = pixelsFile(library, id);
  const bytes = layout.width * layout.height * layout.channels;
  const handle = await open(path, 'r').catch((thrown: unknown) => {
    throw fileError(thrown, path, 'read');
  });
  try {
    const pixels: Uint8Array<ArrayBuffer>[] = [];
    for (const example of examples) pixels.push(await readExactly(handle, example * bytes, bytes));
    return pixels;
  } catch (thrown) {
    throw fileError(thrown, path, 'read');
  } finally {
    await handle.close();
  }
}
