// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual treegrid are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { ContextMenu } from '@base-ui/react/context-menu';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { usePreferences } from '../../app/preferences.ts';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { MenuEntries, type MenuEntry } from '../../ui/menu.tsx';
import type { CellContext } from './cells.tsx';
import type { Layout, SortKey } from './columns.ts';
import { Row } from './run-row.tsx';
import { extended, type Ids, selectedShare, toggled } from './selection-rules.ts';
import { keyEffect } from './table-keys.ts';
import { nextCursor, runsOf, type Section, type TableRow } from './table-rows.ts';
import { useQueueDrag } from './use-queue-drag.ts';
import type { RunQuery } from './use-run-list.ts';

export interface RunsTableHandle {
  readonly focus: () => void;
  readonly moveCursor: (by: number) => void;
  readonly scrollToRow: (id: string) => void;
  readonly scrollToTop: () => void;
}

export interface RunsTableProps {
  readonly rows: readonly TableRow[];
  readonly layout: Layout;
  readonly context: CellContext;
  readonly sort: RunQuery['sort'];
  readonly onSort: (by: SortKey) => void;
  readonly selection: Ids;
  readonly onSelection: (ids: Ids) => void;
  /** Id of the row under the keyboard's cursor. */
  readonly cursor: string | null;
  readonly onCursor: (id: string) => void;
  readonly allShare: 'none' | 'some' | 'all';
  readonly onToggleAll: () => void;
  readonly flags: ReadonlySet<string>;
  readonly heading: (section: Section, count: number) => ReactNode;
  readonly onOpenRun: (run: RunSummary) => void;
  readonly onToggleGroup: (key: string, open: boolean) => void;
  readonly onStar: (runs: readonly RunSummary[]) => void;
  readonly onMoveInQueue: (run: RunSummary, place: number) => void;
  readonly menuFor: (row: TableRow) => readonly MenuEntry[];
  readonly initialScroll: number;
  readonly onScroll: (top: number) => void;
  readonly onWidth: (width: number) => void;
  readonly ref?: Ref<RunsTableHandle>;
  /** Below the last row. */
  readonly footer?: ReactNode;
}

const headHeight = 30;
const sectionHeight = 32;
const rowHeights = { compact: 26, default: 30, relaxed: 36 } as const;
const textExtra = { '90': 0, '100': 0, '110': 3, '125': 8 } as const;

