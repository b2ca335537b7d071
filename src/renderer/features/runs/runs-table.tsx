// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual treegrid are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { ContextMenu } from '@base-ui/react/context-menu';
import { type CSSProperties, type ReactNode, type Ref, type RefObject, useImperativeHandle, useRef } from 'react';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { MenuEntries, type MenuEntry } from '../../ui/menu.tsx';
import type { CellContext } from './cells.tsx';
import type { Layout, SortKey } from './columns.ts';
import { headHeight, queueRows, useGridRows, useGridWidth, useRowHeight } from './grid-rows.ts';
import { Row } from './run-row.tsx';
import { type Ids, selectedShare } from './selection-rules.ts';
import { nextCursor, type Section, type TableRow } from './table-rows.ts';
import { useQueueDrag } from './use-queue-drag.ts';
import type { RunQuery } from './use-run-list.ts';
import { useTableInput } from './use-table-input.ts';

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

/** The treegrid of runs: virtual rows, one tab stop, arrows inside. */
export function RunsTable(props: RunsTableProps) {
  const { rows, layout, cursor } = props;
  const rowHeight = useRowHeight();
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const virtual = useGridRows(rows, rowHeight, scroller, props.initialScroll);
  useGridWidth(scroller, props.onWidth);

  const cursorIndex = rows.findIndex(({ id }) => id === cursor);
  const goTo = (index: number): void => {
    const row = rows[index];
    if (!row) return;
    props.onCursor(row.id);
    virtual.scrollToIndex(index, { align: 'auto' });
  };
  const input = useTableInput({ table: props, cursorIndex, goTo, grid, pageRows: () => pageRows(scroller, rowHeight) });
  useImperativeHandle(props.ref, () => ({
    focus: () => grid.current?.focus({ preventScroll: true }),
    moveCursor: (by) => {
      grid.current?.focus({ preventScroll: true });
      goTo(nextCursor(rows, cursorIndex, by));
    },
    scrollToRow: (id) => {
      const index = rows.findIndex((row) => row.id === id);
      virtual.scrollToIndex(Math.max(0, index), { align: 'start' });
    },
    scrollToTop: () => virtual.scrollToOffset(0),
  }));

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
          {...input.handlers}
        >
          <HeaderRow {...props} />
          <div className="grid-body" role="rowgroup" ref={body} style={{ height: virtual.getTotalSize() }}>
            <BodyRows table={props} items={virtual.getVirtualItems()} rowHeight={rowHeight} body={body} />
          </div>
        </ContextMenu.Trigger>
        {props.footer}
      </div>
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="layer">
          <ContextMenu.Popup className={classNames('menu', !input.menuRow && 'none')}>
            {input.menuRow && <MenuEntries entries={props.menuFor(input.menuRow)} />}
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

const pageRows = (scroller: RefObject<HTMLElement | null>, rowHeight: number): number =>
  Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / rowHeight) - 2);

interface BodyRowsProps {
  readonly table: RunsTableProps;
  readonly items: readonly { readonly index: number; readonly start: number }[];
  readonly rowHeight: number;
  readonly body: RefObject<HTMLElement | null>;
}

/** The rows in sight, and the line where a dragged one would land. */
function BodyRows({ table, items, rowHeight, body }: BodyRowsProps) {
  const { rows, cursor, selection } = table;
  const queue = queueRows(rows, rowHeight);
  const { drag, gripProps } = useQueueDrag(
    { ...queue, rowHeight, contentTop: () => body.current?.getBoundingClientRect().top ?? 0 },
    (id, place) => {
      const row = rows.find((each) => each.id === id);
      if (row?.kind === 'run') table.onMoveInQueue(row.run, place);
    },
  );
  const grip = (id: string): ReactNode => (
    <span className="grip" title="Drag to another place, or Alt+Up and Alt+Down" {...gripProps(id)}>
      <Icon name="grip" small />
    </span>
  );
  return (
    <>
      {items.map((item) => {
        const row = rows[item.index];
        if (!row) return null;
        return (
          <Row
            key={row.id}
            row={row}
            index={item.index}
            top={item.start - headHeight}
            cursor={row.id === cursor}
            selected={selectedShare(row, selection)}
            flag={table.flags.has(row.id)}
            context={table.context}
            heading={row.kind === 'section' ? table.heading(row.section, row.count) : undefined}
            grip={row.kind === 'run' && row.section === 'queue' ? grip(row.id) : undefined}
          />
        );
      })}
      {drag && (
        <span
          className="landing"
          style={{ transform: `translateY(${queue.top + landingLine(queue.ids, drag) * rowHeight}px)` }}
        />
      )}
    </>
  );
}

/** Rows above the landing line: the place itself, or one more when the run comes from above. */
function landingLine(ids: readonly string[], drag: { readonly id: string; readonly place: number }): number {
  const from = ids.indexOf(drag.id) + 1;
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
