import { z } from 'zod';
import type { RequestOf } from '../../../shared/contract/requests.ts';
import { runConfigSchema } from '../../../shared/run-config/schema.ts';
import type { FilterNode } from '../../../shared/runs/filter-tree.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { allRows, number, oneRow, type Readable, type Row, text } from './database.ts';
import { compileFilter } from './filter-sql.ts';
import { summaryFromRow, summarySelect } from './runs.ts';

export type ListQuery = Omit<RequestOf<'runs.list'>, 'filter'> & { readonly filter: FilterNode | null };

/** Each has an index with `view` before it and `number` behind it. */
const sortColumns: Readonly<Record<ListQuery['sort']['by'], string>> = {
  created: 'created_at',
  name: 'name',
  duration: 'compute_ms',
  /** Accuracy, or loss negated: descending is best first. */
  best: 'best_score',
  loss: 'train_loss',
  algorithm: 'algorithm',
  dataset: 'dataset_name',
  seed: 'seed',
  state: 'state',
};

/** A stored run that this version cannot show, such as one with a field that it does not know. */
export interface UnreadableRun {
  readonly id: string;
  readonly number: number;
  readonly reason: string;
}

export interface RunList {
  readonly runs: RunSummary[];
  readonly matching: number;
  readonly total: number;
  /** Runs of the page that are left out of it and of its counts. */
  readonly unreadable: readonly UnreadableRun[];
}

/** One page of the history with the number of matching runs and of all runs in the view. */
export function listRuns(db: Readable, query: ListQuery): RunList {
  const { sql, values } = pageOfIds(query);
  const ids = allRows(db, sql, ...values).map(({ id }) => text(id));
  const rows = new Map(
    allRows(db, `${summarySelect} WHERE runs.id IN (SELECT value FROM json_each(?))`, JSON.stringify(ids)).map(
      (row) => [text(row.id), row],
    ),
  );
  const filter = query.filter === null ? null : compileFilter(query.filter);
  const total = countIn(db, query.view, null);
  const matching = filter === null ? total : countIn(db, query.view, filter);
  const runs: RunSummary[] = [];
  const unreadable: UnreadableRun[] = [];
  for (const id of ids) {
    const read = readRow(rows.get(id)!);
    if (read.ok) runs.push(read.run);
    else unreadable.push(read.unreadable);
  }
  return { runs, matching: matching - unreadable.length, total: total - unreadable.length, unreadable };
}

type ReadRow =
  | { readonly ok: true; readonly run: RunSummary }
  | { readonly ok: false; readonly unreadable: UnreadableRun };

/** One row must not break the list of all: it is held to the schema here, and not only in the whole answer. */
function readRow(row: Row): ReadRow {
  const refuse = (reason: string): ReadRow => ({
    ok: false,
    unreadable: { id: text(row.id), number: number(row.number), reason },
  });
  let run: RunSummary;
  try {
    run = summaryFromRow(row);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const config = (runConfigSchema as z.ZodType).safeParse(run.config);
  return config.success ? { ok: true, run } : refuse(z.prettifyError(config.error));
}

/** The statement that finds a page's ids in order: the sort comes from an index, the filter looks at each row of it. */
export function pageOfIds({ filter, view, sort, limit, offset }: ListQuery): {
  readonly sql: string;
  readonly values: readonly unknown[];
} {
  const column = sortColumns[sort.by];
  const order = sort.order === 'ascending' ? 'ASC' : 'DESC';
  const condition = filter === null ? null : compileFilter(filter);
  const sql = `SELECT id FROM runs WHERE view = ?${condition === null ? '' : ` AND (${condition.sql})`}
    ORDER BY ${column} ${order} NULLS LAST, number ${order} LIMIT CAST(? AS INTEGER) OFFSET CAST(? AS INTEGER)`;
  return { sql, values: [view, ...(condition?.values ?? []), limit, offset] };
}

function countIn(
  db: Readable,
  view: ListQuery['view'],
  condition: { readonly sql: string; readonly values: readonly unknown[] } | null,
): number {
  const sql = `SELECT count(*) AS runs FROM runs WHERE view = ?${condition === null ? '' : ` AND (${condition.sql})`}`;
  return number(oneRow(db, sql, view, ...(condition?.values ?? []))?.runs);
}
