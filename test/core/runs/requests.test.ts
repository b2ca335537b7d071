import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { binMs, emptyBin } from '../../../src/main/core/runs/edits.ts';
import { updateRun } from '../../../src/main/core/store/runs.ts';
import { coreForTest, type TestCore } from './core-for-test.ts';

const list = ({ core }: TestCore, filter: string, view: 'active' | 'archived' | 'bin' = 'active') =>
  core.handlers['runs.list']({ filter, view, sort: { by: 'created', order: 'ascending' }, limit: 10, offset: 0 });

async function finished(test: TestCore, seeds = [1]): Promise<string[]> {
  const ids = await test.launch({ iterations: 3 }, seeds);
  for (const id of ids) await test.whenState(id, 'completed');
  return ids;
}

describe('launching', () => {
  it('makes one run per different seed, named after its config', async () => {
    const test = await coreForTest();
    await test.core.handlers['queue.set-mode']({ mode: 'paused' });
    const config = { name: 'try-{inner.rate}-{seed}', inner: { rate: 0.02 }, tags: ['paper', 'first'] };
    const { ids } = await test.core.handlers['runs.launch']({ config, seeds: [4, 5, 4], start: 'queue' });
    expect(ids.map((id) => test.get(id).name)).toEqual(['try-0.02-4', 'try-0.02-5']);
    expect(ids.map((id) => test.get(id).config.seed)).toEqual([4, 5]);
    expect(test.get(ids[0]!).config.tags).toEqual(['paper', 'first']);
    expect(new Set(ids.map((id) => test.get(id).groupKey)).size).toBe(1);
  });

  it('names every wrong field, and stores nothing', async () => {
    const test = await coreForTest();
    const config = { inner: { rate: 0 }, outer: { metaBatch: 1.5 }, evaluation: { finalSplit: 'tests' } };
    const refused = Promise.resolve().then(() =>
      test.core.handlers['runs.launch']({ config, seeds: [1], start: 'now' }),
    );
    await expect(refused).rejects.toMatchObject({
      code: 'invalid-config',
      message: expect.stringMatching(/3 fields to fix/),
      fields: [{ path: 'inner.rate' }, { path: 'outer.metaBatch' }, { path: 'evaluation.finalSplit', nearest: 'test' }],
    });
    expect((await list(test, '')).total).toBe(0);
  });

  it('refuses a dataset that is not there, or that cannot give such tasks', async () => {
    const test = await coreForTest();
    const check = (task: object) =>
      test.core.handlers['config.check']({ config: { task: { kind: 'image-classes', ...task } } });
    expect((await check({ dataset: 'glyps' })).errors).toMatchObject([{ path: 'task.dataset', nearest: 'glyphs' }]);
    expect((await check({ dataset: 'glyphs', way: 200 })).errors[0]?.path).toBe('task.way');
    expect((await check({ dataset: 'glyphs', way: 5 })).errors).toEqual([]);
  });
});

describe('checking a config', () => {
  it('warns of more test steps than rates were learned for', async () => {
    const test = await coreForTest();
    const check = (testSteps: number) =>
      test.core.handlers['config.check']({ config: { algorithm: { kind: 'meta-sgd' }, evaluation: { testSteps } } });
    const warned = async (testSteps: number) => (await check(testSteps)).advice.map(({ path }) => path);
    expect(await warned(3)).toContain('evaluation.testSteps');
    expect(await warned(1)).not.toContain('evaluation.testSteps');
  });

  it('tells name, notes, runs that exist already, and the time from similar runs', async () => {
    const test = await coreForTest();
    const [id] = (await finished(test)) as [string];
    updateRun(test.context.db, id, { computeMs: 300, iteration: 3 });
    const same = test.get(id).config;
    const checked = await test.core.handlers['config.check']({ config: same });
    expect(checked).toMatchObject({ errors: [], existing: [id], name: 'maml-sine-10p-s1' });
    expect(checked.estimate).toEqual({ durationMs: 300, source: 'from 1 similar run' });
    expect(checked.advice.map(({ message }) => message)).toContainEqual(expect.stringMatching(/exist already/));
    const longer = { ...same, outer: { ...same.outer, iterations: 30, rate: 0.5 } };
    const other = await test.core.handlers['config.check']({ config: longer });
    expect(other).toMatchObject({ existing: [], estimate: { durationMs: 3000 } });
    const wider = await test.core.handlers['config.check']({
      config: { ...same, outer: { ...same.outer, metaBatch: 4 } },
    });
    expect(wider.estimate?.durationMs).toBeNull();
  });

  it('warns of numbers that would mislead', async () => {
    const test = await coreForTest();
    const config = { evaluation: { every: 0, finalSplit: 'train', testSteps: 1 }, inner: { steps: 5 } };
    const { advice } = await test.core.handlers['config.check']({ config });
    expect(advice.map(({ path, level }) => [path, level])).toEqual([
      ['evaluation.every', 'warning'],
      ['evaluation.testSteps', 'info'],
      ['evaluation.finalSplit', 'warning'],
    ]);
  });
});

