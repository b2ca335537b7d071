import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import type { RunGroup } from './run-groups.ts';
import { groupRuns } from './run-groups.ts';

/** Rows of the runs table, top to bottom, as plain values. */
export type TableRow =
  | { readonly kind: 'section'; readonly id: string; readonly section: Section; readonly count: number }
  | {
      readonly kind: 'run';
      readonly id: string;
      readonly run: RunSummary;
      readonly section: Section;
      readonly level: 1 | 2;
    }
  | { readonly kind: 'group'; readonly id: string; readonly group: RunGroup; readonly open: boolean };

export type Section = 'running' | 'queue' | 'history';

export interface RowsInput {
  /** Active and queued runs; shown whatever the filter says. */
  readonly underWay: readonly RunSummary[];
  readonly history: readonly RunSummary[];
  readonly grouping: 'all-but-seed' | 'none';
  readonly openGroups: ReadonlySet<string>;
}

export function tableRows({ underWay, history, grouping, openGroups }: RowsInput): TableRow[] {
  const running = underWay.filter(({ state }) => isActive(state));
  const queued = underWay
    .filter(({ state }) => state === 'queued')
    .sort((a, b) => (a.queuePosition ?? 0) - (b.queuePosition ?? 0));
  const rows: TableRow[] = [];
  const add = (section: Section, runs: readonly RunSummary[]): void => {
    if (runs.length === 0) return;
    rows.push({ kind: 'section', id: `section-${section}`, section, count: runs.length });
    for (const run of runs) rows.push({ kind: 'run', id: run.id, run, section, level: 1 });
  };
  add('running', running);
  add('queue', queued);
  rows.push({ kind: 'section', id: 'section-history', section: 'history', count: history.length });
  rows.push(...historyRows(history, grouping, openGroups));
  return rows;
}

function historyRows(
  history: readonly RunSummary[],
  grouping: RowsInput['grouping'],
  openGroups: ReadonlySet<string>,
): TableRow[] {
  const runRow = (run: RunSummary, level: 1 | 2): TableRow => ({
    kind: 'run',
    id: run.id,
    run,
    section: 'history',
    level,
  });
  if (grouping === 'none') return history.map((run) => runRow(run, 1));
  return groupRuns(history).flatMap((group): TableRow[] => {
    const [only] = group.runs;
    if (group.runs.length === 1 && only) return [runRow(only, 1)];
    const open = openGroups.has(group.key);
    const head: TableRow = { kind: 'group', id: `group-${group.runs[0]!.id}`, group, open };
    return open ? [head, ...group.runs.map((run) => runRow(run, 2))] : [head];
  });
}

/** Runs that a row stands for: itself, those of a group, none for a heading. */
export const runsOf = (row: TableRow): readonly RunSummary[] =>
  row.kind === 'run' ? [row.run] : row.kind === 'group' ? row.group.runs : [];

/** The next row that the cursor can stand on, in a direction; stays where there is none. */
export function nextCursor(rows: readonly TableRow[], from: number, by: number): number {
  const direction = Math.sign(by);
  let left = Math.abs(by);
  let at = from;
  for (let index = from + direction; index >= 0 && index < rows.length && left > 0; index += direction) {
    if (rows[index]!.kind === 'section') continue;
    at = index;
    left--;
  }
  return at;
}
