import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction, openDatabase, type Writable } from '../../../src/main/core/store/database.ts';
import { insertEvaluation } from '../../../src/main/core/store/evaluations.ts';
import { appendPoints } from '../../../src/main/core/store/metrics.ts';
import { migrate } from '../../../src/main/core/store/migrate.ts';
import { type ListQuery, listRuns, pageOfIds } from '../../../src/main/core/store/run-list.ts';
import { updateRun } from '../../../src/main/core/store/runs.ts';
import { addTag } from '../../../src/main/core/store/tags.ts';
import { parseFilter } from '../../../src/shared/runs/filter.ts';
import { evaluationOf } from './facts.ts';
import { configWith, storedRun, temporaryStore } from './store-for-test.ts';
import { fillWithRuns } from './synthetic-runs.ts';

function query(filter: string, more: Partial<ListQuery> = {}): ListQuery {
  const parsed = parseFilter(filter, Date.now());
  if (!parsed.ok) throw new Error(parsed.error.message);
  const sort = { by: 'created', order: 'ascending' } as const;
  return { filter: parsed.filter, view: 'active', sort, limit: 100, offset: 0, ...more };
}

describe('the list of runs', () => {
  function fewRuns(): Writable {
    const db = temporaryStore();
    const image = configWith({ task: { kind: 'image-classes', dataset: 'Omniglot', way: 5 }, seed: 2 });
    storedRun(db, 'sine', {
      name: 'sine one',
      createdAt: 1,
      config: configWith({ note: 'the 50% run', inner: { rate: 0.02 } }),
    });
    storedRun(db, 'omni', {
      name: 'Omniglot',
      createdAt: 2,
      config: image,
      dataset: { id: 'o', name: 'Omniglot small', version: 1, digest: '' },
    });
    storedRun(db, 'third', { name: 'third_run', createdAt: 3, config: configWith({ seed: 3 }) });
    updateRun(db, 'sine', {
      state: 'completed',
      trainLoss: 0.5,
      best: { metric: 'loss', value: 0.4, ci95: 0, iteration: 1 },
    });
    updateRun(db, 'omni', { state: 'failed', best: { metric: 'accuracy', value: 0.9, ci95: 0, iteration: 1 } });
    addTag(db, 'omni', 'Paper');
    appendPoints(db, 'third', 'validation/loss', [
      [1, 3],
      [2, 5],
    ]);
    const final = evaluationOf('sine', { kind: 'final', mean: 0.3 });
    insertEvaluation(db, final);
    updateRun(db, 'sine', { finalEvaluationId: final.id });
    return db;
  }
  it('leaves out a run that it cannot read, says why, and shows the others', () => {
    const db = fewRuns();
    const change = (id: string, sql: string) =>
      db.handle.prepare(`UPDATE runs SET config = ${sql} WHERE id = ?`).run(id);
    change('omni', `json_set(config, '$.outer.newField', 1)`);
    change('third', `'{"task": damaged'`);
    const { runs, matching, total, unreadable } = listRuns(db, query(''));
    expect(runs.map(({ id }) => id)).toEqual(['sine']);
    expect([matching, total]).toEqual([1, 1]);
    expect(unreadable).toMatchObject([
      { id: 'omni', number: 2 },
      { id: 'third', number: 3 },
    ]);
    expect(unreadable[0]?.reason).toContain('newField');
    expect(unreadable[1]?.reason).toContain('JSON');
  });

  const found = (db: Writable, filter: string) => listRuns(db, query(filter)).runs.map(({ id }) => id);

  it.each([
    ['', ['sine', 'omni', 'third']],
    ['omniglot', ['omni']],
    ['paper', ['omni']],
    ['"50%"', ['sine']],
    ['%', ['sine']], // and not everything
    ['third_run', ['third']],
    ['thirdXrun', []],
    ['state:failed', ['omni']],
    ['state:failed,queued', ['omni', 'third']],
    ['-state:failed', ['sine', 'third']],
    ['tag:paper', ['omni']],
    ['tag:pap', []],
    ['-tag:paper seed:3', ['third']],
    ['dataset:small', ['omni']],
    ['-dataset:small', ['sine', 'third']],
    ['inner.rate>0.01', ['sine', 'omni']],
    ['inner.rate:0.02', ['sine']],
    ['way:5', ['omni']],
    ['way!=5', ['sine', 'third']],
    ['model:conv4', ['omni']],
    ['task:sinusoid or tag:paper', ['sine', 'omni', 'third']],
    ['accuracy>89%', ['omni']],
    ['best<0.5', ['sine']],
    ['loss>0', ['sine']],
    ['test<0.31', ['sine']],
    ['validation/loss>4', ['third']],
    ['validation/loss.min<=3', ['third']],
    ['id:sine', ['sine']],
    ['name:"\' OR 1=1 --"', []],
  ])('filtered by %j has %j', (filter, ids) => {
    expect(found(fewRuns(), filter)).toEqual(ids);
  });

  it('sorts both ways, puts unknown values last, and pages', () => {
    const db = fewRuns();
    const sorted = (by: ListQuery['sort']['by'], order: ListQuery['sort']['order']) =>
      listRuns(db, query('', { sort: { by, order } })).runs.map(({ id }) => id);
    expect(sorted('created', 'descending')).toEqual(['third', 'omni', 'sine']);
    expect(sorted('best', 'descending')).toEqual(['omni', 'sine', 'third']);
    expect(sorted('best', 'ascending')).toEqual(['sine', 'omni', 'third']);
    expect(sorted('loss', 'ascending')[0]).toBe('sine');
    expect(sorted('name', 'ascending')).toEqual(['omni', 'sine', 'third']);
    const page = listRuns(db, query('-state:failed', { limit: 1, offset: 1 }));
    expect(page.runs.map(({ id }) => id)).toEqual(['third']);
    expect([page.matching, page.total]).toEqual([2, 3]);
  });

  it('keeps archived and deleted runs in views of their own', () => {
    const db = fewRuns();
    updateRun(db, 'sine', { archived: 'yes' });
    updateRun(db, 'omni', { archived: 'yes', deletedAt: 5 });
    expect(listRuns(db, query('')).runs.map(({ id }) => id)).toEqual(['third']);
    expect(listRuns(db, query('', { view: 'archived' })).runs.map(({ id }) => id)).toEqual(['sine']);
    expect(listRuns(db, query('', { view: 'bin' })).runs.map(({ id }) => id)).toEqual(['omni']);
  });
});

