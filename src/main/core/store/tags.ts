import { allRows, change, number, oneRow, type Readable, text, type Writable } from './database.ts';

/** Puts a tag at the end of a run's tags; nothing happens when it has it. */
export function addTag(db: Writable, runId: string, tag: string): void {
  const next = number(
    oneRow(db, 'SELECT coalesce(max(position), 0) + 1 AS next FROM tags WHERE run_id = ?', runId)?.next,
  );
  change(db, 'INSERT OR IGNORE INTO tags (run_id, tag, position) VALUES (?, ?, ?)', runId, tag, next);
}

export const removeTag = (db: Writable, runId: string, tag: string): boolean =>
  change(db, 'DELETE FROM tags WHERE run_id = ? AND tag = ?', runId, tag) > 0;

/** Tags of a run in the order in which they were given. */
export const tagsOf = (db: Readable, runId: string): readonly string[] =>
  allRows(db, 'SELECT tag FROM tags WHERE run_id = ? ORDER BY position', runId).map(({ tag }) => text(tag));
