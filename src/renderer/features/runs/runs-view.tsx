// biome-ignore-all lint/a11y/useSemanticElements: parts of rows of a virtual treegrid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { addressOf } from '../../app/addresses.ts';
import { request } from '../../app/core.ts';
import { useFacts } from '../../app/facts.tsx';
import { count, plural } from '../../app/format.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { FailureLine, PageHead, StatusBar } from '../../ui/page.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ActionBar, useTagging } from './action-bar.tsx';
import { datasetName } from './cells.tsx';
import type { SortKey } from './columns.ts';
import { FilterField } from './filter-field.tsx';
import { NoRuns } from './no-runs.tsx';
import { QueueHeading } from './queue-heading.tsx';
import { rowMenu } from './row-menu.ts';
import { RunsTable, type RunsTableHandle } from './runs-table.tsx';
import { toggled, withAll } from './selection-rules.ts';
import { runsOf, type Section } from './table-rows.ts';
import { TableSkeleton } from './table-skeleton.tsx';
import { TableTools } from './table-tools.tsx';
import { type RunActs, useRunActs } from './use-run-acts.ts';
import type { RunQuery } from './use-run-list.ts';
import { type TableState, useFilter, useTableState } from './use-table-state.ts';

export interface RunsViewProps {
  readonly view: RunQuery['view'];
  readonly title: string;
}

/** One view of the runs: the active ones, the archive or the bin. */
export function RunsView({ view, title }: RunsViewProps) {
  const [filter, setFilter] = useFilter();
  const state = useTableState(view, filter);
  const acts = useRunActs();
  const tagging = useTagging(acts);
  const table = useRef<RunsTableHandle>(null);
  const { list, selected } = state;
  const clear = (): void => state.select(new Set());

  useRunsKeys({ state, acts, view, table, tag: tagging.open, clear });
  useArrival(state, table);
  return (
    <>
      <PageHead title={title} sub={list.state === 'waiting' ? '' : plural(list.total, 'run')}>
        {view === 'bin' && <EmptyBin runs={list.total} />}
      </PageHead>
      <div className="bar" data-region="Filter">
        <FilterField
          filter={filter}
          onFilter={setFilter}
          matching={`${count(list.matching)} match`}
          known={knownValues(list.runs)}
        />
        <TableTools
          grouping={state.settings.grouping}
          onGrouping={(grouping) => state.change({ ...state.settings, grouping })}
          hidden={state.settings.hidden}
          onHidden={(hidden) => state.change({ ...state.settings, hidden })}
          filter={filter}
        />
      </div>
      {state.failure && <FailureLine message={state.failure.message} onRetry={state.reload} />}
      {state.loaded ? (
        <TableOfRuns {...{ state, acts, view, title, filter, setFilter, table }} onTag={tagging.open} />
      ) : (
        <TableSkeleton layout={state.layout} />
      )}
      {list.fresh > 0 && (
        <button
          type="button"
          className="btn primary fresh"
          onClick={() => {
            list.adopt();
            table.current?.scrollToTop();
          }}
        >
          {count(list.fresh)} new
        </button>
      )}
      {selected.length > 0 && (
        <ActionBar
          runs={selected}
          hidden={state.filteredOut}
          view={view}
          acts={acts}
          onClear={clear}
          onTag={() => tagging.open(selected)}
        />
      )}
      <Status state={state} filter={filter} />
      {tagging.dialog}
    </>
  );
}

interface TableOfRunsProps {
  readonly state: TableState;
  readonly acts: RunActs;
  readonly view: RunQuery['view'];
  readonly title: string;
  readonly filter: string;
  readonly setFilter: (filter: string) => void;
  readonly table: RefObject<RunsTableHandle | null>;
  readonly onTag: (runs: readonly RunSummary[]) => void;
}

const starToggle = (acts: RunActs, runs: readonly RunSummary[]): void =>
  acts.star(runs, runs.every((run) => run.starred === 'yes') ? 'no' : 'yes');

function TableOfRuns({ state, acts, view, title, filter, setFilter, table, onTag }: TableOfRunsProps) {
  const navigate = useNavigate();
  const facts = useFacts();
  const { history, selection, settings, list } = state;
  const all = history.length > 0 && history.every(({ id }) => selection.has(id));
  const open = (run: RunSummary) => navigate(addressOf.run(run.id));
  const star = (runs: readonly RunSummary[]): void => starToggle(acts, runs);
  const heading = (section: Section, number: number): ReactNode => {
    if (section === 'running') return <Heading title="Running" note={count(number)} />;
    if (section === 'queue') return <QueueHeading queue={facts.queue} count={number} now={state.context.now} />;
    return <Heading title={view === 'active' ? 'History' : title} note={historyNote(state, filter)} />;
  };
  const sortBy = (by: SortKey): void => {
    const order = by === settings.sort.by && settings.sort.order === 'descending' ? 'ascending' : 'descending';
    state.change({ ...settings, sort: { by, order } });
  };
  return (
    <RunsTable
      ref={table}
      rows={state.rows}
      layout={state.layout}
      context={state.context}
      sort={settings.sort}
      onSort={sortBy}
      selection={selection}
      onSelection={state.select}
      cursor={state.cursor}
      onCursor={state.setCursor}
      allShare={all ? 'all' : selection.size > 0 ? 'some' : 'none'}
      onToggleAll={() => state.select(all ? new Set() : withAll(history, selection))}
      flags={state.flags}
      heading={heading}
      onOpenRun={open}
      onToggleGroup={state.toggleGroup}
      onStar={star}
      onMoveInQueue={acts.moveInQueue}
      menuFor={(row) => rowMenu(row, { acts, view, queueLength: state.queued.length, open, tag: onTag, star })}
      initialScroll={state.memory.scrollTop}
      onScroll={(top) => {
        state.memory.scrollTop = top;
      }}
      onWidth={state.setWidth}
      footer={
        list.state === 'ready' && history.length === 0 ? (
          <NoRuns view={view} filter={filter} onFilter={setFilter} />
        ) : (
          state.selected.length > 0 && <div className="under-bar" />
        )
      }
    />
  );
}

