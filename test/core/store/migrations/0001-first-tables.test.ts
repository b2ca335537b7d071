import BetterSqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { firstTables } from '../../../../src/main/core/store/migrations/0001-first-tables.ts';

it('makes the first tables, strict and with their indexes', () => {
  const db = new BetterSqlite(':memory:');
  db.exec(firstTables);
  const tables = db
    .prepare(`SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .all();
  expect(tables.map((row) => (row as { name: string }).name).sort()).toEqual([
    'checkpoints',
    'dataset_classes',
    'dataset_versions',
    'datasets',
    'evaluations',
    'log',
    'metric_chunks',
    'metric_points',
    'metric_series',
    'queue_positions',
    'runs',
    'settings',
    'tags',
    'trainers',
  ]);
  expect(tables.every((row) => (row as { strict: number }).strict === 1)).toBe(true);
  const indexes = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'runs_by%'`).all();
  expect(indexes).toHaveLength(12);
  db.close();
});

it('puts a run into the view of its marks, and scores a smaller loss higher', () => {
  const db = new BetterSqlite(':memory:');
  db.exec(firstTables);
  const insert = db.prepare(
    `INSERT INTO runs (id, number, name, note, state, config, group_key, cost_key, task, algorithm, seed, iterations,
       created_at, archived, deleted_at, best_metric, best_value)
     VALUES (?, ?, '', '', 'completed', '{}', '', '', '', '', 1, 1, 1, ?, ?, ?, ?)`,
  );
  insert.run('a', 1, 'no', null, 'accuracy', 0.9);
  insert.run('b', 2, 'yes', null, 'loss', 0.5);
  insert.run('c', 3, 'yes', 5, 'loss', 0.1);
  expect(db.prepare('SELECT id, view, best_score FROM runs ORDER BY id').all()).toEqual([
    { id: 'a', view: 'active', best_score: 0.9 },
    { id: 'b', view: 'archived', best_score: -0.5 },
    { id: 'c', view: 'bin', best_score: -0.1 },
  ]);
  db.close();
});
