import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { usePreferences } from '../../app/preferences.ts';
import type { TableRow } from './table-rows.ts';

/** Heights of the table's rows in pixels, as tokens.css has them, and which rows are in sight. */
export const headHeight = 30;
const sectionHeight = 32;
const rowHeights = { compact: 26, default: 30, relaxed: 36 } as const;
/** Larger text makes default rows higher. */
const textExtra = { '90': 0, '100': 0, '110': 3, '125': 8 } as const;

export function useRowHeight(): number {
  const { density, textSize } = usePreferences();
  return rowHeights[density] + (density === 'default' ? textExtra[textSize] : 0);
}

const heightOf = (row: TableRow | undefined, rowHeight: number): number =>
  row?.kind === 'section' ? sectionHeight : rowHeight;

/** The virtual rows: only those in sight, and ten more at each end, exist in the page. */
export function useGridRows(
  rows: readonly TableRow[],
  rowHeight: number,
  scroller: RefObject<HTMLElement | null>,
  initialScroll: number,
) {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(rows[index], rowHeight),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: 72,
    initialOffset: initialScroll,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows or another density are other heights
  useLayoutEffect(() => virtual.measure(), [rowHeight, rows]);
  return virtual;
}

/** Ids of the queued rows, front first, and where the first begins. */
export function queueRows(
  rows: readonly TableRow[],
  rowHeight: number,
): { readonly ids: readonly string[]; readonly top: number } {
  const isQueued = (row: TableRow): boolean => row.kind === 'run' && row.section === 'queue';
  const first = Math.max(0, rows.findIndex(isQueued));
  const top = rows.slice(0, first).reduce((sum, row) => sum + heightOf(row, rowHeight), 0);
  return { ids: rows.filter(isQueued).map(({ id }) => id), top };
}

export function useGridWidth(grid: RefObject<HTMLElement | null>, onWidth: (width: number) => void): void {
  const latest = useRef(onWidth);
  latest.current = onWidth;
  useEffect(() => {
    const element = grid.current;
    if (!element) return;
    const observer = new ResizeObserver(() => latest.current(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [grid]);
}
