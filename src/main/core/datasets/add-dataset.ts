import type { AudioManifest } from '../../../shared/datasets/audio.ts';
import type { DatasetManifest } from '../../../shared/datasets/dataset.ts';
import type { TableManifest } from '../../../shared/datasets/table.ts';
import type { TextManifest } from '../../../shared/datasets/text.ts';
import { completeAdding, type Manifest, sealAdding } from './dataset-folder.ts';
import type {
  DatasetStore,
  NewAudioDataset,
  NewDataset,
  NewExampleDataset,
  NewImageDataset,
  NewTableDataset,
  NewTextDataset,
} from './dataset-store.ts';

export type DatasetToAdd = Omit<NewImageDataset, 'bytes' | 'kind'> & { readonly signal?: AbortSignal };
export type ExampleDatasetToAdd = NewExampleDataset & { readonly signal?: AbortSignal };

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

/** As `addDataset`, of examples: their files and the first splits lie finished in the folder. */
export async function addExamples(store: DatasetStore, folder: string, dataset: ExampleDatasetToAdd): Promise<void> {
  const { signal, ...facts } = dataset;
  await addSealed(store, folder, facts, manifestOfExamples(facts), signal);
}

function manifestOfExamples(dataset: NewExampleDataset): Manifest {
  if (dataset.kind === 'text-classes') return textManifestOf(dataset);
  return dataset.kind === 'table-classes' ? tableManifestOf(dataset) : audioManifestOf(dataset);
}

function tableManifestOf({ table: { labels, columns }, version, sha256 }: NewTableDataset): TableManifest {
  return { format: 1, kind: 'table-classes', labels, columns, rows: examplesOf(version), sha256 };
}

function audioManifestOf({ audio, version, sha256 }: NewAudioDataset): AudioManifest {
  const { labels, layout, clipsSha256 } = audio;
  return { format: 1, kind: 'audio-classes', labels, layout, clips: examplesOf(version), sha256, clipsSha256 };
}

const examplesOf = ({ splits }: NewExampleDataset['version']): number =>
  Object.values(splits).reduce((sum, split) => sum + split.examples, 0);

export function textManifestOf({
  text: { labels, labelMode, columns },
  version,
  sha256,
}: Pick<NewTextDataset, 'text' | 'version' | 'sha256'>): TextManifest {
  return { format: 1, kind: 'text-classes', labels, labelMode, columns, examples: examplesOf(version), sha256 };
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