/** The treegrid of runs: virtual rows, one tab stop, arrows inside. */
export function RunsTable(props: RunsTableProps) {
  const { rows, layout, selection, cursor } = props;
  const { density, textSize } = usePreferences();
  const rowHeight = rowHeights[density] + (density === 'default' ? textExtra[textSize] : 0);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const anchor = useRef(0);
  const [menuRow, setMenuRow] = useState<TableRow | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'section' ? sectionHeight : rowHeight),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: 72,
    initialOffset: props.initialScroll,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows or another density are other heights
  useLayoutEffect(() => virtual.measure(), [rowHeight, rows]);
  useGridWidth(scroller, props.onWidth);

  const cursorIndex = rows.findIndex(({ id }) => id === cursor);
  const goTo = (index: number): void => {
    const row = rows[index];
    if (!row) return;
    props.onCursor(row.id);
    virtual.scrollToIndex(index, { align: 'auto' });
  };
  const move = (by: number): void => goTo(nextCursor(rows, cursorIndex, by));
  useImperativeHandle(props.ref, () => ({
    focus: () => grid.current?.focus({ preventScroll: true }),
    moveCursor: (by) => {
      grid.current?.focus({ preventScroll: true });
      move(by);
    },
    scrollToRow: (id) =>
      virtual.scrollToIndex(
        Math.max(
          0,
          rows.findIndex((row) => row.id === id),
        ),
        { align: 'start' },
      ),
    scrollToTop: () => virtual.scrollToOffset(0),
  }));

  const queued = rows.flatMap((row) => (row.kind === 'run' && row.section === 'queue' ? [row] : []));
  const firstQueued = rows.findIndex((row) => row.kind === 'run' && row.section === 'queue');
  const queueTop = rows
    .slice(0, Math.max(0, firstQueued))
    .reduce((top, row) => top + (row.kind === 'section' ? sectionHeight : rowHeight), 0);
  const { drag, gripProps } = useQueueDrag(
    {
      ids: queued.map(({ id }) => id),
      top: queueTop,
      rowHeight,
      contentTop: () => body.current?.getBoundingClientRect().top ?? 0,
    },
    (id, place) => {
      const row = queued.find((each) => each.id === id);
      if (row) props.onMoveInQueue(row.run, place);
    },
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== grid.current || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / rowHeight) - 2);
    const effect = keyEffect(event.key, event.shiftKey ? 'shift' : 'plain', rows, cursorIndex, page);
    if (!effect) return;
    event.preventDefault();
    if (effect.kind === 'group') props.onToggleGroup(effect.key, effect.open);
    else if (effect.kind === 'open') open(effect.row);
    else {
      if (effect.kind === 'extend') props.onSelection(extended(rows, effect.from, effect.to, selection));
      goTo(effect.to);
    }
  };
  const open = (row: TableRow): void => {
    if (row.kind === 'run') props.onOpenRun(row.run);
    else if (row.kind === 'group') props.onToggleGroup(row.group.key, !row.open);
  };

  const rowAt = (event: MouseEvent): { readonly row: TableRow; readonly index: number } | null => {
    const element = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    const index = Number(element?.dataset.index ?? -1);
    const row = rows[index];
    return row ? { row, index } : null;
  };
  const onClick = (event: MouseEvent): void => {
    const hit = rowAt(event);
    if (!hit || hit.row.kind === 'section') return;
    const { row, index } = hit;
    const part = (event.target as HTMLElement).closest<HTMLElement>('[data-part]')?.dataset.part;
    props.onCursor(row.id);
    if (part === 'star') props.onStar(runsOf(row));
    else if (event.shiftKey) props.onSelection(extended(rows, anchor.current, index, selection));
    else if (part === 'box' || event.ctrlKey || event.metaKey) props.onSelection(toggled(row, selection));
    else open(row);
    anchor.current = index;
  };
  const onContextMenu = (event: MouseEvent): void => {
    const hit = rowAt(event);
    const row = hit?.row ?? rows[cursorIndex] ?? null;
    setMenuRow(row && row.kind !== 'section' ? row : null);
    if (hit && hit.row.kind !== 'section') props.onCursor(hit.row.id);
  };

  return (
    <ContextMenu.Root>
      <div
        className="grid"
        ref={scroller}
        style={{ '--cols': layout.template } as CSSProperties}
        onScroll={(event) => props.onScroll(event.currentTarget.scrollTop)}
      >
        <ContextMenu.Trigger
          ref={grid}
          className="grid-rows"
          role="treegrid"
          aria-label="Runs"
          aria-rowcount={rows.length + 1}
          aria-multiselectable="true"
          aria-activedescendant={cursorIndex >= 0 ? `row-${cursor}` : undefined}
          tabIndex={0}
          data-region="Runs"
          onFocus={(event) => {
            if (event.target === grid.current && cursorIndex === -1) goTo(nextCursor(rows, -1, 1));
          }}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onContextMenu={onContextMenu}
        >
          <HeaderRow {...props} />
          <div className="grid-body" role="rowgroup" ref={body} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index];
              if (!row) return null;
              const inQueue = row.kind === 'run' && row.section === 'queue';
              return (
                <Row
                  key={row.id}
                  row={row}
                  index={item.index}
                  top={item.start - headHeight}
                  cursor={row.id === cursor}
                  selected={selectedShare(row, selection)}
                  flag={props.flags.has(row.id)}
                  context={props.context}
                  heading={row.kind === 'section' ? props.heading(row.section, row.count) : undefined}
                  grip={
                    inQueue ? (
                      <span
                        className="grip"
                        title="Drag to another place, or Alt+Up and Alt+Down"
                        {...gripProps(row.id)}
                      >
                        <Icon name="grip" small />
                      </span>
                    ) : undefined
                  }
                />
              );
            })}
            {drag && (
              <span
                className="landing"
                style={{ transform: `translateY(${queueTop + landingLine(queued, drag) * rowHeight}px)` }}
              />
            )}
          </div>
        </ContextMenu.Trigger>
        {props.footer}
      </div>
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="layer">
          <ContextMenu.Popup className={classNames('menu', !menuRow && 'none')}>
            {menuRow && <MenuEntries entries={props.menuFor(menuRow)} />}
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

/** Rows above the landing line: the place itself, or one more when the run comes from above. */
function landingLine(
  queued: readonly { readonly id: string }[],
  drag: { readonly id: string; readonly place: number },
): number {
  const from = queued.findIndex(({ id }) => id === drag.id) + 1;
  return drag.place > from ? drag.place : drag.place - 1;
}

function HeaderRow({ layout, sort, onSort, allShare, onToggleAll }: RunsTableProps) {
  const head = (title: string, by: SortKey | null, align: 'left' | 'right', key: string): ReactNode => (
    <span
      key={key}
      role="columnheader"
      className={classNames(align === 'right' && 'n', by === sort.by && 'sorted')}
      aria-sort={by === sort.by ? sort.order : undefined}
    >
      {by ? (
        <button type="button" tabIndex={-1} onClick={() => onSort(by)}>
          {title}
          {by === sort.by && <Icon name={sort.order === 'descending' ? 'down' : 'up'} />}
        </button>
      ) : (
        title
      )}
    </span>
  );
  return (
    <div className="grid-head" role="rowgroup">
      <div className="tr th" role="row" aria-rowindex={1}>
        <span className="cc" role="columnheader">
          <button
            type="button"
            role="checkbox"
            tabIndex={-1}
            className={classNames('check', allShare === 'all' && 'on', allShare === 'some' && 'mixed')}
            aria-checked={allShare === 'all' ? true : allShare === 'some' ? 'mixed' : false}
            aria-label="Select all that match"
            onClick={onToggleAll}
          />
        </span>
        <span role="columnheader">
          <span className="sr-only">State</span>
        </span>
        {head('Name', 'name', 'left', 'name')}
        {layout.shown.map(({ id, title, sort: by, align }) => head(title, by, align, id))}
        <span role="columnheader">
          <span className="sr-only">Star</span>
        </span>
      </div>
    </div>
  );
}

function useGridWidth(grid: { readonly current: HTMLElement | null }, onWidth: (width: number) => void): void {
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
