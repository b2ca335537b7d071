import { describe, expect, it } from 'vitest';
import { deleteRuns } from '../../../src/main/core/runs/edits.ts';
import { updateRun } from '../../../src/main/core/store/runs.ts';
import { tagsOf } from '../../../src/main/core/store/tags.ts';
import { coreForTest, type TestCore } from './core-for-test.ts';

const sweep = {
  config: { outer: { iterations: 3 }, evaluation: { every: 3 } },
  axes: [{ path: 'inner.rate', values: [0.1, 0.5] }],
  seeds: [1, 2],
};
const plan = (test: TestCore, change = {}) => test.core.handlers['sweeps.plan']({ ...sweep, ...change });
const launch = (test: TestCore, change = {}) =>
  test.core.handlers['sweeps.launch']({ ...sweep, start: 'queue', existing: 'skip', ...change });

async function still(): Promise<TestCore> {
  const test = await coreForTest();
  await test.core.handlers['queue.set-mode']({ mode: 'paused' });
  return test;
}

describe('launching a sweep', () => {
  it('makes the runs seed by seed, named apart, under one tag', async () => {
    const test = await still();
    const { ids, existing, tag } = await launch(test);
    expect(ids.map((id) => test.get(id).name)).toEqual([
      'maml-sine-10p-rate0.1-s1',
      'maml-sine-10p-rate0.5-s1',
      'maml-sine-10p-rate0.1-s2',
      'maml-sine-10p-rate0.5-s2',
    ]);
    expect([existing, tag]).toEqual([[], `sweep-${test.get(ids[0]!).number}`]);
    expect(ids.map((id) => tagsOf(test.context.db, id))).toEqual([[tag], [tag], [tag], [tag]]);
    expect(ids.map((id) => test.get(id).queuePosition)).toEqual([1, 2, 3, 4]);
  });

  it('leaves out what is there or on its way, and tags it; asked to, launches it again', async () => {
    const test = await still();
    const first = await launch(test, { seeds: [1] });
    const second = await launch(test);
    expect(second.existing).toEqual(first.ids);
    expect(second.ids.map((id) => test.get(id).config.seed)).toEqual([2, 2]);
    expect(tagsOf(test.context.db, first.ids[0]!)).toEqual([first.tag, second.tag]);
    expect((await plan(test)).existing).toHaveLength(4);
    const again = await launch(test, { existing: 'again' });
    expect([again.ids.length, again.existing]).toEqual([4, []]);
    expect((await launch(test)).ids).toEqual([]);
  });

  it('does not take for there what failed, was stopped, or lies in the bin', async () => {
    const test = await still();
    const { ids } = await launch(test);
    updateRun(test.context.db, ids[0]!, { state: 'failed' });
    updateRun(test.context.db, ids[1]!, { state: 'stopped' });
    updateRun(test.context.db, ids[2]!, { state: 'completed' });
    deleteRuns(test.context, [ids[2]!]);
    expect((await plan(test)).existing).toEqual([ids[3]]);
  });

  it('stores nothing when one combination is wrong, and names it', async () => {
    const test = await still();
    const axes = [{ path: 'inner.rate', values: [0.1, 0] }];
    const refused = Promise.resolve().then(() => launch(test, { axes }));
    await expect(refused).rejects.toMatchObject({
      code: 'invalid-config',
      fields: [{ path: 'inner.rate', message: 'inner.rate is 0; allowed: a number above 0, at most 100.' }],
    });
    expect(await plan(test, { axes })).toMatchObject({ runs: 0, errors: [{ path: 'inner.rate' }] });
    const way = {
      config: { task: { kind: 'image-classes', dataset: 'glyphs' } },
      axes: [{ path: 'task.way', values: [5, 200] }],
    };
    expect((await plan(test, way)).errors).toMatchObject([{ path: 'task.way' }]);
  });
});

describe('the plan of a sweep', () => {
  it('counts configs and runs, and sums the time of what is missing', async () => {
    const test = await still();
    expect(await plan(test)).toMatchObject({
      errors: [],
      configs: 2,
      runs: 4,
      existing: [],
      estimate: { missingMs: null, source: 'no similar run has completed yet' },
      memory: { peakBytes: expect.any(Number) },
    });
    const { ids } = await launch(test, { seeds: [1] });
    for (const id of ids) updateRun(test.context.db, id, { state: 'completed', computeMs: 300, iteration: 3 });
    expect(await plan(test)).toMatchObject({
      runs: 4,
      existing: ids,
      estimate: { shortestMs: 300, longestMs: 300, missingMs: 600 },
    });
  });
});
