import type { Evaluation } from '../../../shared/runs/run.ts';
import { allRows, change, json, type Readable, type Writable } from './database.ts';

export function insertEvaluation(db: Writable, evaluation: Evaluation): void {
  change(
    db,
    'INSERT INTO evaluations (id, run_id, kind, iteration, created_at, mean, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    evaluation.id,
    evaluation.runId,
    evaluation.kind,
    evaluation.iteration,
    evaluation.createdAt,
    evaluation.mean,
    JSON.stringify(evaluation),
  );
}

/** All evaluations of a run, oldest first. */
export const evaluationsOf = (db: Readable, runId: string): Evaluation[] =>
  allRows(db, 'SELECT body FROM evaluations WHERE run_id = ? ORDER BY created_at, rowid', runId).map(({ body }) =>
    json<Evaluation>(body),
  );

/** True when a validation after this iteration is stored already: a resumed run measures it again. */
export const hasValidation = (db: Readable, runId: string, iteration: number): boolean =>
  allRows(db, `SELECT 1 FROM evaluations WHERE run_id = ? AND kind = 'validation' AND iteration = ?`, runId, iteration)
    .length > 0;
