import { allRows, change, number, type Readable, text, type Writable } from './database.ts';

/** A trainer process that was started; the token stands on its command line and tells that a pid is still ours. */
export interface TrainerRecord {
  readonly runId: string;
  readonly pid: number;
  readonly token: string;
  readonly startedAt: number;
}

export function recordTrainer(db: Writable, { runId, pid, token, startedAt }: TrainerRecord): void {
  change(
    db,
    'INSERT OR REPLACE INTO trainers (run_id, pid, token, started_at) VALUES (?, ?, ?, ?)',
    runId,
    pid,
    token,
    startedAt,
  );
}

export const forgetTrainer = (db: Writable, runId: string): boolean =>
  change(db, 'DELETE FROM trainers WHERE run_id = ?', runId) > 0;

/** Trainers that were started and never seen to end. */
export const recordedTrainers = (db: Readable): readonly TrainerRecord[] =>
  allRows(db, 'SELECT * FROM trainers ORDER BY started_at').map((row) => ({
    runId: text(row.run_id),
    pid: number(row.pid),
    token: text(row.token),
    startedAt: number(row.started_at),
  }));
