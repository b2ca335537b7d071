import { type FocusEvent, type KeyboardEvent, type MouseEvent, type RefObject, useRef, useState } from 'react';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { extended, type Ids, toggled } from './selection-rules.ts';
import { keyEffect } from './table-keys.ts';
import { nextCursor, runsOf, type TableRow } from './table-rows.ts';

export interface TableInput {
  readonly table: {
    readonly rows: readonly TableRow[];
    readonly selection: Ids;
    readonly onSelection: (ids: Ids) => void;
    readonly onCursor: (id: string) => void;
    readonly onOpenRun: (run: RunSummary) => void;
    readonly onToggleGroup: (key: string, open: boolean) => void;
    readonly onStar: (runs: readonly RunSummary[]) => void;
  };
  readonly cursorIndex: number;
  readonly goTo: (index: number) => void;
  readonly grid: RefObject<HTMLElement | null>;
  readonly pageRows: () => number;
}

/** What clicks and keys do to the table: a click opens, its box and Ctrl select, Shift extends, a right click offers. */
export function useTableInput({ table, cursorIndex, goTo, grid, pageRows }: TableInput) {
  const { rows, selection } = table;
  const anchor = useRef(0);
  const [menuRow, setMenuRow] = useState<TableRow | null>(null);

  const open = (row: TableRow): void => {
    if (row.kind === 'run') table.onOpenRun(row.run);
    else if (row.kind === 'group') table.onToggleGroup(row.group.key, !row.open);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== grid.current || event.altKey || event.ctrlKey || event.metaKey) return;
    const effect = keyEffect(event.key, event.shiftKey ? 'shift' : 'plain', rows, cursorIndex, pageRows());
    if (!effect) return;
    event.preventDefault();
    if (effect.kind === 'group') table.onToggleGroup(effect.key, effect.open);
    else if (effect.kind === 'open') open(effect.row);
    else {
      if (effect.kind === 'extend') table.onSelection(extended(rows, effect.from, effect.to, selection));
      goTo(effect.to);
    }
  };
  const hitOf = (event: MouseEvent): { readonly row: TableRow; readonly index: number } | null => {
    const element = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    const index = Number(element?.dataset.index ?? -1);
    const row = rows[index];
    return row && row.kind !== 'section' ? { row, index } : null;
  };
  const onClick = (event: MouseEvent): void => {
    const hit = hitOf(event);
    if (!hit) return;
    const { row, index } = hit;
    const part = (event.target as HTMLElement).closest<HTMLElement>('[data-part]')?.dataset.part;
    table.onCursor(row.id);
    if (part === 'star') table.onStar(runsOf(row));
    else if (event.shiftKey) table.onSelection(extended(rows, anchor.current, index, selection));
    else if (part === 'box' || event.ctrlKey || event.metaKey) table.onSelection(toggled(row, selection));
    else open(row);
    anchor.current = index;
  };
  const onContextMenu = (event: MouseEvent): void => {
    const hit = hitOf(event);
    const row = hit?.row ?? rows[cursorIndex] ?? null; // the menu key points at the grid, not at a row
    setMenuRow(row);
    if (hit) table.onCursor(hit.row.id);
  };
  const onFocus = (event: FocusEvent): void => {
    if (event.target === grid.current && cursorIndex === -1) goTo(nextCursor(rows, -1, 1));
  };
  return { menuRow, handlers: { onKeyDown, onClick, onContextMenu, onFocus } };
}
