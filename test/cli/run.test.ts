import { describe, expect, it } from 'vitest';
import { createInterrupts } from '../../src/main/cli/interrupts.ts';
import { InnerloopError } from '../../src/shared/contract/errors.ts';
import type { RequestHandlers } from '../../src/shared/contract/requests.ts';
import type { RunSummary } from '../../src/shared/runs/run.ts';
import { cli, runSummary } from './harness.ts';

const noMetrics = { 'runs.metrics': () => ({ series: [] }) } as const;

/** A core in which each look at a run shows the next of its scenes. */
function playing(
  scenes: readonly Partial<RunSummary>[],
  more: Partial<RequestHandlers> = {},
): Partial<RequestHandlers> {
  let at = -1;
  return {
    ...noMetrics,
    'runs.launch': ({ seeds }) => ({ ids: seeds.map((seed) => `run-${seed}`) }),
    'runs.get': () => {
      at = Math.min(at + 1, scenes.length - 1);
      return runSummary(scenes[at]);
    },
    ...more,
  };
}

describe('innerloop run', () => {
  it('launches the config once for each seed, with the settings, and waits', async () => {
    const core = playing([{ state: 'running', iteration: 100 }, {}]);
    const result = await cli(
      [
        'run',
        'sinusoid-quick-start',
        '--seeds',
        '2',
        '--set',
        'inner.rate=0.5',
        '--device',
        'cpu',
        '--name',
        'x-{seed}',
      ],
      { core },
    );
    expect(result.code).toBe(0);
    const launch = result.asked.find(({ name }) => name === 'runs.launch')?.body as {
      config: Record<string, unknown>;
      seeds: number[];
      start: string;
    };
    expect(launch).toMatchObject({
      seeds: [1, 2],
      start: 'now',
      config: { inner: { rate: 0.5 }, device: 'cpu', name: 'x-{seed}' },
    });
  });

  it('ends with the result, its protocol, the zero line, and where it is stored', async () => {
    const { output } = await cli(['run', 'sinusoid-quick-start'], { core: playing([{}]) });
    expect(output).toContain('result      0.600 ± 0.040 mean squared error, at iteration 4,750');
    expect(output).toContain('untrained   4.20 ± 0.40 mean squared error, adapted in the same way');
    expect(output).toContain('protocol    10 support and 10 query points; 600 episodes of seed 1');
    expect(output).toContain('stored      /nowhere/home');
    expect(output).toContain('innerloop show 1');
  });

  it('gives as JSON the summaries of every metric, over all points', async () => {
    const series = {
      key: 'train/loss',
      steps: new Float64Array([1, 2, 3]),
      values: new Float64Array([3, 1, 2]),
      stored: 3,
    };
    const gradient = { ...series, key: 'train/gradient-norm' };
    const core = playing([{}], { 'runs.metrics': () => ({ series: [series, gradient] }) });
    const { json, asked, errors } = await cli(['run', 'sinusoid-quick-start', '--json'], { core });
    expect(json()).toMatchObject({
      runs: [
        {
          id: 'run-1',
          state: 'completed',
          seed: 1,
          durationMs: 9000,
          evaluation: { kind: 'final', mean: 0.6, protocol: { episodes: 600 } },
          untrained: { mean: 4.2 },
        },
      ],
    });
    expect((json() as { runs: { metrics: unknown }[] }).runs[0]?.metrics).toEqual({
      'train/loss': { last: 2, min: 1, max: 3, best: 1 },
      'train/gradient-norm': { last: 2, min: 1, max: 3, best: null },
    });
    expect(asked.find(({ name }) => name === 'runs.metrics')?.body).toMatchObject({ buckets: null, keys: [] });
    expect(errors).toContain('completed');
  });

  it('never reaches the core with wrong fields: each is named, and the exit code is 2', async () => {
    const words = [
      'run',
      'sinusoid-quick-start',
      '--set',
      'inner.rate=-1',
      '--set',
      'inner.steps=0',
      '--set',
      'outer.optimizer=adm',
    ];
    const { code, errors, asked } = await cli(words);
    expect([code, asked]).toEqual([2, []]);
    expect(errors.trim().split('\n')).toEqual([
      'The config has 3 wrong fields:',
      '  inner.rate is -1; allowed: a number above 0, at most 100.',
      '  inner.steps is 0; allowed: a whole number from 1 to 100. Nearest: 1.',
      '  outer.optimizer is "adm"; allowed: adam or adamw or sgd. Did you mean adam?',
    ]);
  });

  it('shows the fields that only the core can refuse, with 2', async () => {
    const field = {
      path: 'task.way',
      message: 'task.way is 50; the dataset has 20 training classes.',
      allowed: 'at most 20',
      nearest: 20,
    };
    const core = playing([{}], {
      'runs.launch': () => {
        throw new InnerloopError('invalid-config', 'The config has 1 field to fix.', { fields: [field] });
      },
    });
    const { code, errors } = await cli(['run', 'glyphs-quick-start'], { core });
    expect(code).toBe(2);
    expect(errors).toContain('task.way is 50; the dataset has 20 training classes. Nearest: 20.');
  });

  it('exits with 1 and the reason when a run fails', async () => {
    const failure = { code: 'not-finite', message: 'The query loss became NaN at iteration 412.', detail: null };
    const core = playing([{ state: 'failed', iteration: 411, failure, resumable: 'yes', final: null, best: null }]);
    const { code, output } = await cli(['run', 'sinusoid-quick-start'], { core });
    expect(code).toBe(1);
    expect(output).toContain('failed at iteration 411 of 5,000. The query loss became NaN at iteration 412.');
    expect(output).toContain('innerloop resume 1');
  });

  it('waits for a core that restarts', async () => {
    let looks = 0;
    const core = playing([], {
      'runs.get': () => {
        looks += 1;
        if (looks === 1) throw new InnerloopError('core-unavailable', 'The core is restarting.');
        return runSummary();
      },
    });
    expect((await cli(['run', 'sinusoid-quick-start'], { core })).code).toBe(0);
  });

  it('shows the log of evaluations and warnings as it comes, and no other lines', async () => {
    let announce: Parameters<NonNullable<Parameters<typeof cli>[1]>['onConnect'] & object>[0] = () => undefined;
    let looks = 0;
    const entry = (level: 'info' | 'eval', message: string) => ({ seq: 1, at: 0, level, message });
    const core = playing([], {
      'runs.get': () => {
        looks += 1;
        if (looks === 1)
          announce({
            name: 'run.log',
            body: { id: 'run-1', entries: [entry('info', 'iteration 5'), entry('eval', 'validation at 250')] },
          });
        return runSummary(looks < 3 ? { state: 'running' } : {});
      },
    });
    const onConnect = (given: typeof announce) => {
      announce = given;
    };
    const { errors } = await cli(['run', 'sinusoid-quick-start'], { core, onConnect });
    expect(errors).toContain('eval  validation at 250');
    expect(errors).not.toContain('iteration 5\n');
  });

  it('draws a bar with loss, best, speed and ETA on a terminal', async () => {
    const running = {
      state: 'running',
      phase: 'training',
      iteration: 1250,
      trainLoss: 0.512,
      iterationsPerSecond: 1830,
      etaMs: 2100,
    } as const;
    const { errors } = await cli(['run', 'sinusoid-quick-start'], { core: playing([running, {}]), terminal: 200 });
    expect(errors).toContain(
      '[######------------------] 1,250/5,000  ETA 2.1 s  loss 0.512  1830 it/s  best validation mean squared error 0.610 ± 0.050 (200 ep)',
    );
  });
});

