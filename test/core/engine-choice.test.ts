import { describe, expect, it } from 'vitest';
import { coreForTest } from './runs/core-for-test.ts';

const config = {
  task: { kind: 'sinusoid', shot: 5, query: 5 },
  model: { kind: 'mlp', hidden: [8] },
  outer: { metaBatch: 4, iterations: 4 },
};
const choice = { xla: 'on', taskBatching: 'batched', stepsPerCall: 32 } as const;

describe('the fastest way of computing', () => {
  it('is measured for the config as it stands, in a trainer of its own', async () => {
    const { core } = await coreForTest();
    const way = { ...config, engine: { mode: 'compiled', xla: 'on' } };
    const measured = await core.handlers['engine.measure']({ config: way, seconds: 1 });
    expect(measured).toMatchObject({ msPerStep: 2, engine: { mode: 'compiled', xla: 'on' } });
  });

  it('is taken by runs of the same shapes once it is remembered, and stands in their config', async () => {
    const { core, get } = await coreForTest();
    const launch = async (given: Readonly<Record<string, unknown>>) => {
      const { ids } = await core.handlers['runs.launch']({ config: given, seeds: [1], start: 'queue' });
      return get(ids[0]!).config.engine;
    };
    await core.handlers['queue.set-mode']({ mode: 'paused' });
    expect(await launch(config)).toMatchObject({ xla: 'auto', taskBatching: 'auto', stepsPerCall: 0 });
    await core.handlers['engine.remember']({ config, choice });
    expect(await launch({ ...config, inner: { rate: 0.5 } })).toMatchObject(choice);
    expect(await launch({ ...config, engine: { xla: 'off' } })).toMatchObject({ xla: 'off' });
    expect(await launch({ ...config, inner: { steps: 7 } })).toMatchObject({ xla: 'auto' });
  });

  it('is told by the check of a config, which then looks for runs that computed so', async () => {
    const { core } = await coreForTest();
    await core.handlers['queue.set-mode']({ mode: 'paused' });
    await core.handlers['engine.remember']({ config, choice });
    const { ids } = await core.handlers['runs.launch']({ config: { ...config, seed: 3 }, seeds: [3], start: 'queue' });
    const checked = await core.handlers['config.check']({ config: { ...config, seed: 3 } });
    expect(checked.existing).toEqual(ids);
    const said = checked.advice.map(({ message }) => message);
    expect(said).toContainEqual(expect.stringMatching(/fastest here: XLA on, tasks batched, iterations per call: 32/));
  });
});
