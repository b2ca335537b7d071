import type { RowOptions, TextRow, TextSource } from './text-source.ts';

/** At most so many rows from the beginning; of folders, spread over all files. */
export async function firstRows(
  source: TextSource,
  most: number,
  { signal, onDecoded }: Pick<RowOptions, 'signal' | 'onDecoded'> = {},
): Promise<TextRow[]> {
  const every = source.labelCounts ? Math.max(1, Math.ceil(source.total / most)) : 1;
  const rows: TextRow[] = [];
  for await (const row of source.rows({ signal, every, onDecoded })) {
    rows.push(row);
    if (rows.length >= most) break;
  }
  return rows;
}
