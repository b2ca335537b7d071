import { defaultTableImport } from '../../../../shared/datasets/table.ts';
import { known, textNames } from '../texts/choose-columns.ts';
import { firstRows } from '../texts/first-rows.ts';
import type { TextSource } from '../texts/text-source.ts';
import { chooseTableColumns } from './choose-table-columns.ts';

const rowsLookedAt = 1000;

/**
 * Whether rows hold numbers and categories rather than texts: no column is called like a text or has mostly several
 * words, and of the columns beside the label at least half are numbers or categories.
 */
export async function looksLikeTable(source: TextSource, signal?: AbortSignal): Promise<boolean> {
  if (
    known(
      source.columns,
      textNames.flatMap((names) => names.filter((name) => name !== null)),
      new Set(),
    ) !== null
  ) {
    return false;
  }
  const rows = await firstRows(source, rowsLookedAt, { signal });
  try {
    const { columns } = chooseTableColumns(source, rows, { ...defaultTableImport, splitColumn: null });
    if (columns.some(({ facts }) => facts.sentences > facts.present / 2)) return false;
    const inputs = columns.filter(({ use }) => use === 'number' || use === 'category').length;
    const beside = columns.filter(
      ({ use, reason }) => use === 'ignored' && reason !== null && looksWordy(reason),
    ).length;
    return inputs >= Math.max(1, beside);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'invalid-request') return false;
    throw thrown;
  }
}

/** Ignored for being too varied or too long, which texts are; one value and numbers of rows say nothing. */
const looksWordy = (reason: string): boolean => !/^(no row|every row has "|looks like the number)/.test(reason);
