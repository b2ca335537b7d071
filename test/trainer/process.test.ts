import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type FromTrainer, fromTrainerSchema } from '../../src/shared/contract/trainer.ts';
import { configOf } from './harness.ts';

/** The real process, as the core starts it; no job here needs TensorFlow. */
const entry = join(import.meta.dirname, '../../src/main/trainer/index.ts');
let trainer: ChildProcess | undefined;

function start(): { readonly child: ChildProcess; readonly next: () => Promise<FromTrainer> } {
  const child = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  trainer = child;
  const waiting: FromTrainer[] = [];
  let wake = (): void => undefined;
  child.on('message', (raw) => {
    waiting.push(fromTrainerSchema.parse(raw));
    wake();
  });
  const next = async (): Promise<FromTrainer> => {
    while (waiting.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return waiting.shift()!;
  };
  return { child, next };
}

afterEach(() => {
  if (trainer?.exitCode === null) trainer.kill('SIGKILL');
});

describe('the trainer process', () => {
  it('says ready and ends by itself when its parent goes', async () => {
    const { child, next } = start();
    expect(await next()).toEqual({ type: 'ready' });
    child.disconnect();
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });

  it('refuses a first message that does not fit the contract, and exits with 1', async () => {
    const { child, next } = start();
    await next();
    child.send({ type: 'start', job: { kind: 'train', config: { seed: -1 } } });
    const answer = await next();
    expect(answer).toMatchObject({ type: 'failed', failure: { message: expect.stringContaining('contract') } });
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
  });

  it('ends a job that cannot begin with a failure, and exits with 1', async () => {
    const { child, next } = start();
    await next();
    const checkpoint = join(import.meta.dirname, 'no-such.safetensors');
    const job = { kind: 'evaluate', runId: 'r', config: configOf(), dataset: null, checkpoint, split: 'test' };
    child.send({ type: 'start', job });
    expect(await next()).toEqual({ type: 'phase', phase: 'loading' });
    expect(await next()).toMatchObject({ type: 'failed', failure: { code: 'not-found' } });
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
  });

  it('does not die of a Ctrl+C that was meant for the program that started it', async () => {
    const { child, next } = start();
    await next();
    child.kill('SIGINT');
    child.send({ type: 'nonsense' });
    expect((await next()).type).toBe('failed'); // it lived to read the message
    await once(child, 'exit');
  });

  it('cannot be started by hand', async () => {
    const child = spawn(process.execPath, [entry], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (part) => {
      said += part;
    });
    const [code] = await once(child, 'close');
    expect([code, said]).toEqual([2, 'The trainer is started by the core of Innerloop, not by hand.\n']);
  });
});
