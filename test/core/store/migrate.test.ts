import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backUp, backupsOf } from '../../../src/main/core/store/backup.ts';
import { inTransaction, openDatabase, type Writable } from '../../../src/main/core/store/database.ts';
import { migrate, schemaOf } from '../../../src/main/core/store/migrate.ts';
import { migrations } from '../../../src/main/core/store/migrations/list.ts';
import { openStore } from '../../../src/main/core/store/open-store.ts';
import { temporaryFolder, temporaryHome } from './store-for-test.ts';

const first = { number: 1, sql: 'CREATE TABLE a (x); INSERT INTO a VALUES (1);' };
const second = { number: 2, sql: 'ALTER TABLE a ADD COLUMN y; UPDATE a SET y = 2;' };
const broken = { number: 2, sql: 'ALTER TABLE a ADD COLUMN y; CREATE TABLE a (x);' };

function emptyDatabase(): Writable {
  const db = openDatabase(join(temporaryFolder(), 'a.db'));
  onTestFinished(() => void db.handle.close());
  return db;
}

describe('migrating', () => {
  it('applies what is missing, in order, once', () => {
    const db = emptyDatabase();
    const backups: number[] = [];
    const options = { backUp: (schema: number) => void backups.push(schema) };
    migrate(db, { ...options, migrations: [first] });
    expect(schemaOf(db)).toBe(1);
    expect(backups).toEqual([]); // there was nothing to lose
    migrate(db, { ...options, migrations: [first, second] });
    migrate(db, { ...options, migrations: [first, second] });
    expect(schemaOf(db)).toBe(2);
    expect(backups).toEqual([1]);
    expect(db.handle.prepare('SELECT * FROM a').all()).toEqual([{ x: 1, y: 2 }]);
  });

  it('leaves the whole old schema when a step fails', () => {
    const db = emptyDatabase();
    migrate(db, { migrations: [first], backUp: () => undefined });
    expect(() => migrate(db, { migrations: [first, broken], backUp: () => undefined })).toThrow();
    expect(schemaOf(db)).toBe(1);
    expect(db.handle.prepare('SELECT * FROM a').all()).toEqual([{ x: 1 }]);
  });

  it('changes nothing when the backup cannot be made', () => {
    const db = emptyDatabase();
    migrate(db, { migrations: [first], backUp: () => undefined });
    const fail = () => {
      throw new Error('no space for a copy');
    };
    expect(() => migrate(db, { migrations: [first, second], backUp: fail })).toThrow('no space');
    expect(schemaOf(db)).toBe(1);
  });

  it('refuses a database of a newer Innerloop in plain words and gives the folder free again', () => {
    const layout = temporaryHome();
    openStore(layout, 1, 0).close();
    const newer = new BetterSqlite(layout.database);
    newer.pragma('user_version = 99');
    newer.close();
    expect(() => openStore(layout, 1, 0)).toThrow(/written by a newer Innerloop \(schema 99; this one knows \d+\)/);
    expect(() => openStore(layout, 1, 0)).toThrow(/newer Innerloop/); // and not: in use
  });

  it('has migrations that count up from 1', () => {
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
  });
});

describe('after a core that was killed', () => {
  it('a damaged database is found, refused in plain words and left as it is', () => {
    const layout = temporaryHome();
    const { db, close } = openStore(layout, 1, 0);
    const insert = db.handle.prepare('INSERT INTO settings VALUES (?, ?)');
    inTransaction(db, () => {
      for (let row = 0; row < 2000; row++) insert.run(`key ${row}`, 'x'.repeat(100));
    });
    close();
    const bytes = readFileSync(layout.database);
    bytes.fill(0xff, bytes.length - 60_000, bytes.length - 50_000);
    writeFileSync(layout.database, bytes);
    writeFileSync(layout.owner, '{"pid": 1, "since": 1}'); // as a killed core leaves it
    for (let round = 0; round < 2; round++) expect(() => openStore(layout, 2, 0)).toThrow(/is damaged.*backups/);
    expect(readFileSync(layout.database).equals(bytes)).toBe(true);
  });
});

describe('a backup', () => {
  it('is a whole database under its final name only', () => {
    const layout = temporaryHome();
    const { db, close } = openStore(layout, 1, 0);
    db.handle.exec(`INSERT INTO settings VALUES ('a', 'b')`);
    const path = backUp(db, layout, 'schema-1', 1_700_000_000_000);
    close();
    const copy = new BetterSqlite(path, { readonly: true });
    expect(copy.prepare(`SELECT * FROM settings WHERE key = 'a'`).all()).toEqual([{ key: 'a', value: 'b' }]);
    copy.close();
    expect(readdirSync(layout.backups)).toEqual(backupsOf(layout));
  });

  it('is kept seven times, the newest', () => {
    const layout = temporaryHome();
    const { db, close } = openStore(layout, 1, 0);
    for (let day = 0; day < 9; day++) backUp(db, layout, 'schema-1', 1_700_000_000_000 + day * 86_400_000);
    close();
    expect(backupsOf(layout)).toHaveLength(7);
    expect(backupsOf(layout)[0]).toContain('2023-11-16');
  });
});
