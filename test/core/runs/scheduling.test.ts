import { describe, expect, it } from 'vitest';
import type { QueueState } from '../../../src/shared/contract/requests.ts';
import { temporaryHome } from '../store/store-for-test.ts';
import { coreForTest, type TestCore } from './core-for-test.ts';

const queueOf = ({ core }: TestCore): QueueState => core.handlers['queue.get'](null) as QueueState;
const slow = { iterations: 2000, paceMs: 5 };

describe('the queue', () => {
  it('runs one at a time, in order, and lets one be moved and cancelled', async () => {
    const test = await coreForTest();
    const [first, second, third, fourth] = (await test.launch(slow, [1, 2, 3, 4])) as [string, string, string, string];
    expect(queueOf(test)).toMatchObject({ running: [first], queued: [second, third, fourth], mode: 'open' });
    await test.core.handlers['queue.move']({ id: fourth, position: 1 });
    await test.core.handlers['queue.cancel']({ ids: [second] });
    expect(queueOf(test).queued).toEqual([fourth, third]);
    expect(test.get(second)).toMatchObject({ state: 'stopped', queuePosition: null });
    expect(test.get(third).queuePosition).toBe(2);
    await test.when('run.changed', ({ run }) => run.id === third && run.queuePosition === 2);
    await test.when('run.changed', ({ run }) => run.id === fourth && run.queuePosition === 1);
    await test.core.handlers['runs.stop']({ id: first, how: 'now' });
    await test.whenState(fourth, 'running');
    expect(queueOf(test)).toMatchObject({ running: [fourth], queued: [third] });
  });

  it('runs several at a time when the settings say so', async () => {
    const test = await coreForTest();
    await test.launch(slow, [1, 2, 3]);
    await test.core.handlers['settings.set']({ key: 'compute.parallelRuns', value: '2' });
    expect(queueOf(test).running).toHaveLength(2);
  });

  it('pauses after the running run, and then starts only what is asked for by hand', async () => {
    const test = await coreForTest();
    const [first, second] = (await test.launch({ iterations: 20, paceMs: 5 }, [1, 2])) as [string, string];
    await test.core.handlers['queue.set-mode']({ mode: 'pausing' });
    expect(queueOf(test).mode).toBe('pausing');
    await test.whenState(first, 'completed');
    expect(queueOf(test)).toMatchObject({ mode: 'paused', running: [], queued: [second] });
    const { ids } = await test.core.handlers['runs.launch']({
      config: { outer: { iterations: 5 } },
      seeds: [9],
      start: 'now',
    });
    await test.whenState(ids[0]!, 'completed');
    expect(queueOf(test)).toMatchObject({ mode: 'paused', queued: [second] });
    await test.core.handlers['queue.set-mode']({ mode: 'open' });
    await test.whenState(second, 'completed');
  });

  it('is paused by three crashes, says so, and goes on when opened', async () => {
    const test = await coreForTest();
    const crashing = (await test.launch({ iterations: 9, at: 2, act: 'exit' }, [1, 2, 3])) as string[];
    const [patient] = (await test.launch({ iterations: 3 })) as [string];
    await test.when('queue.changed', ({ queue }) => queue.mode === 'crashed');
    for (const id of crashing) expect(test.get(id).state).toBe('failed');
    expect(test.get(patient).state).toBe('queued');
    await test.core.handlers['queue.set-mode']({ mode: 'open' });
    await test.whenState(patient, 'completed');
  });

  it('is not paused by runs that fail in an orderly way', async () => {
    const test = await coreForTest();
    await test.launch({ iterations: 9, at: 2, act: 'fail' }, [1, 2, 3]);
    const [last] = (await test.launch({ iterations: 3 })) as [string];
    await test.whenState(last, 'completed');
    expect(queueOf(test).mode).toBe('open');
  });

  it('waits for a person when the app is opened again, and goes on by itself after a crash', async () => {
    for (const [leftQueue, mode] of [
      ['hold', 'paused'],
      ['keep', 'open'],
    ] as const) {
      const layout = temporaryHome();
      const before = await coreForTest({ layout });
      const [, waiting] = (await before.launch(slow, [1, 2])) as [string, string];
      await before.close();
      const after = await coreForTest({ layout, leftQueue });
      expect(queueOf(after)).toMatchObject({ mode, queued: [waiting] });
    }
  });
});