function Heading({ title, note }: { readonly title: string; readonly note: string }) {
  return (
    <>
      <span role="rowheader">{title}</span>
      <span className="muted" role="gridcell">
        {note}
      </span>
    </>
  );
}

function historyNote({ list, underWay, settings }: TableState, filter: string): string {
  const grouped = settings.grouping === 'all-but-seed' ? 'grouped by config, all but seed' : 'not grouped';
  const matching = count(list.matching);
  if (filter === '') return `${matching} · ${grouped}`;
  return `${matching} of ${count(list.total - underWay.length)} match · ${grouped}`;
}

function Status({ state, filter }: { readonly state: TableState; readonly filter: string }) {
  const { list, groups, settings } = state;
  const runs = filter === '' ? plural(list.total, 'run') : `${count(list.matching)} of ${plural(list.total, 'run')}`;
  return (
    <StatusBar right="Updated as it happens">
      <span>
        {runs}
        {settings.grouping === 'all-but-seed' && ` · ${plural(groups.length, 'config')}`}
      </span>
      {filter !== '' && list.tookMs !== null && <span>Filtered in {Math.max(1, Math.round(list.tookMs))} ms</span>}
      {list.state === 'loading-more' && (
        <span>
          Reading {count(list.runs.length)} of {count(list.matching)}
        </span>
      )}
    </StatusBar>
  );
}

function EmptyBin({ runs }: { readonly runs: number }) {
  const [asking, setAsking] = useState(false);
  const toasts = useToasts();
  const empty = () =>
    request('runs.empty-bin', null).then(
      ({ removed }) => toasts.tell(`${plural(removed, 'run')} deleted`, 'trash'),
      toasts.tellFailure,
    );
  return (
    <>
      <span className="muted t12">Runs are deleted for good after 30 days here.</span>
      <Button look="danger" icon="trash" unavailable={runs === 0} onClick={() => runs > 0 && setAsking(true)}>
        Empty the bin
      </Button>
      {asking && (
        <Confirm
          title="Empty the bin"
          text={`${plural(runs, 'run')} with all metrics, checkpoints and logs will be deleted for good.`}
          act={`Delete ${plural(runs, 'run')}`}
          onAct={() => void empty()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** Values that the filter completes to, from the runs at hand. */
function knownValues(runs: readonly RunSummary[]): Readonly<Record<string, readonly string[]>> {
  const first = runs.slice(0, 500);
  return {
    dataset: [...new Set(first.map((run) => datasetName(run)))],
    tag: [...new Set(first.flatMap((run) => run.config.tags))],
  };
}

interface RunsKeys {
  readonly state: TableState;
  readonly acts: RunActs;
  readonly view: RunQuery['view'];
  readonly table: RefObject<RunsTableHandle | null>;
  readonly tag: (runs: readonly RunSummary[]) => void;
  readonly clear: () => void;
}

function useRunsKeys({ state, acts, view, table, tag, clear }: RunsKeys): void {
  const row = state.rows.find(({ id }) => id === state.cursor);
  const run = row?.kind === 'run' ? row.run : undefined;
  /** What a key acts on: the selection, or the row under the cursor. */
  const meant = state.selected.length > 0 ? state.selected : row ? runsOf(row) : [];
  const move = (place: number): void => {
    if (run?.queuePosition) acts.moveInQueue(run, Math.max(1, Math.min(state.queued.length, place)));
  };
  useShortcuts([
    ['Down', () => document.activeElement === document.body && table.current?.moveCursor(1)],
    ['Up', () => document.activeElement === document.body && table.current?.moveCursor(-1)],
    ['J', () => table.current?.moveCursor(1)],
    ['K', () => table.current?.moveCursor(-1)],
    ['X', () => row && state.select(toggled(row, state.selection))],
    ['Ctrl A', () => state.select(withAll(state.history, state.selection))],
    ['Esc', clear],
    ['C', () => acts.compare(meant)],
    ['Ctrl D', () => meant[0] && acts.clone(meant[0])],
    ['T', () => tag(meant)],
    ['S', () => starToggle(acts, meant)],
    ['E', () => acts.archive(meant, view === 'archived' ? 'no' : 'yes')],
    ['Delete', () => view !== 'bin' && acts.remove(meant)],
    ['P', () => run && acts.pauseOrResume(run)],
    ['Alt Up', () => move((run?.queuePosition ?? 1) - 1)],
    ['Alt Down', () => move((run?.queuePosition ?? 1) + 1)],
    ['Alt Home', () => move(1)],
  ]);
}

/** Coming back, the table has the focus at the row that was left; `?at=queue` goes to the queue. */
function useArrival(state: TableState, table: RefObject<RunsTableHandle | null>): void {
  const [search] = useSearchParams();
  const queueAsked = search.get('at') === 'queue';
  const { loaded, setCursor } = state;
  const remembered = useRef(state.cursor);
  const firstQueued = useRef<string | undefined>(undefined);
  firstQueued.current = state.queued[0]?.id;
  useEffect(() => {
    if (!loaded) return;
    if (document.activeElement === document.body && remembered.current) table.current?.focus();
    if (!queueAsked || !firstQueued.current) return;
    table.current?.scrollToRow('section-queue');
    table.current?.focus(); // which puts the cursor on the first row, where it stands nowhere
    setCursor(firstQueued.current);
  }, [loaded, queueAsked, setCursor, table]);
}
