import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { AnySplitPlan } from '../../../shared/datasets/dataset.ts';
import type { TextSplitPlan } from '../../../shared/datasets/text.ts';
import type { PlannedTexts } from '../../../shared/datasets/text-splits.ts';
import { writeFileAtomically } from '../../files/atomic-write.ts';
import { quoted } from '../../files/file-error.ts';
import { plannedClips } from './audio/planned-clips.ts';
import { splitsFile } from './dataset-folder.ts';
import type { DatasetStore, StoredExampleDataset } from './dataset-store.ts';
import { readSplitCodes } from './example-versions.ts';
import { examplePlan, planExamples } from './plan-examples.ts';
import { plannedRows } from './tables/planned-rows.ts';
import { plannedTexts } from './texts/planned-texts.ts';

/**
 * A new version with these splits; the same splits as now make none. The file is written before the row: a crash in
 * between leaves a file that no row names, and the next change replaces it.
 */
export async function changeExampleSplits(
  store: DatasetStore,
  folder: string,
  dataset: StoredExampleDataset,
  wished: AnySplitPlan,
  now: () => number,
): Promise<void> {
  const splitColumn = splitColumnOf(dataset);
  const plan = examplePlan(wished, splitColumn);
  const given = await givenCodes(folder, dataset, plan);
  const { codes, version } = planExamples(plan, await planned(folder, dataset), given, splitColumn);
  if (store.getTextVersion(dataset.id, dataset.version)?.sha256 === version.facts.sha256) return;
  await writeFileAtomically(splitsFile(folder, dataset.id, dataset.version + 1), codes);
  store.addTextVersion(dataset.id, version, now());
}

/** The column, or the folders, that gave splits; null where they were drawn. */
function splitColumnOf(dataset: StoredExampleDataset): string | null {
  if (dataset.kind === 'text-classes') return dataset.text.columns.split;
  return dataset.kind === 'table-classes' ? dataset.table.splitColumn : dataset.audio.splitColumn;
}

function planned(folder: string, dataset: StoredExampleDataset): Promise<PlannedTexts> {
  if (dataset.kind === 'text-classes') return plannedTexts(folder, dataset);
  return dataset.kind === 'table-classes' ? plannedRows(folder, dataset) : plannedClips(folder, dataset);
}

/** The splits that the source gave are those of version 1; they can be gone back to. */
async function givenCodes(folder: string, dataset: StoredExampleDataset, plan: TextSplitPlan) {
  if (plan.kind !== 'given') return new Uint8Array(0);
  if (splitColumnOf(dataset) !== null) return readSplitCodes(folder, dataset, 1);
  throw new InnerloopError(
    'invalid-request',
    `${quoted(dataset.name)} was imported without given splits. Import it again with the column ${quoted(plan.column)}.`,
  );
}
