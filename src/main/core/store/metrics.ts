import { metricInfo } from '../../../shared/metrics/catalog.ts';
import type { Series } from '../../../shared/statistics/buckets.ts';
import {
  allRows,
  change,
  inTransaction,
  number,
  oneRow,
  type Readable,
  type Row,
  text,
  type Writable,
} from './database.ts';

/** [step, value] pairs in step order. */
export type Points = readonly (readonly [number, number])[];

/** Points in one sealed chunk: 16 kB. */
export const chunkPoints = 1024;

export interface MetricSummary {
  readonly key: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
  /** By the metric's own direction; the last value where it has none. */
  readonly best: number;
  readonly bestStep: number;
}

/**
 * Adds points to one series of a run and returns those that are new. A point whose step is not beyond the last stored
 * one is ignored: a resumed run repeats the steps since its checkpoint.
 */
export function appendPoints(db: Writable, runId: string, key: string, points: Points): Points {
  return inTransaction(db, () => append(db, runId, key, points));
}

function append(db: Writable, runId: string, key: string, points: Points): Points {
  const series = oneRow(db, 'SELECT * FROM metric_series WHERE run_id = ? AND key = ?', runId, key);
  const fresh = beyond(points, series === undefined ? Number.NEGATIVE_INFINITY : number(series.last_step));
  if (fresh.length === 0) return fresh;
  const seriesId = series === undefined ? insertSeries(db, runId, key, fresh) : number(series.id);
  if (series !== undefined) updateSeries(db, series, fresh);
  for (const [step, value] of fresh) {
    change(db, 'INSERT INTO metric_points (series_id, step, value) VALUES (?, ?, ?)', seriesId, step, value);
  }
  const tail = number(oneRow(db, 'SELECT tail_count FROM metric_series WHERE id = ?', seriesId)?.tail_count);
  for (let left = tail; left >= chunkPoints; left -= chunkPoints) packTail(db, seriesId, chunkPoints);
  return fresh;
}

function beyond(points: Points, lastStep: number): Points {
  let last = lastStep;
  return points.filter(([step]) => {
    if (step <= last) return false;
    last = step;
    return true;
  });
}

interface Extremes {
  readonly first: readonly [number, number];
  readonly last: readonly [number, number];
  readonly min: readonly [number, number];
  readonly max: readonly [number, number];
}

function extremesOf(points: Points): Extremes {
  let min = points[0]!;
  let max = points[0]!;
  for (const point of points) {
    if (point[1] < min[1]) min = point;
    if (point[1] > max[1]) max = point;
  }
  return { first: points[0]!, last: points.at(-1)!, min, max };
}

function bestOf(key: string, { min, max, last }: Extremes): readonly [number, number] {
  const { better } = metricInfo(key);
  if (better === 'lower') return min;
  return better === 'higher' ? max : last;
}