describe('10,000 runs', () => {
  let db: Writable;
  beforeAll(() => {
    db = openDatabase(':memory:');
    migrate(db, { backUp: () => undefined });
    inTransaction(db, () => fillWithRuns(db, 10_000));
    return () => void db.handle.close();
  });
  const plan = (asked: ListQuery): string => {
    const { sql, values } = pageOfIds(asked);
    const steps = db.handle.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
    return steps.map(({ detail }) => detail).join('\n');
  };

  it.each(['created', 'name', 'duration', 'best', 'loss', 'algorithm', 'dataset', 'seed', 'state'] as const)(
    'sorted by %s come from an index, without sorting',
    (by) => {
      for (const order of ['ascending', 'descending'] as const) {
        const steps = plan(query('', { sort: { by, order } }));
        expect(steps).toMatch(new RegExp(`USING (COVERING )?INDEX runs_by_${by} \\(view=\\?`));
        expect(steps).not.toMatch(/TEMP B-TREE FOR ORDER BY|SCAN runs/);
      }
    },
  );

  it('filtered by tag or metric look those up by index', () => {
    expect(plan(query('tag:paper'))).toMatch(/SEARCH tags USING PRIMARY KEY \(run_id=\?/);
    expect(plan(query('validation/loss>1'))).toMatch(/SEARCH metric_series USING .*INDEX .*run_id=\? AND key=\?/);
  });

  it('are counted, paged and filtered rightly', () => {
    const all = listRuns(db, query('', { sort: { by: 'name', order: 'ascending' }, limit: 50, offset: 5000 }));
    expect([all.runs.length, all.matching, all.total]).toEqual([50, 10_000, 10_000]);
    const some = listRuns(db, query('state:failed loss<0.5 -dataset:omniglot seed>2', { limit: 10_000 }));
    expect(some.matching).toBe(some.runs.length);
    expect(some.matching).toBeGreaterThan(50);
    for (const run of some.runs) {
      expect(run.state).toBe('failed');
      expect(run.trainLoss).toBeLessThan(0.5);
      expect(run.config.seed).toBeGreaterThan(2);
      expect(run.dataset?.name ?? '').not.toMatch(/omniglot/i);
    }
  });
});
