import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrainerJob } from '../../src/shared/contract/trainer.ts';
import { configOf, ofType, series, temporaryFolder } from './harness.ts';
import { runTrainer } from './trainer-process.ts';

const addon = join(import.meta.dirname, '../../node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node');
const title = existsSync(addon)
  ? 'the real trainer on TensorFlow'
  : 'the real trainer on TensorFlow (skipped: the addon is not built, run npm run setup)';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const config = configOf({
  device: 'cpu',
  model: { kind: 'mlp', hidden: [8, 8] },
  outer: { iterations: 60, metaBatch: 4 },
  evaluation: { every: 20, episodes: 4, testSteps: 1, finalEpisodes: 6 },
  checkpoints: { every: 20 },
});
const job = (path: string, resumeFrom: string | null = null): TrainerJob => ({
  kind: 'train',
  runId: 'r',
  config,
  dataset: null,
  folder: path,
  resumeFrom,
  computeMs: 0,
  bestSoFar: null,
});
const keys = ['train/loss', 'train/gradient-norm', 'validation/loss'];

describe.skipIf(!existsSync(addon))(title, () => {
  it('gives bit-identical series whole, paused and resumed, and killed and resumed', async () => {
    const whole = await runTrainer(job(folder.path));
    expect([whole.exitCode, whole.messages.at(-1)]).toEqual([0, { type: 'end', outcome: 'completed' }]);
    expect(series(whole.messages, 'train/loss')).toHaveLength(60);

    const paused = temporaryFolder();
    const first = await runTrainer(job(paused.path), (message, child) => {
      if (message.type === 'checkpoint' && message.iteration === 20) child.send({ type: 'pause' });
    });
    expect(first.messages.at(-1)).toEqual({ type: 'end', outcome: 'paused' });
    const rest = await runTrainer(job(paused.path, ofType(first.messages, 'checkpoint').at(-1)!.file));
    for (const key of keys) {
      const joined = [...series(first.messages, key), ...series(rest.messages, key)];
      expect(joined).toEqual(series(whole.messages, key));
    }
    paused.remove();

    const killed = temporaryFolder();
    const dead = await runTrainer(job(killed.path), (message, child) => {
      if (message.type === 'checkpoint' && message.iteration === 20) child.kill('SIGKILL');
    });
    expect(dead.signal).toBe('SIGKILL');
    const resumed = await runTrainer(job(killed.path, 'iteration-0000020.safetensors'));
    for (const key of keys) {
      const joined = new Map([...series(dead.messages, key), ...series(resumed.messages, key)]);
      expect([...joined].sort(([a], [b]) => a - b)).toEqual(series(whole.messages, key));
    }
    killed.remove();
  }, 120_000);

  it('writes a checkpoint as a graph model with all its weights', async () => {
    await runTrainer(job(folder.path));
    const exported = temporaryFolder();
    const checkpoint = join(folder.path, 'iteration-0000060.safetensors');
    const { messages } = await runTrainer({
      ...{ kind: 'graph-model', runId: 'r', runName: 'sines', config, classifier: null, layout: null },
      ...{ checkpoint, folder: exported.path },
    });
    expect(messages.at(-1)).toEqual({ type: 'end', outcome: 'exported' });
    const model = JSON.parse(readFileSync(join(exported.path, 'model.json'), 'utf8'));
    expect(model.userDefinedMetadata).toMatchObject({ name: 'sines', iteration: 60 });
    const [{ weights }] = model.weightsManifest;
    const numbers = (weights as { shape: number[] }[]).reduce(
      (sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1),
      0,
    );
    expect(numbers).toBe(1 * 8 + 8 + 8 * 8 + 8 + 8 + 1);
    expect(statSync(join(exported.path, 'weights.bin')).size).toBe(4 * numbers);
    exported.remove();
  }, 60_000);

  it('saves and ends by itself when its parent is gone', async () => {
    const long = {
      ...config,
      outer: { ...config.outer, iterations: 10_000_000 },
      evaluation: { ...config.evaluation, every: 0 },
    };
    const end = await runTrainer({ ...job(folder.path), config: long } as TrainerJob, (message, child) => {
      if (message.type === 'points' && child.connected) child.disconnect();
    });
    expect(end.exitCode).toBe(0);
    expect(readdirSync(folder.path).some((name) => name.endsWith('.safetensors'))).toBe(true);
  }, 60_000);

  it('ends a diverging run as failed, naming the iteration', async () => {
    const wild = { ...config, inner: { ...config.inner, rate: 100, steps: 5 }, outer: { ...config.outer, rate: 100 } };
    const end = await runTrainer({ ...job(folder.path), config: wild } as TrainerJob);
    expect(end.exitCode).toBe(1);
    expect(end.messages.at(-1)).toMatchObject({
      type: 'failed',
      failure: { code: 'not-finite', message: expect.stringMatching(/iteration \d+.*outer\.rate/) },
    });
  }, 60_000);
});
