import { createHash } from 'node:crypto';
import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { AnySplitPlan } from '../../../../shared/datasets/dataset.ts';
import { writeFileAtomically } from '../../../files/atomic-write.ts';
import { quoted } from '../../../files/file-error.ts';
import { textExamples } from '../../../files/text-examples.ts';
import { examplesFile, splitsFile } from '../dataset-folder.ts';
import type { DatasetStore, StoredTextDataset } from '../dataset-store.ts';
import { planTexts, textPlan } from './plan-texts.ts';
import { readSplitCodes } from './text-reads.ts';

/**
 * A new version with these splits; the same splits as now make none. The file is written before the row: a crash in
 * between leaves a file that no row names, and the next change replaces it.
 */
export async function changeTextSplits(
  store: DatasetStore,
  folder: string,
  dataset: StoredTextDataset,
  wished: AnySplitPlan,
  now: () => number,
): Promise<void> {
  const plan = textPlan(wished, dataset.text.columns.split);
  const given = await givenCodes(folder, dataset, plan);
  const examples = await readPlanned(folder, dataset);
  const { codes, version } = planTexts(plan, examples, given, dataset.text.columns);
  if (store.getTextVersion(dataset.id, dataset.version)?.sha256 === version.facts.sha256) return;
  await writeFileAtomically(splitsFile(folder, dataset.id, dataset.version + 1), codes);
  store.addTextVersion(dataset.id, version, now());
}

/** The splits that the source gave are those of version 1; they can be gone back to. */
async function givenCodes(folder: string, dataset: StoredTextDataset, plan: ReturnType<typeof textPlan>) {
  if (plan.kind !== 'given') return new Uint8Array(0);
  const { columns } = dataset.text;
  if (columns.split !== null) return readSplitCodes(folder, dataset, 1);
  throw new InnerloopError(
    'invalid-request',
    `${quoted(dataset.name)} was imported without given splits. Import it again with the column ${quoted(plan.column)}.`,
  );
}

async function readPlanned(folder: string, dataset: StoredTextDataset) {
  const labels: (readonly number[])[] = [];
  const firstEqual: number[] = [];
  const firsts = new Map<string, number>();
  for await (const { text, pair, labels: ofExample } of textExamples(examplesFile(folder, dataset.id))) {
    const digest = createHash('sha256')
      .update(text)
      .update('\0')
      .update(pair ?? '')
      .digest('base64');
    const first = firsts.get(digest) ?? labels.length;
    firsts.set(digest, first);
    firstEqual.push(first);
    labels.push(ofExample);
  }
  return { labels, firstEqual, labelNames: dataset.text.labels };
}
