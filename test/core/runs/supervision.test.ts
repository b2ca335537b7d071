import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../../src/main/core/runs/recovery.ts';
import { readSeries } from '../../../src/main/core/store/metrics.ts';
import { verifySeal } from '../../../src/main/core/store/seals.ts';
import { recordedTrainers } from '../../../src/main/core/store/trainers.ts';
import { coreForTest, type TestCore } from './core-for-test.ts';

const stepsOf = ({ context }: TestCore, id: string): number[] => [...readSeries(context.db, id, 'train/loss').steps];
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const aliveTrainers = ({ context }: TestCore): number => recordedTrainers(context.db).length;

describe('a run that goes well', () => {
  it('is queued, started, running and completed, with all its points, evaluations and checkpoints', async () => {
    const test = await coreForTest();
    const [id] = (await test.launch({ iterations: 45 })) as [string];
    const run = await test.whenState(id, 'completed');
    expect(stepsOf(test, id)).toEqual(upTo(45));
    expect(run).toMatchObject({ iteration: 45, phase: null, etaMs: null, failure: null, queuePosition: null });
    expect(run.final?.mean).toBe(0.01);
    expect(run.untrained?.mean).toBe(3);
    expect(run.best).toMatchObject({ metric: 'loss', value: 1 / 40, iteration: 40 });
    expect(run.sparkline.length).toBeGreaterThan(20);
    expect(run.endedAt).toBeGreaterThanOrEqual(run.startedAt!);
    expect(verifySeal(test.context.db, id)).toBe('intact');
    expect(aliveTrainers(test)).toBe(0);
    const states = test.events.flatMap((event) =>
      event.name === 'run.changed' && event.body.run.id === id ? [event.body.run.state] : [],
    );
    expect(states.filter((state, index) => state !== states[index - 1])).toEqual([
      'queued',
      'starting',
      'running',
      'completed',
    ]);
  });

  it('announces every point once, after it is stored, at most four times a second', async () => {
    const test = await coreForTest();
    const [id] = (await test.launch({ iterations: 60, paceMs: 10 })) as [string];
    await test.whenState(id, 'completed');
    const announced = test.events.flatMap((event) =>
      event.name === 'run.points' ? (event.body.points['train/loss'] ?? []).map(([step]) => step) : [],
    );
    expect(announced).toEqual(upTo(60));
  });
});

describe('a trainer that dies', () => {
  it.each([
    ['kill-self', 'trainer-died', /killed from outside \(SIGKILL\)/],
    ['segv', 'trainer-died', /SIGSEGV/],
    ['exit', 'trainer-died', /exit code 7/],
    ['heap', 'out-of-memory', /Memory ran out/],
    ['garbage', 'internal', /not in the contract/],
    ['fail', 'not-finite', /Loss became NaN/],
  ] as const)(
    'by %s fails its run with code %s, keeps every point and lets the next run go',
    async (act, code, words) => {
      const test = await coreForTest();
      const [id] = (await test.launch({ iterations: 30, at: 15, act })) as [string];
      const [next] = (await test.launch({ iterations: 5 })) as [string];
      const run = await test.whenState(id, 'failed');
      expect(run.failure).toMatchObject({ code, message: expect.stringMatching(words) });
      expect(stepsOf(test, id)).toEqual(upTo(15));
      expect(run.resumable).toBe('yes');
      const log = await test.core.handlers['runs.log']({ id, after: 0, limit: 100 });
      expect(log.entries.at(-1)).toMatchObject({ level: 'error', message: run.failure?.message });
      await test.whenState(next, 'completed');
      expect(aliveTrainers(test)).toBe(0);
    },
  );

  it('keeps its last words for the detail', async () => {
    const test = await coreForTest();
    const [id] = (await test.launch({ at: 3, act: 'exit' })) as [string];
    const run = await test.whenState(id, 'failed');
    expect(run.failure?.detail).toContain('a last line on the error stream');
  });

  it('is resumed from its last checkpoint, with no step twice and none missing', async () => {
    const test = await coreForTest();
    const [id] = (await test.launch({ iterations: 40, at: 25, act: 'kill-self' })) as [string];
    await test.whenState(id, 'failed');
    await test.core.handlers['runs.resume']({ id });
    const run = await test.whenState(id, 'completed');
    expect(stepsOf(test, id)).toEqual(upTo(40));
    expect(run.failure).toBeNull();
    const log = await test.core.handlers['runs.log']({ id, after: 0, limit: 100 });
    expect(log.entries.map(({ message }) => message)).toContain('Starts at 20 from iteration-0000020.safetensors.');
    const evaluations = await test.core.handlers['runs.evaluations']({ id });
    expect(evaluations.filter(({ kind }) => kind === 'validation').map(({ iteration }) => iteration)).toEqual([20, 40]);
    expect(verifySeal(test.context.db, id)).toBe('intact');
  });
});

