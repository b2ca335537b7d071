import type { RequestOf, ResponseOf } from '../../../../shared/contract/requests.ts';
import type { ShownRow, TableColumn } from '../../../../shared/datasets/table.ts';
import { splitCodes } from '../../../../shared/datasets/text.ts';
import { type StoredRow, storedRows } from '../../../files/table-rows.ts';
import { rowsFile } from '../dataset-folder.ts';
import type { StoredTableDataset } from '../dataset-store.ts';
import { readSplitCodes } from '../example-versions.ts';

/** A page of the rows that fit split, label and search, and how many fit; the file is read once through. */
export async function readRows(
  folder: string,
  dataset: StoredTableDataset,
  request: RequestOf<'datasets.rows'>,
): Promise<ResponseOf<'datasets.rows'>> {
  const { offset, limit, split, label } = request;
  const codes = await readSplitCodes(folder, dataset, dataset.version);
  const wanted = request.search.trim().toLowerCase();
  const rows: ShownRow[] = [];
  let total = 0;
  let index = 0;
  for await (const row of storedRows(rowsFile(folder, dataset.id), dataset.table)) {
    const itsSplit = splitCodes[codes[index] ?? 3]!;
    if ((split === null || itsSplit === split) && (label === null || row.label === label)) {
      const cells = shownCells(row, dataset.table.columns);
      if (wanted === '' || cells.some((cell) => cell?.toLowerCase().includes(wanted))) {
        if (total >= offset && rows.length < limit) rows.push({ index, cells, label: row.label, split: itsSplit });
        total += 1;
      }
    }
    index += 1;
  }
  return { total, rows };
}

/** Cells as words: a category by its name, a number as it is written in JSON. */
export const shownCells = ({ cells }: StoredRow, columns: readonly TableColumn[]): (string | null)[] =>
  columns.map((column, at) => {
    const cell = cells[at] ?? null;
    if (cell === null) return null;
    return column.kind === 'category' ? (column.categories[cell] ?? null) : String(cell);
  });
