import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { allRows, change, inTransaction, openDatabase } from '../../../src/main/core/store/database.ts';
import { temporaryFolder, temporaryStore } from './store-for-test.ts';

describe('opening the database', () => {
  it('flushes every commit, keeps a write-ahead log and foreign keys, also when opened again', () => {
    const path = join(temporaryFolder(), 'a.db');
    for (let round = 0; round < 2; round++) {
      const { handle } = openDatabase(path);
      handle.exec('CREATE TABLE IF NOT EXISTS t (a)');
      expect(handle.pragma('synchronous', { simple: true })).toBe(2);
      expect(handle.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(handle.pragma('foreign_keys', { simple: true })).toBe(1);
      handle.close();
    }
  });

  it('says plainly that a file is no database of ours, and leaves it as it was', () => {
    const path = join(temporaryFolder(), 'a.db');
    writeFileSync(path, 'this is a text, much longer than a header of SQLite would be'.repeat(100));
    expect(() => openDatabase(path)).toThrow(/cannot be read as Innerloop's database.*backups/);
  });

  it('waits for another writer instead of failing at once', () => {
    const path = join(temporaryFolder(), 'a.db');
    const db = openDatabase(path);
    expect(db.handle.pragma('busy_timeout', { simple: true })).toBeGreaterThanOrEqual(1000);
    db.handle.close();
  });
});

describe('a transaction', () => {
  it('undoes everything when its work throws, also from an inner one', () => {
    const db = temporaryStore();
    const add = (key: string) => change(db, 'INSERT INTO settings (key, value) VALUES (?, ?)', key, 'x');
    expect(() =>
      inTransaction(db, () => {
        add('a');
        inTransaction(db, () => add('b'));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(allRows(db, 'SELECT key FROM settings')).toEqual([]);
  });

  it('is seen by another connection only when it is whole', () => {
    const path = join(temporaryFolder(), 'a.db');
    const db = openDatabase(path);
    db.handle.exec('CREATE TABLE t (a)');
    const reader = new BetterSqlite(path, { readonly: true });
    inTransaction(db, () => {
      db.handle.exec('INSERT INTO t VALUES (1)');
      expect(reader.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 0 });
    });
    expect(reader.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 1 });
    reader.close();
    db.handle.close();
  });
});
