import { describe, expect, it } from 'vitest';
import { benchLines, type MeasuredRow } from '../../src/main/cli/bench-table.ts';
import { createInterrupts } from '../../src/main/cli/interrupts.ts';
import type { BenchMeasurement } from '../../src/shared/bench/measurement.ts';
import { type BenchRow, benchVariants, benchWorkloads, rowsOf } from '../../src/shared/bench/workloads.ts';
import { InnerloopError } from '../../src/shared/contract/errors.ts';
import type { AnyEvent } from '../../src/shared/contract/events.ts';
import type { RequestHandlers } from '../../src/shared/contract/requests.ts';
import { cli } from './harness.ts';

const engine: BenchMeasurement['engine'] = {
  mode: 'compiled',
  reason: null,
  device: 'cpu',
  deviceName: 'Test processor, 2 threads',
  xla: 'on',
  taskBatching: 'batched',
  stepsPerCall: 8,
  operations: 300,
  recordMs: 900,
  parameters: 1761,
  tensorflow: '2.21.0',
};
const measurement: BenchMeasurement = {
  msPerStep: 0.4567,
  fastestMs: 0.4,
  firstCallMs: 1234,
  peakMb: 1604.4,
  steps: 5000,
  engine,
};
const quiet = { running: [], queued: [], mode: 'open', estimatedMs: null } as const;
const core = (change: Partial<RequestHandlers> = {}): Partial<RequestHandlers> => ({
  'queue.get': () => ({ ...quiet, running: [], queued: [] }),
  'bench.measure': () => measurement,
  'bench.cancel': () => null,
  ...change,
});
const rowsAsked = (asked: readonly { readonly name: string; readonly body: unknown }[]): BenchRow[] =>
  asked.filter(({ name }) => name === 'bench.measure').map(({ body }) => (body as { readonly row: BenchRow }).row);

