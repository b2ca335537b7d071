import { useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { useNow } from '../../app/clock.ts';
import { useEvent } from '../../app/core.ts';
import { useSelection } from '../../app/selection.tsx';
import type { CellContext } from './cells.tsx';
import { layoutFor } from './columns.ts';
import { keepList, keepTableSettings, memoryOf, type TableSettings, tableSettings } from './page-memory.ts';
import { queueEstimates } from './queue-heading.tsx';
import { bestGroups, groupRuns } from './run-groups.ts';
import { without } from './selection-rules.ts';
import { type TableRow, tableRows } from './table-rows.ts';
import { type RunQuery, useRunList, viewOf } from './use-run-list.ts';

/** Runs under way stand in sections of their own, whatever the filter says, and so never in the history. */
const underWayFilter = 'state:queued,starting,running,pausing,stopping';
const underWayQuery: RunQuery = {
  filter: underWayFilter,
  view: 'active',
  sort: { by: 'created', order: 'ascending' },
};
const atTop = (): 'top' => 'top';
const isUnderWay = (run: RunSummary): boolean => isActive(run.state) || run.state === 'queued';
const isHistory = (run: RunSummary): boolean => !isUnderWay(run);
const nobody: readonly RunSummary[] = [];

/** The user's filter, applied to the history only. */
export const historyFilter = (filter: string): string =>
  filter.trim() === '' ? `-${underWayFilter}` : `(${filter}) -${underWayFilter}`;

/** Everything that the runs table shows, gathered: lists, rows, selection, columns, and what is kept for Back. */
export function useTableState(view: RunQuery['view'], filter: string) {
  const memory = memoryOf(view, filter);
  const [settings, setSettings] = useState<TableSettings>(tableSettings);
  const [openGroups, setOpenGroups] = useState(memory.openGroups);
  const [cursor, setCursor] = useState<string | null>(memory.cursor);
  const [width, setWidth] = useState(1200);
  const list = useRunList(
    { filter: historyFilter(filter), view, sort: settings.sort },
    () => (memory.scrollTop < 40 ? 'top' : 'below'),
    isHistory,
  );
  const others = useRunList(underWayQuery, atTop, isUnderWay);

  const underWay = view === 'active' ? others.runs : nobody;
  const history = list.runs;
  const rows = useMemo(
    () => tableRows({ underWay, history, grouping: settings.grouping, openGroups }),
    [underWay, history, settings.grouping, openGroups],
  );
  const groups = useMemo(() => groupRuns(history), [history]);
  const flags = useMemo(() => flaggedRows(rows, bestGroups(groups)), [rows, groups]);
  const layout = useMemo(() => layoutFor(width, settings.hidden), [width, settings.hidden]);
  const context = useCellContext(layout, underWay);

  useEffect(() => keepList(rows.flatMap((row) => (row.kind === 'run' ? [row.id] : []))), [rows]);
  useEffect(() => {
    memory.cursor = cursor;
    memory.openGroups = openGroups;
  }, [memory, cursor, openGroups]);

  return {
    list,
    /** Of either list; the last rows stay. */
    failure: list.failure ?? others.failure,
    reload: () => {
      list.reload();
      others.reload();
    },
    loaded: list.state !== 'waiting' && others.state !== 'waiting',
    history,
    underWay,
    queued: queueOf(underWay),
    groups,
    rows,
    flags,
    layout,
    context,
    setWidth,
    settings,
    change: (next: TableSettings): void => {
      keepTableSettings(next);
      setSettings(next);
    },
    toggleGroup: (key: string, open: boolean): void => setOpenGroups((known) => toggledKey(known, key, open)),
    cursor,
    setCursor,
    memory,
    ...useSelectedRuns(view, underWay, list.runs),
  };
}

export type TableState = ReturnType<typeof useTableState>;

const queueOf = (underWay: readonly RunSummary[]): readonly RunSummary[] =>
  underWay.filter(({ state }) => state === 'queued').sort((a, b) => (a.queuePosition ?? 0) - (b.queuePosition ?? 0));

function toggledKey(known: ReadonlySet<string>, key: string, open: boolean): ReadonlySet<string> {
  const next = new Set(known);
  if (open) next.add(key);
  else next.delete(key);
  return next;
}

/** Ids of the rows that carry the flag of the best. */
function flaggedRows(rows: readonly TableRow[], best: ReadonlySet<string>): ReadonlySet<string> {
  const keyOf = (row: TableRow): string | null => {
    if (row.kind === 'group') return row.group.key;
    return row.kind === 'run' && row.level === 1 && row.section === 'history' ? row.run.groupKey : null;
  };
  return new Set(rows.filter((row) => best.has(keyOf(row) ?? '')).map(({ id }) => id));
}

/** Times and estimates change by the minute, so that rows are not drawn anew for each second. */
function useCellContext(layout: CellContext['layout'], underWay: readonly RunSummary[]): CellContext {
  const now = useNow(60_000);
  return useMemo(() => {
    const running = underWay.filter(({ state }) => isActive(state));
    return { now, layout, estimates: queueEstimates(running, queueOf(underWay), now) };
  }, [now, layout, underWay]);
}

function useSelectedRuns(view: RunQuery['view'], underWay: readonly RunSummary[], listed: readonly RunSummary[]) {
  const { ids, set } = useSelection();
  // What has gone to the archive or the bin is no longer meant; what a filter hides is.
  useEvent('run.changed', ({ run }) => {
    if (ids.has(run.id) && viewOf(run) !== view) set((now) => without([run.id], now));
  });
  useEvent('run.removed', ({ ids: gone }) => set((now) => without(gone, now)));
  const byId = useMemo(() => new Map([...underWay, ...listed].map((run) => [run.id, run])), [underWay, listed]);
  // Runs that were seen once stay known: a filter may hide them, but they are still selected.
  const seen = useRef(new Map<string, RunSummary>());
  for (const id of ids) {
    const run = byId.get(id);
    if (run) seen.current.set(id, run);
  }
  const selected = [...ids].flatMap((id) => byId.get(id) ?? seen.current.get(id) ?? []);
  return { selection: ids, select: set, selected, filteredOut: selected.filter(({ id }) => !byId.has(id)).length };
}

/** The filter of the page, kept in its address. */
export function useFilter(): readonly [string, (next: string) => void] {
  const [search, setSearch] = useSearchParams();
  const latest = useRef(setSearch);
  latest.current = setSearch;
  const set = useRef((next: string): void =>
    latest.current(
      (known) => {
        const changed = new URLSearchParams(known);
        if (next) changed.set('q', next);
        else changed.delete('q');
        changed.delete('at');
        return changed;
      },
      { replace: true },
    ),
  );
  return [search.get('q') ?? '', set.current];
}