function insertSeries(db: Writable, runId: string, key: string, points: Points): number {
  const extremes = extremesOf(points);
  const { first, last, min, max } = extremes;
  const row = oneRow(
    db,
    `INSERT INTO metric_series (run_id, key, count, tail_count, first_step, first_value, last_step, last_value,
       min_step, min_value, max_step, max_value, best_step, best_value)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    runId,
    key,
    points.length,
    points.length,
    ...first,
    ...last,
    ...min,
    ...max,
    ...bestOf(key, extremes),
  );
  return number(row?.id);
}

function updateSeries(db: Writable, series: Row, points: Points): void {
  const added = extremesOf(points);
  const storedMin = [number(series.min_step), number(series.min_value)] as const;
  const storedMax = [number(series.max_step), number(series.max_value)] as const;
  const extremes: Extremes = {
    ...added,
    min: added.min[1] < storedMin[1] ? added.min : storedMin,
    max: added.max[1] > storedMax[1] ? added.max : storedMax,
  };
  change(
    db,
    `UPDATE metric_series SET count = count + ?, tail_count = tail_count + ?, last_step = ?, last_value = ?,
       min_step = ?, min_value = ?, max_step = ?, max_value = ?, best_step = ?, best_value = ? WHERE id = ?`,
    points.length,
    points.length,
    ...extremes.last,
    ...extremes.min,
    ...extremes.max,
    ...bestOf(text(series.key), extremes),
    number(series.id),
  );
}

/** Moves the oldest `count` rows of a series into one chunk. */
function packTail(db: Writable, seriesId: number, count: number): void {
  const rows = allRows(
    db,
    'SELECT step, value FROM metric_points WHERE series_id = ? ORDER BY step LIMIT CAST(? AS INTEGER)',
    seriesId,
    count,
  );
  if (rows.length === 0) return;
  const packed = new Float64Array(rows.length * 2);
  rows.forEach((row, index) => {
    packed[2 * index] = number(row.step);
    packed[2 * index + 1] = number(row.value);
  });
  const lastStep = packed[packed.length - 2]!;
  change(
    db,
    'INSERT INTO metric_chunks (series_id, first_step, last_step, count, points) VALUES (?, ?, ?, ?, ?)',
    seriesId,
    packed[0],
    lastStep,
    rows.length,
    Buffer.from(packed.buffer),
  );
  change(db, 'DELETE FROM metric_points WHERE series_id = ? AND step <= ?', seriesId, lastStep);
  change(db, 'UPDATE metric_series SET tail_count = tail_count - ? WHERE id = ?', rows.length, seriesId);
}

/** Packs what is left as rows, so that a finished run is read from chunks alone. */
export function packAllTails(db: Writable, runId: string): void {
  const series = allRows(db, 'SELECT id, tail_count FROM metric_series WHERE run_id = ? AND tail_count > 0', runId);
  for (const row of series) packTail(db, number(row.id), number(row.tail_count));
}

/** Metric keys of a run, sorted. */
export const metricKeys = (db: Readable, runId: string): readonly string[] =>
  allRows(db, 'SELECT key FROM metric_series WHERE run_id = ? ORDER BY key', runId).map(({ key }) => text(key));

/** Every stored point of a series with `from` <= step <= `to` (null: no bound); empty for an unknown key. */
export function readSeries(
  db: Readable,
  runId: string,
  key: string,
  range: { readonly from: number | null; readonly to: number | null } = { from: null, to: null },
): Series {
  const series = oneRow(db, 'SELECT id, count FROM metric_series WHERE run_id = ? AND key = ?', runId, key);
  if (series === undefined) return { steps: new Float64Array(0), values: new Float64Array(0) };
  const from = range.from ?? Number.NEGATIVE_INFINITY;
  const to = range.to ?? Number.POSITIVE_INFINITY;
  const steps = new Float64Array(number(series.count));
  const values = new Float64Array(number(series.count));
  let filled = 0;
  const take = (step: number, value: number): void => {
    if (step < from || step > to) return;
    steps[filled] = step;
    values[filled] = value;
    filled++;
  };
  const chunks = allRows(
    db,
    'SELECT points FROM metric_chunks WHERE series_id = ? AND last_step >= ? AND first_step <= ? ORDER BY first_step',
    series.id,
    from,
    to,
  );
  for (const { points } of chunks) {
    const pairs = asFloat64(points as Uint8Array);
    for (let index = 0; index < pairs.length; index += 2) take(pairs[index]!, pairs[index + 1]!);
  }
  const tail = allRows(
    db,
    'SELECT step, value FROM metric_points WHERE series_id = ? AND step BETWEEN ? AND ? ORDER BY step',
    series.id,
    from,
    to,
  );
  for (const { step, value } of tail) take(number(step), number(value));
  return { steps: steps.slice(0, filled), values: values.slice(0, filled) };
}

function asFloat64(bytes: Uint8Array): Float64Array {
  return new Float64Array(Uint8Array.from(bytes).buffer); // a Buffer may start at an odd offset of a shared memory
}

/** One summary per key of a run, sorted by key. */
export const metricSummaries = (db: Readable, runId: string): readonly MetricSummary[] =>
  allRows(db, 'SELECT * FROM metric_series WHERE run_id = ? ORDER BY key', runId).map((row) => ({
    key: text(row.key),
    count: number(row.count),
    first: number(row.first_value),
    last: number(row.last_value),
    min: number(row.min_value),
    max: number(row.max_value),
    best: number(row.best_value),
    bestStep: number(row.best_step),
  }));
