import { runsOf, type TableRow } from './table-rows.ts';

/** How clicks and keys change the selected ids (UI.md section 4). Pure: sets in, sets out. */
export type Ids = ReadonlySet<string>;

/** How much of a row is selected. */
export function selectedShare(row: TableRow, ids: Ids): 'none' | 'some' | 'all' {
  const runs = runsOf(row);
  const selected = runs.filter(({ id }) => ids.has(id)).length;
  return selected === 0 ? 'none' : selected === runs.length ? 'all' : 'some';
}

/** Selects the row's runs, or none of them when all were selected. */
export function toggled(row: TableRow, ids: Ids): Ids {
  const next = new Set(ids);
  const all = selectedShare(row, ids) === 'all';
  for (const { id } of runsOf(row)) {
    if (all) next.delete(id);
    else next.add(id);
  }
  return next;
}

/** Adds every row between the anchor and the target, both included. */
export function extended(rows: readonly TableRow[], anchor: number, target: number, ids: Ids): Ids {
  const next = new Set(ids);
  for (const row of rows.slice(Math.min(anchor, target), Math.max(anchor, target) + 1)) {
    for (const { id } of runsOf(row)) next.add(id);
  }
  return next;
}

export const withAll = (runs: readonly { readonly id: string }[], ids: Ids): Ids =>
  new Set([...ids, ...runs.map(({ id }) => id)]);

export const without = (gone: readonly string[], ids: Ids): Ids => {
  if (!gone.some((id) => ids.has(id))) return ids;
  const next = new Set(ids);
  for (const id of gone) next.delete(id);
  return next;
};
