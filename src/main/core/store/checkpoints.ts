import type { Checkpoint } from '../../../shared/runs/run.ts';
import {
  allRows,
  change,
  json,
  number,
  numberOrNull,
  type Readable,
  type Row,
  text,
  type Writable,
} from './database.ts';

/** A checkpoint with the name of its file in the run's folder. */
export interface StoredCheckpoint extends Checkpoint {
  readonly file: string;
}

/**
 * Stores a checkpoint. The roles `best` and `last` belong to one checkpoint of a run: the new one takes them over.
 * Returns the checkpoints that have no role left; the trainer has removed or replaced their files.
 */
export function putCheckpoint(db: Writable, checkpoint: StoredCheckpoint): readonly StoredCheckpoint[] {
  change(db, 'DELETE FROM checkpoints WHERE run_id = ? AND file = ?', checkpoint.runId, checkpoint.file);
  const orphans: StoredCheckpoint[] = [];
  for (const older of checkpointsOf(db, checkpoint.runId)) {
    const roles = older.roles.filter((role) => role === 'periodic' || !checkpoint.roles.includes(role));
    if (roles.length === older.roles.length) continue;
    if (roles.length === 0) {
      orphans.push(older);
      removeCheckpoint(db, older.id);
    } else change(db, 'UPDATE checkpoints SET roles = ? WHERE id = ?', JSON.stringify(roles), older.id);
  }
  change(
    db,
    `INSERT INTO checkpoints (id, run_id, iteration, created_at, file, bytes, sha256, roles, validation)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    checkpoint.id,
    checkpoint.runId,
    checkpoint.iteration,
    checkpoint.createdAt,
    checkpoint.file,
    checkpoint.bytes,
    checkpoint.sha256,
    JSON.stringify(checkpoint.roles),
    checkpoint.validation,
  );
  return orphans;
}

/** Checkpoints of a run by iteration. */
export const checkpointsOf = (db: Readable, runId: string): readonly StoredCheckpoint[] =>
  allRows(db, 'SELECT * FROM checkpoints WHERE run_id = ? ORDER BY iteration, created_at', runId).map(fromRow);

export const removeCheckpoint = (db: Writable, id: string): boolean =>
  change(db, 'DELETE FROM checkpoints WHERE id = ?', id) > 0;

function fromRow(row: Row): StoredCheckpoint {
  return {
    id: text(row.id),
    runId: text(row.run_id),
    iteration: number(row.iteration),
    createdAt: number(row.created_at),
    file: text(row.file),
    bytes: number(row.bytes),
    sha256: text(row.sha256),
    roles: json<Checkpoint['roles']>(row.roles),
    validation: numberOrNull(row.validation),
  };
}
