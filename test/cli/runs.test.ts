import { describe, expect, it } from 'vitest';
import { presetById } from '../../src/shared/run-config/presets.ts';
import type { RunSummary } from '../../src/shared/runs/run.ts';
import { cli, coreWithRuns, evaluation, runSummary } from './harness.ts';

describe('finding a run', () => {
  const runs = [
    runSummary({ number: 12, id: 'abc123', name: 'first' }),
    runSummary({ number: 13, id: 'abd456', name: 'twin' }),
    runSummary({ number: 14, id: 'xyz789', name: 'twin' }),
  ];
  const core = {
    ...coreWithRuns(runs),
    'runs.evaluations': () => [],
    'runs.checkpoints': () => [],
    'runs.log': () => ({ entries: [], total: 0 }),
  };
  const shown = async (given: string) => ((await cli(['show', given, '--json'], { core })).json() as RunSummary).number;

  it('works by number, id, beginning of an id, and name', async () => {
    expect(await shown('12')).toBe(12);
    expect(await shown('#13')).toBe(13);
    expect(await shown('xyz789')).toBe(14);
    expect(await shown('abd')).toBe(13);
    expect(await shown('first')).toBe(12);
  });

  it('is refused when it is not unique, or near nothing', async () => {
    const twin = await cli(['show', 'twin'], { core });
    expect([twin.code, twin.errors]).toEqual([
      2,
      '"twin" could be several runs: 13 (twin, seed 1), 14 (twin, seed 1).\nGive the number of the one you mean.\n',
    ]);
    const missing = await cli(['show', 'frist'], { core });
    expect([missing.code, missing.errors]).toEqual([1, 'There is no run "frist". Did you mean first?\n']);
    expect((await cli(['show', 'ab'], { core })).code).toBe(1); // two letters are too few for the beginning of an id
  });

  it('shows the run whole, with the fields that differ from their source', async () => {
    const { output } = await cli(['show', '12'], { core });
    expect(output).toContain('first  run 12, completed');
    expect(output).toMatch(/Iterations +5000 {2}\(Finn 2017, code: 70000\)/);
    expect(output).toContain('600 episodes of seed 1');
  });

  it('shows what a network costs, where its run counted it', async () => {
    const engine: NonNullable<RunSummary['engine']> = {
      ...{ mode: 'compiled', reason: null, device: 'cpu', deviceName: 'Test processor', tensorflow: '2.21.0' },
      ...{ xla: 'off', taskBatching: 'looped', stepsPerCall: 1, operations: 300, recordMs: 900, parameters: 112_005 },
    };
    const outputOf = async (own: typeof engine) => {
      const known = coreWithRuns([runSummary({ number: 12, engine: own })]);
      return (await cli(['show', '12'], { core: { ...core, ...known } })).output;
    };
    expect(await outputOf({ ...engine, multiplyAdds: 2_656_832 })).toMatch(
      /112,005\n.* 2,656,832 multiply-adds for one example/,
    );
    expect(await outputOf(engine)).not.toContain('multiply-adds');
  });
});

describe('innerloop runs', () => {
  it('never shows a number without its protocol', async () => {
    const { output } = await cli(['runs'], { core: coreWithRuns([runSummary()]) });
    expect(output).toContain('0.600 ± 0.040  10p q10 · 600 ep · generated · 10 steps');
  });

  it('gives the protocol a line of its own where the terminal is narrow', async () => {
    const { output } = await cli(['runs'], { core: coreWithRuns([runSummary()]), terminal: 60 });
    expect(output.split('\n')[2]).toBe('    10p q10 · 600 ep · generated · 10 steps');
    for (const line of output.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });

  it('shows the best validation, with its own episodes, while there is no final number', async () => {
    const { output } = await cli(['runs'], { core: coreWithRuns([runSummary({ final: null, state: 'running' })]) });
    expect(output).toContain('0.610 ± 0.050  10p q10 · 200 ep');
  });

  it('passes filter, limit and view on, and says how many are left', async () => {
    const core = { 'runs.list': () => ({ runs: [runSummary()], matching: 41, total: 90 }) };
    const { output, asked } = await cli(['runs', '--filter', 'state:completed', '--limit', '1', '--archived'], {
      core,
    });
    expect(asked[0]?.body).toMatchObject({ filter: 'state:completed', limit: 1, view: 'archived' });
    expect(output).toContain('40 more');
  });

  it('points at the first step when there are none', async () => {
    const { output } = await cli(['runs'], { core: coreWithRuns([]) });
    expect(output).toContain('innerloop run sinusoid-quick-start');
  });
});

describe('innerloop metrics', () => {
  const series = {
    key: 'train/loss',
    steps: new Float64Array([1, 2]),
    values: new Float64Array([0.1 + 0.2, 1e-7]),
    stored: 2,
  };
  const core = { ...coreWithRuns([runSummary()]), 'runs.metrics': () => ({ series: [series] }) };

  it('gives every point with all its digits', async () => {
    expect((await cli(['metrics', '1', '--key', 'train/loss'], { core })).output).toBe(
      '1\t0.30000000000000004\n2\t1e-7\n',
    );
    expect((await cli(['metrics', '1', '--json'], { core })).json()).toEqual({
      'train/loss': [
        [1, 0.30000000000000004],
        [2, 1e-7],
      ],
    });
  });

  it('names the metric that was meant', async () => {
    const { code, errors } = await cli(['metrics', '1', '--key', 'train/los'], { core });
    expect([code, errors]).toEqual([2, 'The run has no metric train/los.\nDid you mean train/loss?\n']);
  });
});

describe('innerloop evaluate', () => {
  it("asks for the run's own sizes unless others are given, and answers with the protocol", async () => {
    const core = { ...coreWithRuns([runSummary()]), 'runs.evaluate': () => evaluation({ kind: 'requested' }) };
    const { code, asked, json } = await cli(['evaluate', '1', '--steps', '2', '--json'], { core });
    expect(code).toBe(0);
    expect(asked.at(-1)?.body).toEqual({
      ...{
        id: 'run-1',
        dataset: null,
        split: 'test',
        episodes: 600,
        episodeSeed: null,
        way: null,
        shot: null,
        query: null,
        steps: 2,
      },
      from: 'best',
    });
    expect(json()).toMatchObject({
      mean: 0.6,
      ci95: 0.04,
      episodes: 600,
      perStep: [{ step: 0 }, { step: 1 }, { step: 2 }],
      protocol: { shot: 10 },
    });
  });
});

describe('innerloop compare', () => {
  it('needs two runs, and groups them', async () => {
    const other = {
      ...presetById('quick-sinusoid').config,
      inner: { ...presetById('quick-sinusoid').config.inner, rate: 0.1 },
    };
    const runs = [runSummary({ number: 1 }), runSummary({ number: 2, config: other })];
    const core = coreWithRuns(runs);
    expect((await cli(['compare', '1', '1'], { core })).code).toBe(2);
    const { output, code } = await cli(['compare', '1', '2'], { core });
    expect(code).toBe(0);
    expect(output).toContain('inner.rate: 0.01 | 0.1');
    expect(output).toContain('10p q10 · 600 ep');
  });
});