describe('Ctrl+C while runs are watched', () => {
  it('takes the waiting seeds out of the queue, pauses the running one, and says how to go on', async () => {
    const interrupts = createInterrupts(() => undefined);
    const states: Record<string, RunSummary['state']> = { 'run-1': 'running', 'run-2': 'queued' };
    let looks = 0;
    const core: Partial<RequestHandlers> = {
      ...noMetrics,
      'runs.launch': () => ({ ids: ['run-1', 'run-2'] }),
      'runs.get': ({ id }) => {
        looks += 1;
        if (looks === 3) interrupts.interrupt();
        const number = Number(id.slice(4));
        return runSummary({ number, state: states[id]!, iteration: number === 1 ? 700 : 0, resumable: 'yes' });
      },
      'runs.pause': ({ id }) => {
        states[id] = 'paused';
        return null;
      },
      'queue.cancel': ({ ids }) => {
        for (const id of ids) states[id] = 'stopped';
        return null;
      },
    };
    const { code, output, errors, asked } = await cli(['run', 'sinusoid-quick-start', '--seeds', '2'], {
      core,
      interrupts,
    });
    expect(code).toBe(130);
    const wishes = asked.filter(({ name }) => name === 'queue.cancel' || name === 'runs.pause');
    expect(wishes).toEqual([
      { name: 'queue.cancel', body: { ids: ['run-2'] } },
      { name: 'runs.pause', body: { id: 'run-1' } },
    ]);
    expect(errors).toContain('Ctrl+C again ends at once.');
    expect(output).toContain('is paused at iteration 700 of 5,000. Go on with: innerloop resume 1');
    expect(output).toContain('was taken out of the queue before it began');
  });

  it('asks again when the run moved on between the look and the wish', async () => {
    const interrupts = createInterrupts(() => undefined);
    let state: RunSummary['state'] = 'queued';
    const core: Partial<RequestHandlers> = {
      ...noMetrics,
      'runs.launch': () => ({ ids: ['run-1'] }),
      'runs.get': () => {
        interrupts.interrupt();
        return runSummary({ state, iteration: 3 });
      },
      'queue.cancel': () => {
        state = 'running';
        throw new InnerloopError('wrong-state', 'It has started.');
      },
      'runs.pause': () => {
        state = 'paused';
        return null;
      },
    };
    expect((await cli(['run', 'sinusoid-quick-start'], { core, interrupts })).code).toBe(130);
  });

  it('ends the program at once the second time', () => {
    let ended = 0;
    const interrupts = createInterrupts(() => {
      ended += 1;
    });
    interrupts.take(() => undefined);
    interrupts.interrupt();
    expect(ended).toBe(0);
    interrupts.interrupt();
    expect(ended).toBe(1);
  });

  it('leaves any other command with 130', async () => {
    const interrupts = createInterrupts(() => undefined);
    const core: Partial<RequestHandlers> = {
      'datasets.list': () => {
        interrupts.interrupt();
        return new Promise(() => undefined);
      },
    };
    expect((await cli(['datasets', 'list'], { core, interrupts })).code).toBe(130);
  });
});
