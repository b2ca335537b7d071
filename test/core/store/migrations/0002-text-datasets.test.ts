import BetterSqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { firstTables } from '../../../../src/main/core/store/migrations/0001-first-tables.ts';
import { textDatasets } from '../../../../src/main/core/store/migrations/0002-text-datasets.ts';

it('takes the datasets that are there for images', () => {
  const db = new BetterSqlite(':memory:');
  db.exec(firstTables);
  db.prepare(
    `INSERT INTO datasets (id, name, origin, source, sha256, bytes, layout, created_at, state)
     VALUES ('a', 'A', 'imported', 'a.zip', 'ab', 1, '{}', 1, 'ready')`,
  ).run();
  db.exec(textDatasets);
  expect(db.prepare('SELECT id, kind, text_facts FROM datasets').all()).toEqual([
    { id: 'a', kind: 'image-classes', text_facts: null },
  ]);
  db.close();
});
