import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCheckpointFolder } from '../../src/main/trainer/checkpoint-folder.ts';
import { createFakeLearner } from './fake-learner.ts';
import { configOf, temporaryFolder } from './harness.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const config = configOf({ checkpoints: { every: 100 } });
const learner = createFakeLearner(config);
const at = (iteration: number, best: number | null = null) => ({
  learner: { ...learner.state(), iteration },
  best: best === null ? null : { metric: 'loss' as const, value: 1, ci95: 0.1, iteration: best },
  validatedAt: iteration,
});
const iterations = () =>
  readdirSync(folder.path)
    .filter((name) => name.endsWith('.safetensors'))
    .map((name) => Number(/\d+/.exec(name)?.[0]))
    .sort((a, b) => a - b);

describe('a checkpoint folder', () => {
  it('keeps best, periodic and last, and what was superseded only until the next save', async () => {
    const checkpoints = await openCheckpointFolder(folder.path, config, []);
    expect((await checkpoints.save(at(10, 10), ['best'])).roles.toSorted()).toEqual(['best', 'last']);
    await checkpoints.save(at(20), []);
    await checkpoints.save(at(30), []);
    expect(iterations()).toEqual([10, 20, 30]); // 20 is superseded by 30
    await checkpoints.save(at(100), ['periodic']);
    expect(iterations()).toEqual([10, 30, 100]);
    await checkpoints.save(at(110, 110), ['best']);
    await checkpoints.removeSuperseded();
    expect(iterations()).toEqual([100, 110]);
  });

  it('writes one file for several roles at one iteration', async () => {
    const checkpoints = await openCheckpointFolder(folder.path, config, []);
    await checkpoints.save(at(100, 100), ['best', 'periodic']);
    const again = await checkpoints.save(at(100, 100), []);
    expect(again.roles.toSorted()).toEqual(['best', 'last', 'periodic']);
    expect(iterations()).toEqual([100]);
  });

  it('knows after a restart what the files of earlier stretches are for', async () => {
    const first = await openCheckpointFolder(folder.path, config, []);
    await first.save(at(50, 50), ['best']);
    await first.save(at(100, 50), ['periodic']);
    await first.save(at(120, 50), []);
    await first.save(at(130, 50), []); // written, but the core never heard of it
    const second = await openCheckpointFolder(folder.path, config, [50]);
    const resumed = await second.resume('iteration-0000120.safetensors');
    expect(resumed.learner.iteration).toBe(120);
    await second.save(at(140, 50), []);
    expect(iterations()).toEqual([50, 100, 120, 140]);
  });

  it('removes half-written files of a trainer that was killed, and leaves what it does not know', async () => {
    writeFileSync(join(folder.path, '.innerloop-tmp-0123456789ab'), 'half');
    writeFileSync(join(folder.path, 'notes.txt'), 'mine');
    mkdirSync(join(folder.path, 'plots'));
    const checkpoints = await openCheckpointFolder(folder.path, config, []);
    await checkpoints.save(at(1), []);
    await checkpoints.removeSuperseded();
    expect(readdirSync(folder.path).sort()).toEqual(['iteration-0000001.safetensors', 'notes.txt', 'plots']);
  });

  it('never reads outside the folder', async () => {
    const checkpoints = await openCheckpointFolder(folder.path, config, []);
    await checkpoints.save(at(7), []);
    const resumed = await checkpoints.resume(join(folder.path, 'iteration-0000007.safetensors'));
    expect(resumed.learner.iteration).toBe(7);
    await expect(checkpoints.resume('../iteration-0000008.safetensors')).rejects.toMatchObject({ code: 'not-found' });
  });
});
