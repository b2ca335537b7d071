import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { SplitPlan } from '../../../shared/datasets/dataset.ts';
import { planSplits } from '../../../shared/datasets/split-plan.ts';
import { sha256OfFile } from '../../files/digest.ts';
import { quoted } from '../../files/file-error.ts';
import { completeRemoving, pixelsFile, readManifest, startRemoving, undoRemoving } from './dataset-folder.ts';
import { refuseTaken, tidyName } from './dataset-names.ts';
import type { DatasetStore, StoredDataset } from './dataset-store.ts';
import { isAboutOneFile } from './left-out.ts';
import { classesOf, resolveDataset } from './library-reads.ts';

/** Changes to the library: each is committed when its function returns. */

/** A new version with these splits; the same splits as now make none. */
export function changeSplits(store: DatasetStore, idOrName: string, plan: SplitPlan, now: number): void {
  const dataset = resolveDataset(store, idOrName);
  const classes = classesOf(store, dataset);
  const splits = planSplits(plan, classes);
  if (classes.every((member, i) => member.split === splits[i])) return;
  const changed = classes.map((member, i) => ({ ...member, split: splits[i]! }));
  store.addDatasetVersion(dataset.id, changed, now);
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
  const state = await look(folder, dataset);
  store.setDatasetState(dataset.id, state, state === 'ready' ? now() : null);
}

async function look(folder: string, dataset: StoredDataset): Promise<StoredDataset['state']> {
  try {
    const sha256 = await sha256OfFile(pixelsFile(folder, dataset.id));
    const manifest = await readManifest(folder, dataset.id);
    return sha256 === dataset.sha256 && manifest.sha256 === sha256 ? 'ready' : 'changed-on-disk';
  } catch (thrown) {
    if (isAboutOneFile(thrown)) return 'unreadable';
    throw thrown;
  }
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
