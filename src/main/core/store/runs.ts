import { completeFromTask } from '../../../shared/run-config/complete.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import type { EngineFacts, Evaluation, Failure, RunPhase, RunState, RunSummary } from '../../../shared/runs/run.ts';
import {
  allRows,
  change,
  json,
  jsonOrNull,
  number,
  numberOrNull,
  oneRow,
  type Readable,
  type Row,
  text,
  textOrNull,
  type Writable,
  yesNo,
} from './database.ts';

/** What a run is at its birth. */
export interface NewRun {
  readonly id: string;
  readonly name: string;
  readonly config: RunConfig;
  readonly groupKey: string;
  readonly costKey: string;
  readonly dataset: RunSummary['dataset'];
  readonly createdAt: number;
}

/** Facts of a run that change while it lives; what is left out stays. */
export interface RunChange {
  readonly name?: string;
  readonly note?: string;
  readonly state?: RunState;
  readonly phase?: RunPhase | null;
  readonly startedAt?: number;
  readonly endedAt?: number | null;
  readonly computeMs?: number;
  readonly iteration?: number;
  readonly iterationsPerSecond?: number | null;
  readonly etaMs?: number | null;
  readonly trainLoss?: number | null;
  readonly best?: RunSummary['best'];
  readonly finalEvaluationId?: string | null;
  readonly untrainedEvaluationId?: string | null;
  readonly engine?: EngineFacts | null;
  readonly sparkline?: string;
  readonly failure?: Failure | null;
  readonly starred?: 'yes' | 'no';
  readonly archived?: 'yes' | 'no';
  readonly deletedAt?: number | null;
  readonly seal?: string | null;
}

