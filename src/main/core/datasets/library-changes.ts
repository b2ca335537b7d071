import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf } from '../../../shared/contract/requests.ts';
import { planSplits } from '../../../shared/datasets/split-plan.ts';
import { sha256OfFile } from '../../files/digest.ts';
import { quoted } from '../../files/file-error.ts';
import { changeExampleSplits } from './change-example-splits.ts';
import {
  clipsFile,
  completeRemoving,
  contentFile,
  readManifest,
  splitsFile,
  startRemoving,
  undoRemoving,
} from './dataset-folder.ts';
import { refuseTaken, tidyName } from './dataset-names.ts';
import type { DatasetStore, StoredDataset } from './dataset-store.ts';
import { imagePlan } from './image-plan.ts';
import { isAboutOneFile } from './left-out.ts';
import { classesOf, resolveDataset } from './library-reads.ts';

/** Changes to the library: each is committed when its function returns. */

/** A new version with these splits; the same splits as now make none. */
export async function changeSplits(
  store: DatasetStore,
  folder: string,
  { id, splits: plan }: RequestOf<'datasets.split'>,
  now: () => number,
): Promise<void> {
  const dataset = resolveDataset(store, id);
  if (dataset.kind !== 'image-classes') return changeExampleSplits(store, folder, dataset, plan, now);
  const classes = classesOf(store, dataset);
  const splits = planSplits(imagePlan(plan), classes);
  if (classes.every((member, i) => member.split === splits[i])) return;
  const changed = classes.map((member, i) => ({ ...member, split: splits[i]! }));
  store.addDatasetVersion(dataset.id, changed, now());
}

export function renameDataset(store: DatasetStore, idOrName: string, wish: string, taken: readonly string[]): void {
  const dataset = resolveDataset(store, idOrName);
  const name = tidyName(wish);
  if (name === dataset.name) return;
  if (dataset.origin === 'built-in') throw builtIn(dataset, 'renamed');
  refuseTaken(
    name,
    taken.filter((other) => other !== dataset.name && other !== dataset.id),
  );
  store.renameDataset(dataset.id, name);
}

/** Reads the whole file again and stores what it found; throws only when the dataset does not exist. */
export async function verifyDataset(
  store: DatasetStore,
  folder: string,
  idOrName: string,
  now: () => number,
): Promise<void> {
  const dataset = resolveDataset(store, idOrName);
  const state = await look(store, folder, dataset);
  store.setDatasetState(dataset.id, state, state === 'ready' ? now() : null);
}

async function look(store: DatasetStore, folder: string, dataset: StoredDataset): Promise<StoredDataset['state']> {
  try {
    const sha256 = await sha256OfFile(contentFile(folder, dataset));
    const manifest = await readManifest(folder, dataset.id);
    const same = sha256 === dataset.sha256 && manifest.sha256 === sha256 && (await labelsAreWhole(folder, dataset));
    return same && (await splitsAreWhole(store, folder, dataset)) ? 'ready' : 'changed-on-disk';
  } catch (thrown) {
    if (isAboutOneFile(thrown)) return 'unreadable';
    throw thrown;
  }
}

/** Whether labels that stand in a file of their own, those of clips, are what was written. */
const labelsAreWhole = async (folder: string, dataset: StoredDataset): Promise<boolean> =>
  dataset.kind !== 'audio-classes' || (await sha256OfFile(clipsFile(folder, dataset.id))) === dataset.audio.clipsSha256;

/** Whether the newest splits of examples are those that were written; the splits of images are in the store. */
async function splitsAreWhole(store: DatasetStore, folder: string, dataset: StoredDataset): Promise<boolean> {
  if (dataset.kind === 'image-classes') return true;
  const written = store.getTextVersion(dataset.id, dataset.version)?.sha256;
  return (await sha256OfFile(splitsFile(folder, dataset.id, dataset.version))) === written;
}

/** Removes a dataset's files and row, or neither. Runs that used it keep their results and facts. */
export async function removeDataset(
  store: DatasetStore,
  folder: string,
  idOrName: string,
  force: 'yes' | 'no',
): Promise<StoredDataset> {
  const dataset = resolveDataset(store, idOrName);
  if (dataset.origin === 'built-in') throw builtIn(dataset, 'removed');
  const runs = store.countRunsUsing(dataset.id);
  if (runs > 0 && force === 'no') {
    throw new InnerloopError(
      'in-use',
      `The dataset ${quoted(dataset.name)} is used by ${runs === 1 ? '1 run' : `${runs.toLocaleString('en')} runs`}, which could not be resumed or evaluated without it.`,
    );
  }
  await startRemoving(folder, dataset.id);
  try {
    store.removeDataset(dataset.id);
  } catch (thrown) {
    await undoRemoving(folder, dataset.id);
    throw thrown;
  }
  await completeRemoving(folder, dataset.id);
  return dataset;
}

function builtIn({ name }: StoredDataset, verb: string): InnerloopError {
  return new InnerloopError('wrong-state', `${quoted(name)} is built in and cannot be ${verb}.`);
}