describe('drawing a task', () => {
  it('gives the same images for the same seed, others for another or a later one', async () => {
    const test = await coreForTest();
    const draw = (seed: number, skip: number) =>
      test.core.handlers['config.draw-task']({
        config: { task: { kind: 'image-classes', dataset: 'glyphs', way: 3, shot: 2, query: 1 }, seed },
        skip,
      });
    const first = await draw(1, 0);
    expect(first?.classNames).toHaveLength(3);
    expect(first?.support.map(({ label }) => label)).toEqual([0, 0, 1, 1, 2, 2]);
    expect(first?.query).toHaveLength(3);
    expect(first?.support[0]?.pixels).toHaveLength(first!.width * first!.height);
    expect(await draw(1, 0)).toEqual(first);
    expect((await draw(1, 1))?.classNames).not.toEqual(first?.classNames);
    expect((await draw(2, 0))?.classNames).not.toEqual(first?.classNames);
    expect(await test.core.handlers['config.draw-task']({ config: {}, skip: 0 })).toBeNull();
    const points = { task: { kind: 'binary-points' } };
    expect(await test.core.handlers['config.draw-task']({ config: points, skip: 0 })).toBeNull();
  });

  it('shows images changed as they will be in training', async () => {
    const test = await coreForTest();
    const draw = (augmentation: object) =>
      test.core.handlers['config.draw-task']({
        config: { task: { kind: 'image-classes', dataset: 'glyphs', way: 2, shot: 1, query: 1, augmentation } },
        skip: 0,
      });
    const plain = await draw({ kind: 'off' });
    const still = await draw({ kind: 'random', shift: 0, flip: 'off', degrees: 0 });
    expect(still?.classNames).toEqual(plain?.classNames);
    expect(still?.support[0]).toEqual(plain?.support[0]); // the first image; later ones are drawn after its change
    const moved = await draw({ kind: 'random', shift: 3, flip: 'on', degrees: 20 });
    expect(moved?.classNames).toEqual(plain?.classNames);
    expect(moved?.support[0]?.pixels).toHaveLength(plain!.width * plain!.height);
    expect(moved?.support[0]?.pixels).not.toEqual(plain?.support[0]?.pixels);
  });
});

describe('the history', () => {
  it('points at what is wrong with a filter', async () => {
    const test = await coreForTest();
    expect(() => list(test, 'stat:failed')).toThrowError(
      expect.objectContaining({
        code: 'invalid-request',
        detail: '{"at":0,"length":4}',
        fields: [{ path: 'filter', message: 'There is no field stat.', allowed: expect.stringMatching(/^state/) }],
      }),
    );
  });

  it('edits names, notes, tags and marks of several runs at once, all or none', async () => {
    const test = await coreForTest();
    const ids = await finished(test, [1, 2]);
    await test.core.handlers['runs.edit']({ ids, change: { addTag: 'paper', note: 'why', starred: 'yes' } });
    await test.core.handlers['runs.edit']({ ids: [ids[0]!], change: { name: 'Mine', archived: 'yes' } });
    expect((await list(test, 'tag:paper starred:yes')).runs).toHaveLength(1);
    expect((await list(test, '', 'archived')).runs.map(({ name }) => name)).toEqual(['Mine']);
    expect(test.get(ids[1]!).config).toMatchObject({ note: 'why', tags: ['paper'] });
    expect(() => test.core.handlers['runs.edit']({ ids: [ids[0]!, 'nobody'], change: { name: 'X' } })).toThrow(
      /nobody/,
    );
    expect(test.get(ids[0]!).name).toBe('Mine');
  });

  it('reads metrics by key, range and bucket', async () => {
    const test = await coreForTest();
    const [id] = (await test.launch({ iterations: 300, paceMs: 0 })) as [string];
    await test.whenState(id, 'completed');
    const read = (more: object) =>
      test.core.handlers['runs.metrics']({ id, keys: [], from: null, to: null, buckets: null, ...more });
    const all = await read({});
    expect(all.series.map(({ key, stored }) => [key, stored])).toEqual([
      ['time/compute-seconds', 300],
      ['train/loss', 300],
    ]);
    const drawn = await read({ keys: ['train/loss'], buckets: 10 });
    expect(drawn.series[0]?.stored).toBe(300);
    expect(drawn.series[0]?.steps.length).toBeLessThanOrEqual(20);
    expect(drawn.series[0]?.values[0]).toBe(1);
    expect((await read({ keys: ['nothing'] })).series[0]?.stored).toBe(0);
  });
});

