import { createHash } from 'node:crypto';
import type { PlannedTexts } from '../../../../shared/datasets/text-splits.ts';
import { textExamples } from '../../../files/text-examples.ts';
import { examplesFile } from '../dataset-folder.ts';
import type { StoredTextDataset } from '../dataset-store.ts';

/** What a plan needs to know of stored texts; reads the file once through. */
export async function plannedTexts(folder: string, dataset: StoredTextDataset): Promise<PlannedTexts> {
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
