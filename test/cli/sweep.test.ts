import { describe, expect, it } from 'vitest';
import type { RequestHandlers } from '../../src/shared/contract/requests.ts';
import { withValue } from '../../src/shared/run-config/fields.ts';
import { groupKeyOf } from '../../src/shared/run-config/grouping.ts';
import { expandSweep } from '../../src/shared/sweeps/sweep.ts';
import { cli, coreWithRuns, evaluation, runSummary } from './harness.ts';

const memory = { peakBytes: 5e8, freeBytes: 8e9, source: 'a guess' };

/** A core that launches nothing: its runs of a sweep over the inner rate are there and done. */
function sweptCore(existing: readonly string[] = []): Partial<RequestHandlers> {
  const runs = [0.1, 0.1, 0.1, 0.5].map((rate, index) => {
    const config = withValue(withValue(runSummary().config, 'inner.rate', rate), 'seed', index + 1);
    const final = evaluation({ mean: index + 1 });
    return runSummary({ number: index + 1, config, groupKey: groupKeyOf(config), final });
  });
  return {
    ...coreWithRuns(runs),
    'runs.list': ({ filter }) => {
      const found = filter === '' || filter === 'tag:sweep-1' ? runs : [];
      return { runs: [...found], matching: found.length, total: runs.length };
    },
    'runs.metrics': () => ({ series: [] }),
    'sweeps.plan': ({ config, axes, seeds }) => {
      const expanded = expandSweep(config, axes, seeds.length);
      const configs = expanded.ok ? expanded.points.length : 0;
      const estimate = { shortestMs: 2000, longestMs: 2000, missingMs: 8000, source: 'from 1 similar run' };
      return { errors: [], configs, runs: configs * seeds.length, existing: [...existing], estimate, memory };
    },
    'sweeps.launch': () => {
      const ids = runs.map(({ id }) => id).filter((id) => !existing.includes(id));
      return { ids, existing: [...existing], tag: 'sweep-1' };
    },
  };
}
const sweep = ['run', 'sinusoid-quick-start', '--sweep', 'inner.rate=0.1,0.5', '--seeds', '2'];

describe('innerloop run --sweep', () => {
  it('shows the plan, launches the product, and ends with the results against the field', async () => {
    const { code, output, asked } = await cli(sweep, { core: sweptCore(['run-4']) });
    expect(code).toBe(0);
    expect(output).toContain('inner.rate  0.1, 0.5');
    expect(output).toContain('2 configs, 2 seeds: 4 runs, of which 1 exists and is skipped');
    expect(output).toContain('about 8.0 s for 3 runs one by one, from 1 similar run');
    expect(asked.find(({ name }) => name === 'sweeps.launch')?.body).toMatchObject({
      axes: [{ path: 'inner.rate', values: [0.1, 0.5] }],
      seeds: [1, 2],
      start: 'now',
      existing: 'skip',
    });
    expect(output).toContain('completed, was there');
    expect(output).toContain('Final loss against Inner rate (inner.rate)');
    expect(output).toMatch(/0\.1\s+2\.00 ± 2\.48 \(n 3\)/);
    expect(output).toMatch(/0\.5\s+4 \(n 1\)/);
    expect(output).toContain('innerloop compare tag:sweep-1 --by inner.rate');
  });

  it('prints no table while no run of it has finished', async () => {
    const paused = runSummary({ state: 'paused', final: null });
    const core = {
      ...sweptCore(),
      'runs.get': ({ id }: { id: string }) => ({ ...paused, id, number: Number(id.slice(4)) }),
    };
    const swept = ['run', 'sinusoid-quick-start', '--sweep', 'inner.rate=0.1,0.5'];
    const { code, output } = await cli(swept, { core });
    expect(code).toBe(130);
    expect(output).toContain('Go on with: innerloop resume 1, and the same sweep again for the rest.');
    expect(output).not.toContain('Means over n seeds');
  });

  it('gives as JSON the runs, those that were there, and the tag', async () => {
    const { json } = await cli([...sweep, '--json'], { core: sweptCore(['run-4']) });
    expect(json()).toMatchObject({
      runs: [{ id: 'run-1' }, { id: 'run-2' }, { id: 'run-3' }],
      sweep: { tag: 'sweep-1', seeds: [1, 2], existing: [{ id: 'run-4' }] },
    });
  });

  it('launches existing runs again only when asked to, and nothing for a plan', async () => {
    const again = await cli([...sweep, '--again'], { core: sweptCore() });
    expect(again.asked.find(({ name }) => name === 'sweeps.launch')?.body).toMatchObject({ existing: 'again' });
    const plan = await cli([...sweep, '--plan', '--json'], { core: sweptCore() });
    expect(plan.json()).toMatchObject({ plan: { runs: 4, configs: 2 } });
    expect(plan.asked.map(({ name }) => name)).toEqual(['sweeps.plan']);
  });

  it('never reaches the core with a wrong value, field or text', async () => {
    const wrong = async (text: string) => {
      const { code, errors, asked } = await cli(['run', 'sinusoid-quick-start', '--sweep', text]);
      expect([code, asked]).toEqual([2, []]);
      return errors;
    };
    expect(await wrong('inner.rate=0.1,-1')).toContain('inner.rate is -1; allowed: a number above 0, at most 100.');
    expect(await wrong('inner.rat=0.1,1')).toContain('A run has no field inner.rat. Did you mean inner.rate?');
    expect(await wrong('inner.rate')).toContain('--sweep takes path=values, got "inner.rate".');
    expect(await wrong('inner.rate=log 0..1 x 3')).toContain('logarithms need numbers above 0');
    expect(await wrong('seed=1,2')).toContain('Seeds have a place of their own');
  });

  it('says that --again and --plan belong to a sweep', async () => {
    const { code, errors } = await cli(['run', 'sinusoid-quick-start', '--again']);
    expect([code, errors]).toEqual([2, expect.stringContaining('--again belongs to a sweep')]);
  });
});

describe('innerloop compare --by', () => {
  it('prints the results of all runs of a filter against a field, and gives them as JSON', async () => {
    const words = ['compare', 'tag:sweep-1', '--by', 'inner.rate'];
    const { output } = await cli(words, { core: sweptCore() });
    expect(output).toMatch(/Inner rate +All runs/);
    expect(output).toContain("± is the 95 % interval of Student's t, and needs 3 seeds or more");
    const { json } = await cli([...words, '--json'], { core: sweptCore() });
    expect(json()).toMatchObject({
      groups: [{ n: 3 }, { n: 1 }],
      by: { field: { path: 'inner.rate' }, lines: [{ points: [{ mean: 2 }, { mean: 4, ci95: null }] }] },
    });
  });

  it('names the fields in which the runs differ, and a filter without runs', async () => {
    const { code, errors } = await cli(['compare', 'tag:sweep-1', '--by', 'inner.rat'], { core: sweptCore() });
    expect(code).toBe(2);
    expect(errors).toContain('these runs do not differ in inner.rat; they differ in inner.rate.');
    const none = await cli(['compare', 'tag:none'], { core: sweptCore() });
    expect(none.errors).toContain('No run matches tag:none');
  });
});
