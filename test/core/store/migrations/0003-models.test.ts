import BetterSqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { firstTables } from '../../../../src/main/core/store/migrations/0001-first-tables.ts';
import { textDatasets } from '../../../../src/main/core/store/migrations/0002-text-datasets.ts';
import { modelTables } from '../../../../src/main/core/store/migrations/0003-models.ts';

const insertModel = `INSERT INTO models (id, name, origin, source, sha256, bytes, weight_bytes, shape, created_at, state)
  VALUES (?, ?, 'imported', '', '', 1, 1, '{}', 1, 'ready')`;

function migrated(): BetterSqlite.Database {
  const db = new BetterSqlite(':memory:');
  db.pragma('foreign_keys = ON');
  for (const sql of [firstTables, textDatasets, modelTables]) db.exec(sql);
  return db;
}

it('keeps the names of a model, one model to a name whatever its letters, until the model goes', () => {
  const db = migrated();
  db.prepare(insertModel).run('a', 'MiniLM');
  expect(() => db.prepare(insertModel).run('b', 'minilm')).toThrow('UNIQUE');
  const insertName = db.prepare('INSERT INTO model_names (name, model_id) VALUES (?, ?)');
  insertName.run('MiniLM', 'a');
  insertName.run('first name', 'a');
  expect(() => insertName.run('First Name', 'a')).toThrow('UNIQUE');
  db.prepare(`DELETE FROM models WHERE id = 'a'`).run();
  expect(db.prepare('SELECT count(*) AS names FROM model_names').get()).toEqual({ names: 0 });
  db.close();
});

it('finds the runs of a model by an index', () => {
  const db = migrated();
  const plan = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT count(*) FROM runs
       WHERE CASE WHEN json_valid(config) THEN json_extract(config, '$.model.start.model') END = ?`,
    )
    .all('a') as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toContain('runs_by_pretrained');
  db.close();
});

it('takes a stored run whose config is damaged, as it is', () => {
  const db = new BetterSqlite(':memory:');
  db.exec(firstTables);
  db.exec(`INSERT INTO runs (id, number, name, note, state, config, group_key, cost_key, task, algorithm, seed, iterations,
    created_at) VALUES ('a', 1, '', '', 'completed', '{"cut o', '', '', '', '', 1, 1, 1)`);
  for (const sql of [textDatasets, modelTables]) db.exec(sql);
  expect(db.prepare('SELECT count(*) AS runs FROM runs').get()).toEqual({ runs: 1 });
  db.close();
});
