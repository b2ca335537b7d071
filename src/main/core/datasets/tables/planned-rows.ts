import { createHash } from 'node:crypto';
import type { PlannedTexts } from '../../../../shared/datasets/text-splits.ts';
import { storedRows } from '../../../files/table-rows.ts';
import { rowsFile } from '../dataset-folder.ts';
import type { StoredTableDataset } from '../dataset-store.ts';

/** What a plan needs to know of stored rows; reads the file once through. */
export async function plannedRows(folder: string, dataset: StoredTableDataset): Promise<PlannedTexts> {
  const labels: (readonly number[])[] = [];
  const firstEqual: number[] = [];
  const firsts = new Map<string, number>(); // digest of cells -> first row
  for await (const { label, cells } of storedRows(rowsFile(folder, dataset.id), dataset.table)) {
    const digest = createHash('sha256').update(JSON.stringify(cells)).digest('base64');
    const first = firsts.get(digest) ?? labels.length;
    firsts.set(digest, first);
    firstEqual.push(first);
    labels.push([label]);
  }
  return { labels, firstEqual, labelNames: dataset.table.labels };
}
