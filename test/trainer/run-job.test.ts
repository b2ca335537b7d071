import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInbox } from '../../src/main/trainer/inbox.ts';
import type { JobSetting } from '../../src/main/trainer/job.ts';
import { runJob } from '../../src/main/trainer/run-job.ts';
import { type FromTrainer, fromTrainerSchema, type TrainerJob } from '../../src/shared/contract/trainer.ts';
import { createFakeLearner } from './fake-learner.ts';
import { configOf, ofType, temporaryFolder } from './harness.ts';

let folder: ReturnType<typeof temporaryFolder>;
let messages: FromTrainer[];
beforeEach(() => {
  folder = temporaryFolder();
  messages = [];
});
afterEach(() => folder.remove());

function setting(change: Partial<JobSetting> = {}): JobSetting {
  return {
    inbox: createInbox(),
    report: (message) => messages.push(fromTrainerSchema.parse(message)),
    clock: () => performance.now(),
    loadDevice: async () => ({ device: 'cpu', tfjsVersion: '4.22.0', libtensorflowVersion: '2.21.0' }),
    createLearner: ({ config }) => createFakeLearner(config),
    writeGraph: () => {
      throw new Error('no graph in this test');
    },
    checkXla: () => 'yes',
    ...change,
  };
}
const trainJob = (change: Record<string, unknown> = {}): TrainerJob => ({
  kind: 'train',
  runId: 'r',
  config: configOf(change),
  dataset: null,
  folder: folder.path,
  resumeFrom: null,
  computeMs: 0,
  bestSoFar: null,
});

describe('a job', () => {
  it('of training ends with its outcome and 0', async () => {
    expect(await runJob(trainJob(), setting())).toBe(0);
    expect(messages.at(-1)).toEqual({ type: 'end', outcome: 'completed' });
    const [{ engine }] = ofType(messages, 'engine') as [Extract<FromTrainer, { type: 'engine' }>];
    expect(engine).toMatchObject({ device: 'cpu', xla: 'off', tensorflow: '2.21.0', mode: 'eager' });
    expect(engine.deviceName).not.toBe('');
  });

  it('that asks for a GPU where there is none fails, and says what to do', async () => {
    expect(await runJob(trainJob({ device: 'gpu' }), setting())).toBe(1);
    expect(messages.at(-1)).toMatchObject({ type: 'failed', failure: { code: 'device-unavailable' } });
    expect(messages.some(({ type }) => type === 'end')).toBe(false);
  });

  it('whose TensorFlow cannot be loaded fails with the reason', async () => {
    const broken = setting({ loadDevice: () => Promise.reject(new Error('libtensorflow_cc.so.2: no such file')) });
    expect(await runJob({ kind: 'probe' }, broken)).toBe(1);
    expect(messages.at(-1)).toMatchObject({
      type: 'failed',
      failure: { message: expect.stringContaining('libtensorflow_cc') },
    });
  });

  it('on images without a dataset fails by name', async () => {
    expect(await runJob(trainJob({ task: { kind: 'image-classes', dataset: 'mine' } }), setting())).toBe(1);
    expect(messages.at(-1)).toMatchObject({
      failure: { code: 'not-found', message: expect.stringContaining('"mine"') },
    });
  });

  it('whose config does not fit its tasks fails with that sentence, not as a bug', async () => {
    const createLearner: JobSetting['createLearner'] = () => {
      throw new Error('The train split has 3 classes, but 5-way episodes need at least 5.');
    };
    expect(await runJob(trainJob(), setting({ createLearner }))).toBe(1);
    expect(messages.at(-1)).toMatchObject({
      failure: { code: 'invalid-config', message: expect.stringMatching(/3 classes/) },
    });
  });

  it('gives its learner back, also when it fails', async () => {
    let disposed = 0;
    const createLearner: JobSetting['createLearner'] = ({ config }) => ({
      ...createFakeLearner(config),
      trainCall: () => {
        throw new Error('boom');
      },
      dispose: () => {
        disposed += 1;
      },
    });
    expect(await runJob(trainJob(), setting({ createLearner }))).toBe(1);
    expect(disposed).toBe(1);
  });
});

describe('a requested evaluation', () => {
  const evaluate = (checkpoint: string | null): TrainerJob => ({
    kind: 'evaluate',
    runId: 'r',
    config: configOf({ evaluation: { finalEpisodes: 3, testSteps: 4, episodeSeed: 9 } }),
    dataset: null,
    checkpoint,
    split: 'test',
  });

  it('measures the named checkpoint with the asked protocol', async () => {
    await runJob(trainJob(), setting());
    const { file, iteration } = ofType(messages, 'checkpoint').at(-1)!;
    messages = [];
    expect(await runJob(evaluate(join(folder.path, file)), setting())).toBe(0);
    const [{ evaluation }] = ofType(messages, 'evaluation') as [Extract<FromTrainer, { type: 'evaluation' }>];
    expect(evaluation).toMatchObject({ kind: 'requested', iteration });
    expect(evaluation.protocol).toMatchObject({ episodes: 3, innerSteps: 4, episodeSeed: 9 });
    expect(evaluation.perStep).toHaveLength(5);
    expect(messages.at(-1)).toEqual({ type: 'end', outcome: 'evaluated' });
  });

  it('is refused in plain words when the checkpoint has other sizes', async () => {
    await runJob(trainJob(), setting());
    const { file } = ofType(messages, 'checkpoint').at(-1)!;
    const createLearner: JobSetting['createLearner'] = ({ config }) => ({
      ...createFakeLearner(config),
      initialParameters: () => [{ name: 'w', shape: [3], values: new Float32Array(3) }],
    });
    expect(await runJob(evaluate(join(folder.path, file)), setting({ createLearner }))).toBe(1);
    expect(messages.at(-1)).toMatchObject({
      failure: { code: 'invalid-request', message: expect.stringContaining('its w is [4], [3] would be needed') },
    });
  });

  it('measures the untrained network when no checkpoint is named', async () => {
    expect(await runJob(evaluate(null), setting())).toBe(0);
    expect(ofType(messages, 'evaluation')[0]?.evaluation).toMatchObject({ kind: 'untrained', iteration: 0 });
  });

  it('can be stopped', async () => {
    const inbox = createInbox();
    inbox.receive({ type: 'stop', how: 'now' });
    expect(await runJob(evaluate(null), setting({ inbox }))).toBe(0);
    expect(messages.at(-1)).toEqual({ type: 'end', outcome: 'stopped' });
    expect(ofType(messages, 'evaluation')).toEqual([]);
  });
});

describe('a probe', () => {
  it('reports versions and devices', async () => {
    expect(await runJob({ kind: 'probe' }, setting())).toBe(0);
    const [{ probe }] = ofType(messages, 'probe') as [Extract<FromTrainer, { type: 'probe' }>];
    expect(probe).toMatchObject({ tensorflow: '2.21.0', device: 'cpu', xla: 'yes', node: process.versions.node });
    expect(messages.at(-1)).toEqual({ type: 'end', outcome: 'probed' });
  });
});