describe('innerloop bench', () => {
  it('measures every variant of every workload', async () => {
    const { code, asked } = await cli(['bench'], { core: core() });
    expect(code).toBe(0);
    expect(rowsAsked(asked)).toEqual(benchWorkloads.flatMap((workload) => rowsOf(workload)));
  });

  it('measures what is named, for as long as is said', async () => {
    const words = [
      'bench',
      '--workload',
      'conv4-omniglot',
      '--variant',
      'chosen',
      '--variant',
      'eager',
      '--seconds',
      '1',
    ];
    const { asked } = await cli(words, { core: core() });
    expect(rowsAsked(asked)).toEqual(rowsOf('conv4-omniglot', ['eager', 'chosen']));
    expect(asked.at(-1)?.body).toMatchObject({ seconds: 1 });
  });

  it('gives the rows as JSON on the last line', async () => {
    const words = ['bench', '--workload', 'conv4-miniimagenet', '--variant', 'chosen', '--json'];
    const { code, json } = await cli(words, { core: core() });
    expect(code).toBe(0);
    expect(json()).toEqual({
      rows: [
        {
          workload: 'conv4-miniimagenet',
          innerSteps: 5,
          variant: 'chosen',
          msPerStep: 0.4567,
          fastestMs: 0.4,
          firstCallMs: 1234,
          peakMb: 1604.4,
          engine,
          problem: null,
        },
      ],
    });
  });

  it('shows people a table, with the machine above it', async () => {
    const { output } = await cli(['bench', '--workload', 'sinusoid', '--variant', 'chosen'], { core: core() });
    expect(output.split('\n').slice(0, 4)).toEqual([
      `Test processor, 2 threads; TensorFlow 2.21.0; Node ${process.versions.node}`,
      'workload  inner steps  variant  ms/step  fastest  first call  peak MB  engine',
      'sinusoid            1  chosen     0.457      0.4       1.2 s    1,604  compiled, XLA, tasks batched, 8 steps a call',
      'sinusoid            5  chosen     0.457      0.4       1.2 s    1,604  compiled, XLA, tasks batched, 8 steps a call',
    ]);
  });

  it('keeps the reason of a row that failed, goes on, and ends with 1', async () => {
    const failing = core({
      'bench.measure': ({ row }) => {
        if (row.variant === 'eager') throw new InnerloopError('out-of-memory', 'There was not enough memory.');
        return measurement;
      },
    });
    const { code, json } = await cli(['bench', '--workload', 'conv4-miniimagenet', '--json'], { core: failing });
    expect(code).toBe(1);
    const { rows } = json() as { readonly rows: readonly { readonly msPerStep: number | null }[] };
    expect(rows).toHaveLength(benchVariants.length);
    expect(rows[0]).toMatchObject({ variant: 'eager', msPerStep: null, problem: 'There was not enough memory.' });
    expect(rows[1]?.msPerStep).toBe(0.4567);
  });

  it('ends at once when the core cannot measure at all', async () => {
    const busy = core({
      'bench.measure': () => {
        throw new InnerloopError('in-use', 'A bench is running already.');
      },
    });
    const { code, errors, asked } = await cli(['bench'], { core: busy });
    expect([code, errors]).toEqual([1, expect.stringContaining('A bench is running already.')]);
    expect(rowsAsked(asked)).toHaveLength(1);
  });

  it('says that a run is training meanwhile', async () => {
    const { errors } = await cli(['bench', '--workload', 'sinusoid'], {
      core: core({ 'queue.get': () => ({ ...quiet, running: ['run-1'], queued: [] }) }),
    });
    expect(errors).toContain('A run is training meanwhile');
  });

  it('says of workloads to come that they are not measured yet', async () => {
    const { code, errors, json, asked } = await cli(['bench', '--workload', 'finetune', '--json'], { core: core() });
    expect([code, errors, json()]).toEqual([1, 'finetune is not measured yet in this version.\n', { rows: [] }]);
    expect(asked).toEqual([]);
  });

  it('refuses other workloads and times', async () => {
    const wrong = await cli(['bench', '--workload', 'sinusoidd']);
    expect([wrong.code, wrong.errors]).toEqual([2, expect.stringContaining('Did you mean sinusoid?')]);
    expect((await cli(['bench', '--seconds', '0'])).code).toBe(2);
  });

  it('shows how far it is, and at Ctrl+C what was measured so far', async () => {
    const interrupts = createInterrupts(() => undefined);
    let announce: (event: AnyEvent) => void = () => undefined;
    let end: (error: Error) => void = () => undefined;
    const slow = core({
      'bench.measure': ({ row }) => {
        if (row.variant === 'eager') return measurement;
        announce({ name: 'bench.progress', body: { row, phase: 'training', share: 0.5 } });
        return new Promise((_resolve, reject) => {
          end = reject;
          setImmediate(() => interrupts.interrupt());
        });
      },
      'bench.cancel': () => {
        end(new InnerloopError('cancelled', 'The job was ended before it was done.'));
        return null;
      },
    });
    const { code, errors, output, asked } = await cli(['bench', '--workload', 'sinusoid'], {
      core: slow,
      interrupts,
      terminal: 100,
      onConnect: (given) => {
        announce = given;
      },
    });
    expect(code).toBe(130);
    expect(errors).toContain('row 2 of 8  sinusoid, 1 inner step, compiled: measuring');
    expect(errors).toContain('Ended after 1 of 8 rows.');
    expect(output).toMatch(/eager .*0\.457/);
    const names = ['queue.get', 'bench.measure', 'bench.measure', 'bench.cancel'];
    expect(asked.map(({ name }) => name)).toEqual(names);
  });
});

describe('the table of a bench', () => {
  const row: MeasuredRow = { ...rowsOf('sinusoid')[0]!, measurement, problem: null };

  it('shows why a wish was not followed, and why there is no number', () => {
    const reason = 'XLA cannot be had here.';
    const lines = benchLines(
      [
        { ...row, measurement: { ...measurement, msPerStep: 12_345.6, engine: { ...engine, reason, xla: 'off' } } },
        { ...row, measurement: null, problem: 'There was not enough memory.' },
      ],
      Number.POSITIVE_INFINITY,
    );
    expect(lines[1]).toMatch(/12,346 .*compiled, tasks batched, 8 steps a call: XLA cannot be had here\.$/);
    expect(lines[2]).toMatch(/ - .*There was not enough memory\.$/);
  });

  it('keeps workload, variant, speed and memory in a narrow terminal', () => {
    expect(benchLines([row], 40)[0]).toBe('workload  variant  ms/step  peak MB');
  });
});
