import type { QueueEntry } from '../runs/queue.ts';
import { allRows, change, inTransaction, type Readable, text, type Writable } from './database.ts';

/** The waiting runs, the next one first. */
export const queueEntries = (db: Readable): readonly QueueEntry[] =>
  allRows(db, 'SELECT run_id, urgency FROM queue_positions ORDER BY place').map(({ run_id, urgency }) => ({
    runId: text(run_id),
    urgency: urgency === 'now' ? 'now' : 'queue',
  }));

/** Takes one run out of the queue; the others keep their order. */
export const leaveQueue = (db: Writable, runId: string): boolean =>
  change(db, 'DELETE FROM queue_positions WHERE run_id = ?', runId) > 0;

/** Replaces the whole order. */
export function writeQueue(db: Writable, entries: readonly QueueEntry[]): void {
  inTransaction(db, () => {
    change(db, 'DELETE FROM queue_positions');
    entries.forEach(({ runId, urgency }, index) => {
      change(db, 'INSERT INTO queue_positions (run_id, place, urgency) VALUES (?, ?, ?)', runId, index + 1, urgency);
    });
  });
}
