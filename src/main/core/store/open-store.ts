import { mkdirSync } from 'node:fs';
import type { HomeLayout } from '../../files/home.ts';
import { backUp } from './backup.ts';
import { checkIntegrity, openDatabase, type Writable } from './database.ts';
import { type HomeLock, takeHome } from './home-lock.ts';
import { migrate } from './migrate.ts';
import { renewRunKeys } from './run-keys.ts';

export interface OpenStore {
  readonly db: Writable;
  /** Writes the log back into the database file, closes it and gives the data folder free. */
  close(): void;
}

/**
 * Takes the data folder, makes what it lacks, opens the database and brings it to the newest schema, and
 * the keys of its runs to the newest config. After a core that was killed the whole database is checked first.
 * Throws `home-in-use`, `newer-schema`, `bad-file` or `no-space`, and then holds nothing.
 */
export function openStore(layout: HomeLayout, pid: number, now: number): OpenStore {
  for (const folder of [layout.home, layout.datasets, layout.models, layout.runs, layout.logs]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const lock = takeHome(layout, pid, now);
  try {
    const db = openDatabase(layout.database);
    try {
      if (lock.lastEnd === 'killed') checkIntegrity(db);
      migrate(db, { backUp: (schema) => backUp(db, layout, `schema-${schema}`, now) });
      renewRunKeys(db);
    } catch (error) {
      db.handle.close();
      throw error;
    }
    return { db, close: () => close(db, lock) };
  } catch (error) {
    lock.release(lock.lastEnd);
    throw error;
  }
}

function close(db: Writable, lock: HomeLock): void {
  db.handle.pragma('wal_checkpoint(TRUNCATE)');
  db.handle.close();
  lock.release();
}