describe('a trainer that never starts', () => {
  it('because there is no such program, fails the run and says so', async () => {
    const test = await coreForTest({ node: '/nowhere/node' });
    const [id] = (await test.launch({})) as [string];
    const run = await test.whenState(id, 'failed');
    expect(run.failure).toMatchObject({ code: 'trainer-died', message: expect.stringMatching(/could not be started/) });
  });

  it('because its program is broken, fails the run and shows why', async () => {
    const test = await coreForTest({ trainer: '/nowhere/trainer.ts' });
    const [id] = (await test.launch({})) as [string];
    const run = await test.whenState(id, 'failed');
    expect(run.failure?.detail).toMatch(/Cannot find module/);
  });

  it('because it says nothing, is ended', async () => {
    process.env.FAKE_TRAINER_READY_MS = '-1';
    try {
      const test = await coreForTest({ patience: { startMs: 300 } });
      const [id] = (await test.launch({})) as [string];
      const run = await test.whenState(id, 'failed');
      expect(run.failure?.message).toMatch(/did not report within/);
    } finally {
      delete process.env.FAKE_TRAINER_READY_MS;
    }
  });
});

describe('pausing, stopping and saving', () => {
  it('pauses with a checkpoint and goes on where it was', async () => {
    const test = await coreForTest();
    const [id] = (await test.launch({ iterations: 200, paceMs: 5 })) as [string];
    await test.when('run.points', (body) => body.id === id);
    await test.core.handlers['runs.pause']({ id });
    const paused = await test.whenState(id, 'paused');
    expect(paused).toMatchObject({ resumable: 'yes', endedAt: null });
    const before = stepsOf(test, id).length;
    expect(before).toBeLessThan(200);
    await test.core.handlers['runs.resume']({ id });
    await test.whenState(id, 'completed');
    expect(stepsOf(test, id)).toEqual(upTo(200));
  });

  it('ends by force a trainer that is told to stop now and does not listen; its log says that it was silent', async () => {
    const test = await coreForTest({ patience: { stopNowMs: 200, silenceMs: 300 } });
    const [id] = (await test.launch({ iterations: 30, at: 12, act: 'hang', ignoreSigterm: 'yes' })) as [string];
    await test.when('run.changed', ({ run }) => run.iteration === 12);
    await test.when('run.log', ({ entries }) => entries.some(({ message }) => /has said nothing/.test(message)));
    expect(test.get(id).state).toBe('running');
    await test.core.handlers['runs.stop']({ id, how: 'now' });
    const run = await test.whenState(id, 'stopped');
    expect(run).toMatchObject({ failure: null, resumable: 'yes' });
    expect(stepsOf(test, id)).toEqual(upTo(12));
  });

  it('stops at once', async () => {
    const test = await coreForTest();
    const [id] = (await test.launch({ iterations: 500, paceMs: 5 })) as [string];
    await test.when('run.points', (body) => body.id === id);
    await test.core.handlers['runs.stop']({ id, how: 'now' });
    const run = await test.whenState(id, 'stopped');
    expect(run.failure).toBeNull();
    expect(stepsOf(test, id)).toEqual(upTo(run.iteration));
  });

  it('stops a paused run without starting it, and seals it', async () => {
    const test = await coreForTest();
    const [id] = (await test.launch({ iterations: 500, paceMs: 5 })) as [string];
    await test.when('run.points', (body) => body.id === id);
    await test.core.handlers['runs.pause']({ id });
    await test.whenState(id, 'paused');
    await test.core.handlers['runs.stop']({ id, how: 'finish' });
    expect(test.get(id).state).toBe('stopped');
    expect(verifySeal(test.context.db, id)).toBe('intact');
  });

  it('pauses a run whose trainer has not even reported yet', async () => {
    const test = await coreForTest();
    const [id] = (await test.launch({ iterations: 500, paceMs: 5 })) as [string];
    await test.core.handlers['runs.pause']({ id });
    const run = await test.whenState(id, 'paused');
    expect(run.iteration).toBeLessThan(10);
    await test.core.handlers['runs.resume']({ id });
    await test.core.handlers['runs.stop']({ id, how: 'now' });
    await test.whenState(id, 'stopped');
  });

  it('saves when asked', async () => {
    const test = await coreForTest();
    const [id] = (await test.launch({ iterations: 500, paceMs: 5 })) as [string];
    await test.when('run.points', (body) => body.id === id);
    await test.core.handlers['runs.checkpoint']({ id });
    await test.when('run.changed', ({ run }) => run.id === id && run.iteration > 60);
    const checkpoints = await test.core.handlers['runs.checkpoints']({ id });
    expect(checkpoints.length).toBeGreaterThan(0);
    const files = readdirSync(join(test.context.layout.runs, id)).map((name) => Number(name.slice(10, 17)));
    expect(files).toContain(checkpoints.at(-1)?.iteration);
  });

  it('is refused in plain words where it makes no sense', async () => {
    const test = await coreForTest();
    const [id] = (await test.launch({ iterations: 3 })) as [string];
    await test.whenState(id, 'completed');
    expect(() => test.core.handlers['runs.pause']({ id })).toThrow(/is completed, so it cannot be paused/);
    expect(() => test.core.handlers['runs.resume']({ id })).toThrow(/is completed, so it cannot be resumed/);
    expect(() => test.core.handlers['runs.checkpoint']({ id })).toThrow(/only a running run/);
    expect(() => test.core.handlers['runs.stop']({ id: 'nobody', how: 'now' })).toThrow(/no run nobody/);
  });
});

