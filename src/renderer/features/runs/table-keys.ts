import { nextCursor, type TableRow } from './table-rows.ts';

/** What a key does to the table, as a value. */
export type KeyEffect =
  | { readonly kind: 'move'; readonly to: number }
  | { readonly kind: 'extend'; readonly from: number; readonly to: number }
  | { readonly kind: 'group'; readonly key: string; readonly open: boolean }
  | { readonly kind: 'open'; readonly row: TableRow };

/**
 * Keys inside the treegrid: arrows move the cursor (with Shift they select), Right and Left open and close groups, Enter
 * opens. `at` is the cursor's row, -1 for none; `page` the rows of a page. Null for keys that mean nothing here.
 */
export function keyEffect(
  key: string,
  shift: 'shift' | 'plain',
  rows: readonly TableRow[],
  at: number,
  page: number,
): KeyEffect | null {
  const row = rows[at];
  const step = (by: number): KeyEffect => {
    const to = nextCursor(rows, at, by);
    return shift === 'shift' ? { kind: 'extend', from: at === -1 ? to : at, to } : { kind: 'move', to };
  };
  switch (key) {
    case 'ArrowDown':
      return step(1);
    case 'ArrowUp':
      return step(-1);
    case 'PageDown':
      return step(page);
    case 'PageUp':
      return step(-page);
    case 'Home':
      return { kind: 'move', to: nextCursor(rows, -1, 1) };
    case 'End':
      return { kind: 'move', to: nextCursor(rows, rows.length, -1) };
    case 'ArrowRight':
      return row?.kind === 'group' ? { kind: 'group', key: row.group.key, open: true } : null;
    case 'ArrowLeft':
      return closing(rows, at);
    case 'Enter':
      return row && row.kind !== 'section' ? { kind: 'open', row } : null;
    default:
      return null;
  }
}

/** Left closes a group; on a run inside one it goes to the group, as in any tree. */
function closing(rows: readonly TableRow[], at: number): KeyEffect | null {
  const row = rows[at];
  if (row?.kind === 'group') return { kind: 'group', key: row.group.key, open: false };
  if (row?.kind !== 'run' || row.level !== 2) return null;
  for (let index = at; index >= 0; index--) if (rows[index]?.kind === 'group') return { kind: 'move', to: index };
  return null;
}
