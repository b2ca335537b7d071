import { InnerloopError } from '../../../shared/contract/errors.ts';
import { inTransaction, type Readable, type Writable } from './database.ts';
import { migrations as allMigrations } from './migrations/list.ts';

export interface MigrateOptions {
  readonly migrations?: typeof allMigrations;
  /** Called before the first change to a database that already holds something; must throw when it cannot copy it. */
  readonly backUp: (schema: number) => void;
}

/**
 * Brings the database to the newest schema, each step in one transaction: a process killed anywhere leaves a whole old
 * or a whole new schema. Throws `newer-schema` for a database of a later Innerloop, which stays untouched.
 */
export function migrate(db: Writable, { migrations = allMigrations, backUp }: MigrateOptions): void {
  const newest = migrations.at(-1)?.number ?? 0;
  const present = schemaOf(db);
  if (present > newest) {
    throw new InnerloopError(
      'newer-schema',
      `This data folder was written by a newer Innerloop (schema ${present}; this one knows ${newest}). Install the newer version, or choose another folder with --home.`,
    );
  }
  const missing = migrations.filter(({ number }) => number > present);
  if (missing.length > 0 && present > 0) backUp(present);
  for (const { number, sql } of missing) {
    inTransaction(db, () => {
      db.handle.exec(sql);
      db.handle.pragma(`user_version = ${number}`);
    });
  }
}

export const schemaOf = (db: Readable): number => Number(db.handle.pragma('user_version', { simple: true }));
