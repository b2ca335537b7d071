import { describe, expect, it } from 'vitest';
import type { BenchMeasurement } from '../../src/shared/bench/measurement.ts';
import { InnerloopError } from '../../src/shared/contract/errors.ts';
import type { RequestHandlers } from '../../src/shared/contract/requests.ts';
import { cli } from './harness.ts';

interface Way {
  readonly xla: string;
  readonly taskBatching: string;
  readonly stepsPerCall: number;
}
const wayOf = (config: Readonly<Record<string, unknown>>): Way => config.engine as Way;

const measured: BenchMeasurement = {
  ...{ msPerStep: 2, fastestMs: 2, firstCallMs: 900, peakMb: 600, steps: 100 },
  engine: {
    ...{ mode: 'compiled', reason: null, device: 'cpu', deviceName: 'Test processor', xla: 'on' },
    ...{
      taskBatching: 'batched',
      stepsPerCall: 8,
      operations: 300,
      recordMs: 900,
      parameters: 1761,
      tensorflow: '2.21.0',
    },
  },
};

/** A machine on which XLA with 8 iterations a call is fastest, and looped tasks do not fit into memory. */
const core: Partial<RequestHandlers> = {
  'engine.measure': ({ config }) => {
    const { xla, taskBatching, stepsPerCall } = wayOf(config);
    if (taskBatching === 'looped') throw new InnerloopError('out-of-memory', 'There was not enough memory.');
    return xla === 'on' && stepsPerCall === 8 ? { ...measured, msPerStep: 1 } : measured;
  },
  'engine.remember': () => null,
};

describe('innerloop calibrate', () => {
  it('measures what the config leaves open, and has the fastest remembered', async () => {
    const { code, json, asked } = await cli(['calibrate', 'sinusoid-quick-start', '--json'], { core });
    expect(code).toBe(0);
    expect(asked.filter(({ name }) => name === 'engine.measure')).toHaveLength(7);
    const fastest = { xla: 'on', taskBatching: 'batched', stepsPerCall: 8 };
    expect(json()).toMatchObject({ fastest });
    const remembered = asked.find(({ name }) => name === 'engine.remember')?.body;
    expect(remembered).toMatchObject({ choice: fastest, config: { engine: { xla: 'auto', stepsPerCall: 0 } } });
  });

  it('shows each way, and of one that failed its reason', async () => {
    const { output } = await cli(['calibrate', 'sinusoid-quick-start'], { core });
    expect(output).toMatch(/XLA on, tasks batched, 8 iterations a call\s+1 ms/);
    expect(output).toMatch(/XLA off, tasks looped, 1 iteration a call\s+There was not enough memory/);
    expect(output).toMatch(/Remembered for such runs on this machine: XLA on, tasks batched, 8 iterations a call\./);
  });

  it('says so when nothing is open', async () => {
    const words = ['calibrate', 'sinusoid-quick-start', '--set', 'engine.mode=eager'];
    const { code, output, asked } = await cli(words, { core });
    expect(code).toBe(0);
    expect(output).toMatch(/nothing to measure/);
    expect(asked).toEqual([]);
  });
});
