import type { DatasetManifest } from '../../../shared/datasets/dataset.ts';
import { completeAdding, sealAdding } from './dataset-folder.ts';
import type { DatasetStore, NewDataset } from './dataset-store.ts';

export type DatasetToAdd = Omit<NewDataset, 'bytes'> & { readonly signal?: AbortSignal };

/**
 * Adds a dataset whose pixels lie finished in its `.adding-<id>` folder. The store's commit is the moment that counts:
 * before it a crash leaves nothing, after it the next start puts the folder in its place. When it throws, nothing is
 * stored, and the caller abandons the folder.
 */
export async function addDataset(store: DatasetStore, folder: string, dataset: DatasetToAdd): Promise<void> {
  const { signal, ...facts } = dataset;
  const { layout } = facts;
  const manifest = manifestOf(facts);
  await sealAdding(folder, dataset.id, manifest);
  signal?.throwIfAborted();
  store.insertDataset({ ...facts, bytes: manifest.examples * layout.width * layout.height * layout.channels });
  try {
    await completeAdding(folder, dataset.id);
  } catch (thrown) {
    store.removeDataset(dataset.id);
    throw thrown;
  }
}

export function manifestOf({
  layout,
  classes,
  sha256,
}: Pick<NewDataset, 'layout' | 'classes' | 'sha256'>): DatasetManifest {
  return {
    format: 1,
    layout,
    classes: classes.map(({ split: _, ...rest }) => rest),
    examples: classes.reduce((sum, member) => sum + member.examples, 0),
    sha256,
  };
}
