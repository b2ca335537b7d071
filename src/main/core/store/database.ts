import BetterSqlite from 'better-sqlite3';
import { InnerloopError } from '../../../shared/contract/errors.ts';

/**
 * The database as two types, so that a verb says by its first parameter whether it changes anything. There is one
 * connection and one writer; a `Writable` is also a `Readable`.
 */
export interface Readable {
  readonly handle: BetterSqlite.Database;
}
export interface Writable extends Readable {
  readonly writable: true;
}

type Value = string | number | bigint | Uint8Array | null;
export type Row = Readonly<Record<string, Value>>;

/** Milliseconds that a statement waits for a reader such as a backup program. */
const busyTimeoutMs = 5000;

/**
 * Opens the file (made when missing) with a write-ahead log, every commit flushed to the disk, and foreign keys.
 * Throws `bad-file` when it is no database of ours, `internal` when the flush setting did not take.
 */
export function openDatabase(path: string): Writable {
  const handle = new BetterSqlite(path, { timeout: busyTimeoutMs });
  try {
    handle.pragma('trusted_schema = OFF');
    handle.pragma('cell_size_check = ON');
    handle.pragma('journal_mode = WAL');
    handle.pragma('synchronous = FULL');
    handle.pragma('foreign_keys = ON');
    handle.prepare('SELECT count(*) FROM sqlite_schema').get();
    assertFlushed(handle);
  } catch (error) {
    handle.close();
    if (error instanceof InnerloopError) throw error;
    throw unreadable(path, error);
  }
  return { handle, writable: true };
}

/** A pragma set right after opening can be misreported until the file was read once, hence after the first read. */
function assertFlushed(handle: BetterSqlite.Database): void {
  const journal = handle.pragma('journal_mode', { simple: true });
  const synchronous = handle.pragma('synchronous', { simple: true });
  const foreignKeys = handle.pragma('foreign_keys', { simple: true });
  const inMemory = handle.memory;
  if ((journal !== 'wal' && !inMemory) || synchronous !== 2 || foreignKeys !== 1) {
    throw new InnerloopError(
      'internal',
      `The database does not flush as it must (journal ${journal}, synchronous ${synchronous}, foreign keys ${foreignKeys}).`,
    );
  }
}

function unreadable(path: string, error: unknown): unknown {
  const { code } = error as { readonly code?: unknown };
  return code === 'SQLITE_NOTADB' || String(code).startsWith('SQLITE_CORRUPT') ? damaged(path, String(error)) : error;
}

const damaged = (path: string, detail: string): InnerloopError =>
  new InnerloopError(
    'bad-file',
    `${path} cannot be read as Innerloop's database: it is damaged. It was left as it is; copies may be in the folder "backups" beside it.`,
    { detail },
  );

/** Looks through the whole file; throws `bad-file` with what is wrong. Takes about a second per gigabyte. */
export function checkIntegrity({ handle }: Readable): void {
  const problems = handle.pragma('quick_check(20)') as readonly { readonly quick_check: string }[];
  const found = problems.map(({ quick_check }) => quick_check);
  if (found.join() !== 'ok') throw damaged(handle.name, found.join('\n'));
}

const statements = new WeakMap<BetterSqlite.Database, Map<string, BetterSqlite.Statement>>();

/** A prepared statement, made once per database and text. */
export function statement(db: Readable, sql: string): BetterSqlite.Statement {
  let known = statements.get(db.handle);
  if (!known) {
    known = new Map();
    statements.set(db.handle, known);
  }
  let prepared = known.get(sql);
  if (!prepared) {
    prepared = db.handle.prepare(sql);
    known.set(sql, prepared);
  }
  return prepared;
}

export const oneRow = (db: Readable, sql: string, ...values: readonly unknown[]): Row | undefined =>
  statement(db, sql).get(...values) as Row | undefined;

export const allRows = (db: Readable, sql: string, ...values: readonly unknown[]): readonly Row[] =>
  statement(db, sql).all(...values) as readonly Row[];

/** Runs one changing statement; returns the number of changed rows. */
export const change = (db: Writable, sql: string, ...values: readonly unknown[]): number =>
  statement(db, sql).run(...values).changes;

/** All or nothing: what `work` changed is committed when it returns, undone when it throws. May be nested. */
export function inTransaction<Result>(db: Writable, work: () => Result): Result {
  if (db.handle.inTransaction) return work();
  return db.handle.transaction(work).immediate();
}

export const text = (value: Value | undefined): string => String(value);
export const textOrNull = (value: Value | undefined): string | null =>
  value === null || value === undefined ? null : String(value);
export const number = (value: Value | undefined): number => Number(value);
export const numberOrNull = (value: Value | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);
export const yesNo = (value: Value | undefined): 'yes' | 'no' => (value === 'yes' ? 'yes' : 'no');
/** A stored JSON column; the store wrote it, so its shape is known. */
export const json = <Shape>(value: Value | undefined): Shape => JSON.parse(String(value)) as Shape;
export const jsonOrNull = <Shape>(value: Value | undefined): Shape | null =>
  value === null || value === undefined ? null : json<Shape>(value);

export const sqliteVersion = (db: Readable): string => text(oneRow(db, 'SELECT sqlite_version() AS version')?.version);
