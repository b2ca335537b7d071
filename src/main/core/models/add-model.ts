import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import { syncFolder } from '../../files/atomic-write.ts';
import { sha256OfFile } from '../../files/digest.ts';
import { shownBytes } from '../../files/file-error.ts';
import { abandonAdding, completeAdding, startAdding } from '../datasets/dataset-folder.ts';
import { copyFile } from './copy-file.ts';
import { type InspectedModel, inspectModel } from './inspect-model.ts';
import type { ModelStore, StoredModel } from './model-store.ts';

export interface NewModel extends Pick<StoredModel, 'id' | 'name' | 'origin' | 'source' | 'lineage'> {
  readonly createdAt: number;
}

export interface AddingSurroundings {
  readonly store: ModelStore;
  /** The library's folder. */
  readonly folder: string;
}

export interface CopySurroundings extends AddingSurroundings {
  readonly signal: AbortSignal;
  /** Bytes copied so far, of how many. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Checks a Hugging Face folder, copies it in and adds it. The user's files are only read; all or nothing is added. */
export async function importModel(source: string, model: NewModel, around: CopySurroundings): Promise<void> {
  const { folder, signal, onProgress } = around;
  const { files } = await inspectModel(source);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  await checkSpace(folder, total);
  await addModel(model, around, async (target) => {
    let done = 0;
    let sha256 = '';
    for (const { name } of files) {
      const digest = await copyFile(join(source, name), join(target, name), {
        signal,
        onPart: (bytes) => {
          done += bytes;
          onProgress(done, total);
        },
      });
      if (name === 'model.safetensors') sha256 = digest;
    }
    return sha256;
  });
}

/**
 * Adds a model whose files `write` puts into a folder; `write` may return the digest of the weights when it knows it.
 * What was written is inspected again before it counts. The store's commit is the moment that counts: before it a crash
 * leaves nothing, after it the next start puts the folder in its place.
 */
export async function addModel(
  model: NewModel,
  { store, folder }: AddingSurroundings,
  write: (target: string) => Promise<string | null>,
): Promise<void> {
  const target = await startAdding(folder, model.id);
  try {
    const digest = await write(target);
    const inspected = await inspectModel(target);
    const sha256 = digest ?? (await sha256OfFile(join(target, 'model.safetensors')));
    await syncFolder(target);
    await syncFolder(folder);
    store.insertModel(rowOf(model, inspected, sha256));
  } catch (thrown) {
    await abandonAdding(folder, model.id);
    throw thrown;
  }
  try {
    await completeAdding(folder, model.id);
  } catch (thrown) {
    store.removeModel(model.id);
    throw thrown;
  }
}

const rowOf = (model: NewModel, { shape, files }: InspectedModel, sha256: string): StoredModel => ({
  ...model,
  sha256,
  shape,
  weightBytes: files.find(({ name }) => name === 'model.safetensors')?.bytes ?? 0,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  state: 'ready',
});

/** Asks for room before the work, not after most of it. */
async function checkSpace(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (needed <= bavail * bsize) return;
  throw new InnerloopError(
    'no-space',
    `The model needs ${shownBytes(needed)}, but the disk has ${shownBytes(bavail * bsize)} left.`,
  );
}