describe('the end of the core', () => {
  it('pauses what runs with a checkpoint, and starts nothing more', async () => {
    const test = await coreForTest();
    const [first] = (await test.launch({ iterations: 1000, paceMs: 5 })) as [string];
    const [second] = (await test.launch({})) as [string];
    await test.when('run.points', (body) => body.id === first);
    await test.core.end(5000);
    expect(test.get(first)).toMatchObject({ state: 'paused', resumable: 'yes' });
    expect(test.get(second).state).toBe('queued');
    expect(aliveTrainers(test)).toBe(0);
    expect(stepsOf(test, first)).toEqual(upTo(test.get(first).iteration));
  });

  it('ends a trainer that does not save in time, and calls its run interrupted', async () => {
    const test = await coreForTest();
    const behaviour = { iterations: 1000, paceMs: 5, ignorePause: 'yes', ignoreSigterm: 'yes' } as const;
    const [id] = (await test.launch(behaviour)) as [string];
    await test.when('run.points', (body) => body.id === id);
    const { pid } = recordedTrainers(test.context.db)[0]!;
    expect(commandLine(pid)).toContain('--trainer');
    await test.core.end(50);
    expect(test.get(id)).toMatchObject({ state: 'interrupted' });
    expect(commandLine(pid)).toBeNull();
    expect(stepsOf(test, id)).toEqual(upTo(stepsOf(test, id).length));
  });
});
