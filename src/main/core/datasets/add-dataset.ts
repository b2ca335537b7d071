import type { DatasetManifest } from '../../../shared/datasets/dataset.ts';
import type { TextManifest } from '../../../shared/datasets/text.ts';
import { completeAdding, type Manifest, sealAdding } from './dataset-folder.ts';
import type { DatasetStore, NewDataset, NewImageDataset, NewTextDataset } from './dataset-store.ts';

export type DatasetToAdd = Omit<NewImageDataset, 'bytes' | 'kind'> & { readonly signal?: AbortSignal };
export type TextDatasetToAdd = NewTextDataset & { readonly signal?: AbortSignal };

/**
 * Adds a dataset whose pixels lie finished in its `.adding-<id>` folder. The store's commit is the moment that counts:
 * before it a crash leaves nothing, after it the next start puts the folder in its place. When it throws, nothing is
 * stored, and the caller abandons the folder.
 */
export async function addDataset(store: DatasetStore, folder: string, dataset: DatasetToAdd): Promise<void> {
  const { signal, ...facts } = dataset;
  const { layout } = facts;
  const manifest = manifestOf(facts);
  const bytes = manifest.examples * layout.width * layout.height * layout.channels;
  await addSealed(store, folder, { ...facts, kind: 'image-classes', bytes }, manifest, signal);
}

/** As `addDataset`, of texts: `examples.jsonl` and the first splits lie finished in the folder. */
export async function addTextDataset(store: DatasetStore, folder: string, dataset: TextDatasetToAdd): Promise<void> {
  const { signal, ...facts } = dataset;
  await addSealed(store, folder, facts, textManifestOf(facts), signal);
}

export function textManifestOf({
  text: { labels, labelMode, columns },
  version,
  sha256,
}: Pick<NewTextDataset, 'text' | 'version' | 'sha256'>): TextManifest {
  const examples = Object.values(version.splits).reduce((sum, split) => sum + split.examples, 0);
  return { format: 1, kind: 'text-classes', labels, labelMode, columns, examples, sha256 };
}

async function addSealed(
  store: DatasetStore,
  folder: string,
  dataset: NewDataset,
  manifest: Manifest,
  signal?: AbortSignal,
): Promise<void> {
  await sealAdding(folder, dataset.id, manifest);
  signal?.throwIfAborted();
  store.insertDataset(dataset);
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
}: Pick<NewImageDataset, 'layout' | 'classes' | 'sha256'>): DatasetManifest {
  return {
    format: 1,
    layout,
    classes: classes.map(({ split: _, ...rest }) => rest),
    examples: classes.reduce((sum, member) => sum + member.examples, 0),
    sha256,
  };
}
