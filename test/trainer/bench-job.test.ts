import { describe, expect, it } from 'vitest';
import { createInbox } from '../../src/main/trainer/inbox.ts';
import type { JobSetting } from '../../src/main/trainer/job.ts';
import { noiseImages } from '../../src/main/trainer/noise-images.ts';
import { runJob } from '../../src/main/trainer/run-job.ts';
import { type FromTrainer, fromTrainerSchema, type TrainerJob } from '../../src/shared/contract/trainer.ts';
import { createFakeLearner, type FakeLearnerHooks } from './fake-learner.ts';
import { configOf, ofType } from './harness.ts';

/** A clock by which each call of the learner takes `callMs`. */
function setUp(callMs: number, hooks: FakeLearnerHooks = {}) {
  const messages: FromTrainer[] = [];
  let now = 0;
  let disposed = 0;
  const inbox = createInbox();
  const setting: JobSetting = {
    inbox,
    report: (message) => messages.push(fromTrainerSchema.parse(message)),
    clock: () => now,
    loadDevice: async () => ({ device: 'cpu', tfjsVersion: '4.22.0', libtensorflowVersion: '2.21.0' }),
    createLearner: ({ config }) => {
      const beforeCall = (iteration: number): void => {
        now += callMs;
        hooks.beforeCall?.(iteration);
      };
      const learner = createFakeLearner(config, { ...hooks, beforeCall });
      const dispose = (): void => {
        disposed += 1;
      };
      return { ...learner, dispose };
    },
    writeGraph: () => {
      throw new Error('no graph in this test');
    },
    checkXla: () => 'yes',
  };
  return { setting, inbox, messages, disposed: () => disposed };
}

const config = configOf({ outer: { iterations: 1_000_000 }, evaluation: { every: 0 }, checkpoints: { every: 0 } });
const job: TrainerJob = { kind: 'bench', config, images: null, seconds: 2 };

describe('a bench job', () => {
  it('measures milliseconds of one meta-iteration, however many a call takes', async () => {
    const { setting, messages, disposed } = setUp(40, { stepsPerCall: 8 });
    expect(await runJob(job, setting)).toBe(0);
    const [{ measurement }] = ofType(messages, 'measured') as [Extract<FromTrainer, { type: 'measured' }>];
    expect(measurement).toMatchObject({ msPerStep: 5, fastestMs: 5, firstCallMs: 40, steps: 400 });
    expect(measurement.engine).toMatchObject({ stepsPerCall: 8, device: 'cpu', tensorflow: '2.21.0' });
    expect(measurement.peakMb).toBeGreaterThan(10);
    expect(messages.at(-1)).toEqual({ type: 'end', outcome: 'measured' });
    expect(disposed()).toBe(1);
  });

  it('times at least three calls, and tells how far it is', async () => {
    const { setting, messages } = setUp(1500);
    await runJob(job, setting);
    expect(ofType(messages, 'measured')[0]?.measurement.steps).toBe(3);
    expect(ofType(messages, 'progress').map(({ done, total }) => [done, total])).toEqual([
      [1500, 2000],
      [2000, 2000],
      [2000, 2000],
    ]);
  });

  it('ends without a result when it is told to', async () => {
    const { setting, inbox, messages, disposed } = setUp(300, {
      beforeCall: (iteration) => {
        if (iteration === 3) inbox.parentGone();
      },
    });
    expect(await runJob(job, setting)).toBe(0);
    expect(ofType(messages, 'measured')).toEqual([]);
    expect(messages.at(-1)).toEqual({ type: 'end', outcome: 'stopped' });
    expect(disposed()).toBe(1);
  });
});

describe('images of noise', () => {
  it('are enough for 5-way episodes with 15 queries, and the same each time', () => {
    const source = noiseImages({ size: 6, channels: 3 });
    expect(source.classes.length).toBeGreaterThanOrEqual(5);
    for (const { examples } of source.classes) expect(examples).toBeGreaterThanOrEqual(16);
    const last = source.classes.at(-1)!;
    expect(source.pixels).toHaveLength((last.firstExample + last.examples) * 6 * 6 * 3);
    expect(source.pixels).toEqual(noiseImages({ size: 6, channels: 3 }).pixels);
  });
});
