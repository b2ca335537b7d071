import { writeSync } from 'node:fs';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import { parseFilter } from '../../../shared/runs/filter.ts';
import { minMaxBuckets } from '../../../shared/statistics/buckets.ts';
import type { CoreContext } from '../context.ts';
import { checkpointsOf } from '../store/checkpoints.ts';
import { metricKeys, readSeries } from '../store/metrics.ts';
import { listRuns, type UnreadableRun } from '../store/run-list.ts';
import { requireRun } from './actions.ts';

/** A page of the history. Throws `invalid-request` with the field `filter` when the filter cannot be read. */
export function historyPage(context: CoreContext, request: RequestOf<'runs.list'>): ResponseOf<'runs.list'> {
  const parsed = parseFilter(request.filter, context.now());
  if (!parsed.ok) {
    const { message, expected, at, length } = parsed.error;
    throw new InnerloopError('invalid-request', `${message} Expected ${expected}.`, {
      detail: JSON.stringify({ at, length }),
      fields: [{ path: 'filter', message, allowed: expected }],
    });
  }
  const { unreadable, ...page } = listRuns(context.db, { ...request, filter: parsed.filter });
  warnOnce(context, unreadable);
  return page;
}

/** Which unreadable runs were told already, by core: the list is asked for again and again. */
const told = new WeakMap<CoreContext, Set<string>>();

function warnOnce(context: CoreContext, unreadable: readonly UnreadableRun[]): void {
  const known = told.get(context) ?? new Set<string>();
  told.set(context, known);
  for (const { id, number, reason } of unreadable) {
    if (known.has(id)) continue;
    known.add(id);
    writeSync(2, `Run ${number} (${id}) cannot be read by this version and is left out of the list: ${reason}\n`);
  }
}

/** Series of a run: every stored point of the range, or min/max buckets of it for drawing. */
export function runMetrics(context: CoreContext, request: RequestOf<'runs.metrics'>): ResponseOf<'runs.metrics'> {
  requireRun(context, request.id);
  const keys = request.keys.length > 0 ? request.keys : metricKeys(context.db, request.id);
  return {
    series: keys.map((key) => {
      const stored = readSeries(context.db, request.id, key, request);
      const { steps, values } = request.buckets === null ? stored : minMaxBuckets(stored, request.buckets);
      return { key, steps, values, stored: stored.steps.length };
    }),
  };
}

/** Checkpoints as clients see them: without the name of the file. */
export function runCheckpoints(context: CoreContext, id: string): ResponseOf<'runs.checkpoints'> {
  requireRun(context, id);
  return checkpointsOf(context.db, id).map(({ file: _, ...checkpoint }) => checkpoint);
}
