import type { LogEntry } from '../../../shared/runs/run.ts';
import { allRows, change, number, oneRow, type Readable, text, type Writable } from './database.ts';

/** Adds a line to a run's log and returns it with its number, counted from 1. */
export function appendLog(db: Writable, runId: string, entry: Omit<LogEntry, 'seq'>): LogEntry {
  const seq = number(oneRow(db, 'SELECT coalesce(max(seq), 0) + 1 AS next FROM log WHERE run_id = ?', runId)?.next);
  change(
    db,
    'INSERT INTO log (run_id, seq, at, level, message) VALUES (?, ?, ?, ?, ?)',
    runId,
    seq,
    entry.at,
    entry.level,
    entry.message,
  );
  return { seq, ...entry };
}

/** Up to `limit` lines after line number `after`, and how many lines there are. */
export function readLog(
  db: Readable,
  runId: string,
  after: number,
  limit: number,
): { readonly entries: LogEntry[]; readonly total: number } {
  const rows = allRows(
    db,
    'SELECT seq, at, level, message FROM log WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT CAST(? AS INTEGER)',
    runId,
    after,
    limit,
  );
  const total = number(oneRow(db, 'SELECT count(*) AS total FROM log WHERE run_id = ?', runId)?.total);
  const entries = rows.map((row) => ({
    seq: number(row.seq),
    at: number(row.at),
    level: text(row.level) as LogEntry['level'],
    message: text(row.message),
  }));
  return { entries, total };
}