describe('the bin', () => {
  it('takes finished and queued runs, gives them back, and is emptied with their files', async () => {
    const test = await coreForTest();
    const [kept, gone] = (await finished(test, [1, 2])) as [string, string];
    await test.core.handlers['runs.delete']({ ids: [kept, gone] });
    expect([(await list(test, '')).total, (await list(test, '', 'bin')).total]).toEqual([0, 2]);
    await test.core.handlers['runs.restore']({ ids: [kept] });
    mkdirSync(join(test.context.layout.runs, gone), { recursive: true });
    expect(await test.core.handlers['runs.empty-bin'](null)).toEqual({ removed: 1 });
    expect(existsSync(join(test.context.layout.runs, gone))).toBe(false);
    expect(existsSync(join(test.context.layout.runs, kept))).toBe(true);
    expect(() => test.get(gone)).toThrow(/no run/);
    await test.when('run.removed', ({ ids }) => ids.includes(gone));
  });

  it('refuses active runs and then takes none; queued ones leave the queue', async () => {
    const test = await coreForTest();
    const [running, queued] = (await test.launch({ iterations: 3000, paceMs: 5 }, [1, 2])) as [string, string];
    await test.whenState(running, 'running');
    expect(() => test.core.handlers['runs.delete']({ ids: [queued, running] })).toThrow(/is running. Stop it/);
    expect(test.get(queued).state).toBe('queued');
    await test.core.handlers['runs.delete']({ ids: [queued] });
    expect(test.get(queued)).toMatchObject({ state: 'stopped', queuePosition: null });
    expect(() => test.core.handlers['runs.resume']({ id: queued })).toThrow(/in the bin/);
  });

  it('keeps a run for 30 days', async () => {
    const test = await coreForTest();
    const [old, recent] = (await finished(test, [1, 2])) as [string, string];
    const now = test.context.now();
    updateRun(test.context.db, old, { deletedAt: now - binMs - 1000 });
    updateRun(test.context.db, recent, { deletedAt: now - binMs + 60_000 });
    expect(await emptyBin(test.context, 'expired')).toBe(1);
    expect(test.get(recent).deletedAt).not.toBeNull();
  });
});

describe('evaluating', () => {
  const request = {
    dataset: null,
    split: 'test',
    episodes: 50,
    episodeSeed: null,
    way: null,
    shot: 3,
    query: null,
    steps: 7,
  } as const;

  it('measures a checkpoint with what was asked, stores it and announces it', async () => {
    const test = await coreForTest();
    const [id] = (await test.launch({ iterations: 20 })) as [string];
    await test.whenState(id, 'completed');
    const evaluation = await test.core.handlers['runs.evaluate']({ id, ...request, from: 'best' });
    expect(evaluation).toMatchObject({
      kind: 'requested',
      runId: id,
      protocol: { shot: 3, query: 10, episodes: 50, innerSteps: 7 },
    });
    const stored = await test.core.handlers['runs.evaluations']({ id });
    expect(stored).toContainEqual(evaluation);
    await test.when('run.evaluated', (body) => body.evaluation.id === evaluation.id);
    const untrained = await test.core.handlers['runs.evaluate']({ id, ...request, from: 'untrained' });
    expect(untrained.kind).toBe('untrained');
    expect(test.get(id).untrained?.mean).toBe(3); // the run's own zero line stays
  });

  it('is refused where there is nothing to measure, or nothing to change', async () => {
    const test = await coreForTest();
    const [id] = (await finished(test)) as [string];
    const ask = (more: object) => test.core.handlers['runs.evaluate']({ id, ...request, from: 'best', ...more });
    await expect(ask({})).rejects.toMatchObject({ code: 'not-found', message: expect.stringMatching(/no checkpoint/) });
    await expect(ask({ way: 5 })).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(ask({ id: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
  });
});
