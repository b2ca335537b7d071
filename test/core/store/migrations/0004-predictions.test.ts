import BetterSqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { firstTables } from '../../../../src/main/core/store/migrations/0001-first-tables.ts';
import { predictionTable } from '../../../../src/main/core/store/migrations/0004-predictions.ts';

it('adds a strict table whose rows go with their evaluation, and leaves the evaluations that are there', () => {
  const db = new BetterSqlite(':memory:');
  db.pragma('foreign_keys = ON');
  db.exec(firstTables);
  db.exec(`INSERT INTO runs (id, number, name, note, state, config, group_key, cost_key, task, algorithm, seed, iterations,
    created_at) VALUES ('a', 1, '', '', 'completed', '{}', '', '', '', '', 1, 1, 1)`);
  db.exec(`INSERT INTO evaluations (id, run_id, kind, iteration, created_at, mean, body)
    VALUES ('e', 'a', 'final', 1, 1, 0.5, '{}')`);
  db.exec(predictionTable);
  const insert = db.prepare(
    `INSERT INTO predictions (evaluation_id, label_mode, labels, count, examples, truth, probabilities, sha256)
     VALUES (?, 'single', '[]', ?, x'', x'', x'', '')`,
  );
  expect(() => insert.run('e', 'many')).toThrow('cannot store TEXT');
  expect(() => insert.run('nothing', 0)).toThrow('FOREIGN KEY');
  insert.run('e', 0);
  db.exec(`DELETE FROM runs WHERE id = 'a'`);
  expect(db.prepare('SELECT count(*) AS rows FROM predictions').get()).toEqual({ rows: 0 });
  db.close();
});
