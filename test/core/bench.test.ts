import { describe, expect, it } from 'vitest';
import type { BenchRow } from '../../src/shared/bench/workloads.ts';
import { coreForTest } from './runs/core-for-test.ts';

const row: BenchRow = { workload: 'sinusoid', innerSteps: 1, variant: 'eager' };
/** For which the trainer of these tests never ends. */
const endless = 60;

describe('the bench of the core', () => {
  it('measures a row in a trainer of its own, with the engine that the variant says', async () => {
    const { core, events } = await coreForTest();
    const measured = await core.handlers['bench.measure']({ row, seconds: 1 });
    expect(measured).toMatchObject({ msPerStep: 2, peakMb: 4, engine: { mode: 'eager', xla: 'off' } });
    const compiled = await core.handlers['bench.measure']({ row: { ...row, variant: 'compiled-xla' }, seconds: 1 });
    expect(compiled.engine).toMatchObject({ mode: 'compiled', xla: 'on' });
    const shares = events.flatMap((event) => (event.name === 'bench.progress' ? [event.body.share] : []));
    expect(shares).toEqual([0, 0.5, 0, 0.5]);
  });

  it('measures one row at a time, and gives the place free when cancelled', async () => {
    const { core, when } = await coreForTest();
    const first = Promise.resolve(core.handlers['bench.measure']({ row, seconds: endless }));
    first.catch(() => undefined); // looked at below
    await when('bench.progress', ({ share }) => share > 0);
    await expect(core.handlers['bench.measure']({ row, seconds: 1 })).rejects.toMatchObject({ code: 'in-use' });
    core.handlers['bench.cancel'](null);
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect(await core.handlers['bench.measure']({ row, seconds: 1 })).toMatchObject({ msPerStep: 2 });
  });

  it('cancels a row that still waits for another job', async () => {
    const { core } = await coreForTest();
    const doctor = core.handlers['app.doctor']({ check: 'fresh' });
    const waiting = Promise.resolve(core.handlers['bench.measure']({ row, seconds: 1 }));
    core.handlers['bench.cancel'](null);
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect((await doctor).find(({ key }) => key === 'tensorflow')?.verdict).toBe('ok');
  });
});