/** Stores a queued run under the next number, which it returns. */
export function insertRun(db: Writable, run: NewRun): number {
  const next = number(oneRow(db, 'SELECT coalesce(max(number), 0) + 1 AS next FROM runs')?.next);
  const { config, dataset } = run;
  change(
    db,
    `INSERT INTO runs (id, number, name, note, state, config, group_key, cost_key, task, algorithm, seed, iterations,
       dataset_id, dataset_name, dataset_version, dataset_digest, created_at)
     VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    run.id,
    next,
    run.name,
    config.note,
    JSON.stringify(config),
    run.groupKey,
    run.costKey,
    config.task.kind,
    config.algorithm.kind,
    config.seed,
    config.outer.iterations,
    dataset?.id ?? null,
    dataset?.name ?? null,
    dataset?.version ?? null,
    dataset?.digest ?? null,
    run.createdAt,
  );
  return next;
}

const columns: Readonly<Record<Exclude<keyof RunChange, 'best'>, string>> = {
  name: 'name',
  note: 'note',
  state: 'state',
  phase: 'phase',
  startedAt: 'started_at',
  endedAt: 'ended_at',
  computeMs: 'compute_ms',
  iteration: 'iteration',
  iterationsPerSecond: 'iterations_per_second',
  etaMs: 'eta_ms',
  trainLoss: 'train_loss',
  finalEvaluationId: 'final_evaluation_id',
  untrainedEvaluationId: 'untrained_evaluation_id',
  engine: 'engine',
  sparkline: 'sparkline',
  failure: 'failure',
  starred: 'starred',
  archived: 'archived',
  deletedAt: 'deleted_at',
  seal: 'seal',
};

/** Changes the given facts of one run; true when there is such a run. */
export function updateRun(db: Writable, id: string, facts: RunChange): boolean {
  const { best, ...plain } = facts;
  const settings: string[] = [];
  const values: unknown[] = [];
  for (const [key, value] of Object.entries(plain)) {
    settings.push(`${columns[key as keyof typeof columns]} = ?`);
    values.push(typeof value === 'object' && value !== null ? JSON.stringify(value) : value);
  }
  if (best !== undefined) {
    settings.push('best_metric = ?', 'best_value = ?', 'best_ci95 = ?', 'best_iteration = ?');
    values.push(best?.metric ?? null, best?.value ?? null, best?.ci95 ?? null, best?.iteration ?? null);
  }
  if (settings.length === 0) return getRun(db, id) !== undefined;
  return change(db, `UPDATE runs SET ${settings.join(', ')} WHERE id = ?`, ...values, id) > 0;
}

/** Columns and joins of a summary; `runs` is the outer table, so that callers add their own WHERE and ORDER BY. */
export const summarySelect = `
  SELECT runs.*, final.body AS final_body, untrained.body AS untrained_body,
    (SELECT json_group_array(tag ORDER BY position) FROM tags WHERE tags.run_id = runs.id) AS tag_list,
    (SELECT count(*) FROM queue_positions AS ahead WHERE ahead.place <= mine.place) AS queue_position,
    mine.place AS queue_place,
    EXISTS (SELECT 1 FROM checkpoints WHERE checkpoints.run_id = runs.id) AS has_checkpoint
  FROM runs
  LEFT JOIN evaluations AS final ON final.id = runs.final_evaluation_id
  LEFT JOIN evaluations AS untrained ON untrained.id = runs.untrained_evaluation_id
  LEFT JOIN queue_positions AS mine ON mine.run_id = runs.id`;

/** One run as its table row shows it; undefined when there is none. */
export function getRun(db: Readable, id: string): RunSummary | undefined {
  const row = oneRow(db, `${summarySelect} WHERE runs.id = ?`, id);
  return row && summaryFromRow(row);
}

const resumableStates: readonly string[] = ['paused', 'interrupted', 'failed', 'stopped'];

/** Fields that are younger than the row mean what the older version did: what the preset of its task says. */
function storedConfig(row: Row): RunConfig {
  return completeFromTask(json<Record<string, unknown>>(row.config)) as RunConfig;
}

export function summaryFromRow(row: Row): RunSummary {
  const config = storedConfig(row);
  const state = text(row.state) as RunState;
  return {
    id: text(row.id),
    number: number(row.number),
    name: text(row.name),
    state,
    phase: textOrNull(row.phase) as RunPhase | null,
    config: { ...config, tags: json<string[]>(row.tag_list), note: text(row.note) },
    groupKey: text(row.group_key),
    dataset: datasetOf(row),
    createdAt: number(row.created_at),
    startedAt: numberOrNull(row.started_at),
    endedAt: numberOrNull(row.ended_at),
    computeMs: number(row.compute_ms),
    iteration: number(row.iteration),
    iterationsPerSecond: numberOrNull(row.iterations_per_second),
    etaMs: numberOrNull(row.eta_ms),
    trainLoss: numberOrNull(row.train_loss),
    best: bestOf(row),
    final: jsonOrNull<Evaluation>(row.final_body),
    untrained: jsonOrNull<Evaluation>(row.untrained_body),
    engine: jsonOrNull<EngineFacts>(row.engine),
    sparkline: jsonOrNull<{ readonly values: number[] }>(row.sparkline)?.values ?? [],
    failure: jsonOrNull<Failure>(row.failure),
    resumable: number(row.has_checkpoint) === 1 && resumableStates.includes(state) ? 'yes' : 'no',
    starred: yesNo(row.starred),
    archived: yesNo(row.archived),
    deletedAt: numberOrNull(row.deleted_at),
    queuePosition: row.queue_place === null ? null : number(row.queue_position),
  };
}

function datasetOf(row: Row): RunSummary['dataset'] {
  if (row.dataset_id === null) return null;
  return {
    id: text(row.dataset_id),
    name: text(row.dataset_name),
    version: number(row.dataset_version),
    digest: text(row.dataset_digest),
  };
}

function bestOf(row: Row): RunSummary['best'] {
  if (row.best_metric === null) return null;
  return {
    metric: row.best_metric === 'accuracy' ? 'accuracy' : 'loss',
    value: number(row.best_value),
    ci95: number(row.best_ci95),
    iteration: number(row.best_iteration),
  };
}

/** The sparkline as it is stored, to be gone on with; null before the first point. */
export const sparklineOf = (db: Readable, id: string): string | null =>
  textOrNull(oneRow(db, 'SELECT sparkline FROM runs WHERE id = ?', id)?.sparkline);

/** Ids of all runs in one of these states, oldest first. */
export const runsInStates = (db: Readable, states: readonly RunState[]): readonly string[] =>
  allRows(
    db,
    `SELECT id FROM runs WHERE state IN (SELECT value FROM json_each(?)) ORDER BY number`,
    JSON.stringify(states),
  ).map(({ id }) => text(id));

/** Runs of this config and seed that are not in the bin, newest first. */
export const runsOfGroup = (db: Readable, groupKey: string, seed: number): readonly string[] =>
  allRows(
    db,
    'SELECT id FROM runs WHERE group_key = ? AND seed = ? AND deleted_at IS NULL ORDER BY number DESC',
    groupKey,
    seed,
  ).map(({ id }) => text(id));

/**
 * The run that has, or will have, the result of this config and seed on these very data; a completed one first. Null for
 * none: what failed, was stopped or interrupted, or lies in the bin, counts as not there.
 */
export function resultingRun(
  db: Readable,
  { groupKey, seed, digest }: { readonly groupKey: string; readonly seed: number; readonly digest: string | null },
): string | null {
  const row = oneRow(
    db,
    `SELECT id FROM runs WHERE group_key = ? AND seed = ? AND deleted_at IS NULL AND dataset_digest IS ?
       AND state NOT IN ('failed', 'stopped', 'interrupted') ORDER BY state = 'completed' DESC, number DESC LIMIT 1`,
    groupKey,
    seed,
    digest,
  );
  return row ? text(row.id) : null;
}

/** Compute time per iteration of the latest completed runs of equal cost, newest first. */
export const costsOf = (db: Readable, costKey: string): readonly number[] =>
  allRows(
    db,
    `SELECT compute_ms / iteration AS cost FROM runs
     WHERE cost_key = ? AND state = 'completed' AND iteration > 0 ORDER BY number DESC LIMIT 20`,
    costKey,
  ).map(({ cost }) => number(cost));

/** What these runs still have to do, in no order. */
export const workLeft = (
  db: Readable,
  ids: readonly string[],
): readonly { readonly costKey: string; readonly iterationsLeft: number; readonly etaMs: number | null }[] =>
  allRows(
    db,
    `SELECT cost_key, iterations - iteration AS iterations_left, eta_ms FROM runs
     WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ids),
  ).map((row) => ({
    costKey: text(row.cost_key),
    iterationsLeft: number(row.iterations_left),
    etaMs: numberOrNull(row.eta_ms),
  }));

/** Ids in the bin; only those deleted before `before` when it is given. */
export const runsInBin = (db: Readable, before: number | null): readonly string[] =>
  allRows(
    db,
    `SELECT id FROM runs WHERE view = 'bin' AND (? IS NULL OR deleted_at < ?) ORDER BY number`,
    before,
    before,
  ).map(({ id }) => text(id));

/** Removes a run with everything that belongs to it in the database. */
export const removeRun = (db: Writable, id: string): boolean => change(db, 'DELETE FROM runs WHERE id = ?', id) > 0;

/** Number of runs that were ever made and not removed. */
export const countRuns = (db: Readable): number => number(oneRow(db, 'SELECT count(*) AS runs FROM runs')?.runs);
