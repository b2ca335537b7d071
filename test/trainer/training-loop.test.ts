import { readdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NonFiniteLossError } from '../../src/main/learning/meta-learner.ts';
import { createInbox } from '../../src/main/trainer/inbox.ts';
import { configOf, ofType, series, temporaryFolder, train } from './harness.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

describe('a whole run', () => {
  it('reports every iteration once, in order', async () => {
    const { outcome, messages } = await train({ folder: folder.path });
    expect(outcome).toBe('completed');
    expect(series(messages, 'train/loss').map(([step]) => step)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(series(messages, 'train/gradient-norm')).toHaveLength(40);
    expect(series(messages, 'train/accuracy')).toEqual([]);
  });

  it('validates before training, every 10 iterations and at the end', async () => {
    const { messages } = await train({ folder: folder.path });
    expect(series(messages, 'validation/loss').map(([step]) => step)).toEqual([0, 10, 20, 30, 40]);
    const validations = ofType(messages, 'evaluation').filter(({ evaluation }) => evaluation.kind === 'validation');
    expect(validations.map(({ evaluation }) => evaluation.iteration)).toEqual([0, 10, 20, 30, 40]);
    expect(validations[0]?.evaluation.perStep.map(({ step }) => step)).toEqual([0, 1, 2]);
  });

  it('never validates when that is switched off, and then evaluates the last iteration', async () => {
    const config = configOf({ evaluation: { every: 0, finalEpisodes: 8 } });
    const { messages } = await train({ folder: folder.path, config });
    expect(series(messages, 'validation/loss')).toEqual([]);
    const [final] = ofType(messages, 'evaluation');
    expect(final?.evaluation).toMatchObject({ kind: 'final', iteration: 40 });
    const lines = ofType(messages, 'log').map(({ message }) => message);
    expect(lines).toContain('final evaluation takes iteration 40: the last iteration; the run was not validated');
  });

  it('evaluates the best checkpoint and the untrained network on the same episodes, with their protocol', async () => {
    const { messages } = await train({ folder: folder.path });
    const best = series(messages, 'validation/loss').reduce((a, b) => (b[1] < a[1] ? b : a));
    const [trained, untrained] = ofType(messages, 'evaluation').slice(-2);
    expect(trained?.evaluation).toMatchObject({ kind: 'final', iteration: best[0], metric: 'loss' });
    expect(untrained?.evaluation).toMatchObject({ kind: 'untrained', iteration: 0 });
    expect(trained!.evaluation.mean).toBeLessThan(untrained!.evaluation.mean);
    const protocol = { split: 'generated', way: null, shot: 10, query: 10, episodes: 8, episodeSeed: 1 };
    const rest = { innerSteps: 2, innerRate: 0.01, batchNorm: 'none', lossReduction: 'mean', dataset: null };
    expect(trained?.evaluation.protocol).toEqual({
      task: 'sinusoid',
      family: 'finn-2017',
      order: 'second',
      ...protocol,
      ...rest,
    });
    expect(untrained?.evaluation.protocol).toEqual({
      task: 'sinusoid',
      family: 'finn-2017',
      order: 'none',
      ...protocol,
      ...rest,
    });
  });

  it('says with each evaluation of a classifier what it said of each example, and the key numbers', async () => {
    const predictions = (split: string) => ({
      labels: ['ham', 'spam'],
      labelMode: 'single' as const,
      examples: Int32Array.of(4, 7, 9),
      truth: Uint8Array.of(1, 0, 0, 1, 0, 1),
      probabilities: Float32Array.of(0.75, 0.25, 0.25, 0.75, ...(split === 'test' ? [0.75, 0.25] : [0.25, 0.75])),
    });
    const config = configOf({
      task: { kind: 'text-classes' },
      algorithm: { kind: 'fine-tune' },
      evaluation: { every: 40, episodes: 5, finalSplit: 'test' },
    });
    const { messages } = await train({ folder: folder.path, config, predictions });
    const told = ofType(messages, 'evaluation');
    expect(told.map(({ evaluation }) => evaluation.kind)).toEqual(['validation', 'validation', 'final', 'untrained']);
    expect(told.map((each) => each.predictions)).toEqual(
      ['validation', 'validation', 'test', 'test'].map((split) => predictions(split)),
    );
    expect(told.map(({ evaluation }) => evaluation.classification?.mcc)).toEqual([1, 1, 0.5, 0.5]);
    expect(series(messages, 'validation/mcc')).toEqual([
      [0, 1],
      [40, 1],
    ]);
    expect(series(messages, 'validation/macro-f1').map(([, value]) => value)).toEqual([1, 1]);
  });

  it.each([
    ['text-classes', 'fine-tune'],
    ['table-classes', 'fine-tune-network'],
  ])(
    'ends, complete, when fine-tuning on %s got no better for as many epochs as it has patience',
    async (task, kind) => {
      const tuned = (patience: number) =>
        configOf({
          task: { kind: task },
          algorithm: { kind, patience },
          evaluation: { every: 1, episodes: 5, finalSplit: 'none' },
        });
      const patient = await train({ folder: folder.path, config: tuned(2) });
      const validations = series(patient.messages, 'validation/loss');
      const best = validations.reduce((a, b) => (b[1] < a[1] ? b : a));
      expect(patient.outcome).toBe('completed');
      expect(validations.at(-1)![0]).toBe(best[0] + 2);
      expect(best[0] + 2).toBeLessThan(40);
      const endless = await train({ folder: folder.path, config: tuned(0) });
      expect(series(endless.messages, 'validation/loss').at(-1)![0]).toBe(40);
    },
  );

  it('leaves out the final evaluation when none is wanted', async () => {
    const config = configOf({ evaluation: { every: 0, finalSplit: 'none' } });
    const { outcome, messages } = await train({ folder: folder.path, config });
    expect(outcome).toBe('completed');
    expect(ofType(messages, 'evaluation')).toEqual([]);
  });

  it('gives the same series for the same seed and another for another', async () => {
    const first = await train({ folder: folder.path });
    const again = await train({ folder: folder.path });
    const other = await train({ folder: folder.path, config: configOf({ seed: 2 }) });
    expect(series(again.messages, 'train/loss')).toEqual(series(first.messages, 'train/loss'));
    expect(series(other.messages, 'train/loss')).not.toEqual(series(first.messages, 'train/loss'));
  });

  it('says what it does, phase after phase', async () => {
    const { messages } = await train({ folder: folder.path, config: configOf({ outer: { iterations: 1 } }) });
    expect(ofType(messages, 'phase').map(({ phase }) => phase)).toEqual([
      'recording',
      'training',
      'validating',
      'training',
      'saving',
      'evaluating',
    ]);
  });

  it('sends points at most four times a second, apart from those that a checkpoint needs before it', async () => {
    const config = configOf({
      outer: { iterations: 400 },
      evaluation: { every: 0, finalSplit: 'none' },
      checkpoints: { every: 0 },
    });
    const { messages } = await train({ folder: folder.path, config, tickMs: 1 });
    const points = ofType(messages, 'points');
    const lastTime = points.at(-1)!.computeMs;
    expect(points.length).toBeLessThanOrEqual(Math.floor(lastTime / 250) + 3); // the first, the last checkpoint, the end
    expect(series(messages, 'train/loss')).toHaveLength(400);
    expect(points.at(-1)?.iteration).toBe(400);
  });
});

describe('checkpoints of a run', () => {
  it('are best, periodic and last, each file reported with its roles before an older one goes', async () => {
    const seen: string[][] = [];
    const { messages } = await train({
      folder: folder.path,
      onReport: (message) => {
        if (message.type === 'checkpoint') seen.push(readdirSync(folder.path).sort());
      },
    });
    const checkpoints = ofType(messages, 'checkpoint');
    for (const [i, { file }] of checkpoints.entries()) expect(seen[i]).toContain(file);
    expect(checkpoints[0]).toMatchObject({
      iteration: 0,
      file: 'iteration-0000000.safetensors',
      roles: ['best', 'last'],
    });
    expect(checkpoints.find(({ iteration }) => iteration === 20)?.roles).toContain('periodic');
    expect(seen[1]).toContain('iteration-0000000.safetensors'); // superseded, and still there for a crash just now
    const best = checkpoints.filter(({ roles }) => roles.includes('best')).at(-1)!;
    const left = new Set(['iteration-0000020.safetensors', 'iteration-0000040.safetensors', best.file]);
    expect(readdirSync(folder.path).sort()).toEqual([...left].sort());
  });

  it('come after the points up to their iteration', async () => {
    const { messages } = await train({ folder: folder.path });
    let reported = 0;
    for (const message of messages) {
      if (message.type === 'points') reported = Math.max(reported, message.points['train/loss']?.at(-1)?.[0] ?? 0);
      if (message.type === 'checkpoint') expect(reported).toBe(message.iteration);
    }
  });

  it('are written when one is asked for', async () => {
    const inbox = createInbox();
    const config = configOf({ evaluation: { every: 0, finalSplit: 'none' }, checkpoints: { every: 0 } });
    const { messages } = await train({
      folder: folder.path,
      inbox,
      config,
      beforeCall: (iteration) => iteration === 6 && inbox.receive({ type: 'checkpoint' }),
    });
    expect(ofType(messages, 'checkpoint').map(({ iteration }) => iteration)).toEqual([7, 40]);
  });

  it('renew the last one once a minute, so that a crash costs little', async () => {
    const config = configOf({ evaluation: { every: 0, finalSplit: 'none' }, checkpoints: { every: 0 } });
    const { messages } = await train({ folder: folder.path, config, tickMs: 1000 });
    expect(ofType(messages, 'checkpoint').length).toBeGreaterThan(2);
  });
});

describe('wishes of the parent', () => {
  it.each([1, 4])(
    'pause and resume give the series of an undisturbed run, with %i steps a call',
    async (stepsPerCall) => {
      const whole = await train({ folder: folder.path, stepsPerCall });
      const other = temporaryFolder();
      const inbox = createInbox();
      const first = await train({
        folder: other.path,
        inbox,
        stepsPerCall,
        beforeCall: (iteration) => iteration >= 13 && inbox.receive({ type: 'pause' }),
      });
      expect(first.outcome).toBe('paused');
      const last = ofType(first.messages, 'checkpoint').at(-1)!;
      expect(last.roles).toContain('last');
      const rest = await train({ folder: other.path, stepsPerCall, resumeFrom: last.file });
      expect(rest.outcome).toBe('completed');
      for (const key of ['train/loss', 'train/gradient-norm', 'validation/loss']) {
        const joined = [...series(first.messages, key), ...series(rest.messages, key)];
        expect(joined).toEqual(series(whole.messages, key));
      }
      const finals = (messages: typeof rest.messages) =>
        ofType(messages, 'evaluation')
          .filter(({ evaluation }) => evaluation.kind === 'final')
          .map(({ evaluation: { durationMs: _, ...facts } }) => facts);
      expect(finals(rest.messages)).toEqual(finals(whole.messages));
      other.remove();
    },
  );

  it('a killed run goes on from its last reported checkpoint to the same numbers', async () => {
    const whole = await train({ folder: folder.path });
    const other = temporaryFolder();
    const died: Parameters<NonNullable<Parameters<typeof train>[0]['onReport']>>[0][] = [];
    const killed = train({
      folder: other.path,
      onReport: (message) => died.push(structuredClone(message)),
      beforeCall: (iteration) => {
        if (iteration === 27) throw new Error('killed');
      },
    });
    await expect(killed).rejects.toThrow('killed');
    const from = ofType(died, 'checkpoint').at(-1)!;
    const rest = await train({ folder: other.path, resumeFrom: from.file });
    const joined = new Map([...series(died, 'train/loss'), ...series(rest.messages, 'train/loss')]);
    expect([...joined].sort(([a], [b]) => a - b)).toEqual(series(whole.messages, 'train/loss'));
    other.remove();
  });

  it('a pause during a validation measures it again after the resume, whole', async () => {
    const whole = await train({ folder: folder.path });
    const other = temporaryFolder();
    const inbox = createInbox();
    let iterations = 0;
    const first = await train({
      folder: other.path,
      inbox,
      beforeCall: (iteration) => {
        iterations = iteration + 1;
      },
      beforeEpisode: (episode) => iterations === 20 && episode === 2 && inbox.receive({ type: 'pause' }),
    });
    expect(first.outcome).toBe('paused');
    expect(series(first.messages, 'validation/loss').map(([step]) => step)).toEqual([0, 10]);
    const rest = await train({ folder: other.path, resumeFrom: ofType(first.messages, 'checkpoint').at(-1)!.file });
    const joined = [...series(first.messages, 'validation/loss'), ...series(rest.messages, 'validation/loss')];
    expect(joined).toEqual(series(whole.messages, 'validation/loss'));
    other.remove();
  });

  it('a pause during the final evaluation leaves only that to do', async () => {
    const inbox = createInbox();
    const first = await train({
      folder: folder.path,
      inbox,
      beforeEpisode: (_, split) => split === 'test' && inbox.receive({ type: 'pause' }),
    });
    expect(first.outcome).toBe('paused');
    const rest = await train({ folder: folder.path, resumeFrom: ofType(first.messages, 'checkpoint').at(-1)!.file });
    expect(rest.outcome).toBe('completed');
    expect(series(rest.messages, 'train/loss')).toEqual([]);
    expect(ofType(rest.messages, 'evaluation').map(({ evaluation }) => evaluation.kind)).toEqual([
      'final',
      'untrained',
    ]);
  });

  it('"finish" ends after the iteration at hand, saves and evaluates', async () => {
    const inbox = createInbox();
    const { outcome, messages } = await train({
      folder: folder.path,
      inbox,
      beforeCall: (iteration) => iteration === 14 && inbox.receive({ type: 'stop', how: 'finish' }),
    });
    expect(outcome).toBe('stopped');
    expect(series(messages, 'train/loss').at(-1)?.[0]).toBe(15);
    expect(ofType(messages, 'checkpoint').at(-1)?.iteration).toBe(15);
    expect(ofType(messages, 'evaluation').map(({ evaluation }) => evaluation.kind)).toContain('final');
  });

  it('"now" ends at once: points are sent, nothing is saved or evaluated', async () => {
    const inbox = createInbox();
    const { outcome, messages } = await train({
      folder: folder.path,
      inbox,
      beforeCall: (iteration) => iteration === 14 && inbox.receive({ type: 'stop', how: 'now' }),
    });
    expect(outcome).toBe('stopped');
    expect(series(messages, 'train/loss').at(-1)?.[0]).toBe(15);
    expect(ofType(messages, 'checkpoint').at(-1)?.iteration).toBeLessThan(15);
    expect(ofType(messages, 'evaluation').map(({ evaluation }) => evaluation.kind)).not.toContain('final');
  });

  it('when the parent is gone the run saves and ends, whatever was wished after', async () => {
    const inbox = createInbox();
    const { outcome } = await train({
      folder: folder.path,
      inbox,
      beforeCall: (iteration) => {
        if (iteration !== 14) return;
        inbox.parentGone();
        inbox.receive({ type: 'stop', how: 'finish' });
      },
    });
    expect(outcome).toBe('paused');
    expect(readdirSync(folder.path)).toContain('iteration-0000015.safetensors');
  });
});

describe('a run that cannot go on', () => {
  it('has its points up to then reported at the latest with the failure', async () => {
    const messages: Parameters<NonNullable<Parameters<typeof train>[0]['onReport']>>[0][] = [];
    const config = configOf({ evaluation: { every: 0 }, checkpoints: { every: 0 } });
    const failed = train({
      folder: folder.path,
      config,
      onReport: (message) => messages.push(structuredClone(message)),
      beforeCall: (iteration) => {
        if (iteration === 12) throw new NonFiniteLossError(13, 2, Number.NaN);
      },
    });
    await expect(failed).rejects.toThrow('iteration 13');
    expect(series(messages, 'train/loss').at(-1)?.[0]).toBe(12);
  });

  it('takes the last iteration for the final evaluation when the best file is gone, and says so', async () => {
    const inbox = createInbox();
    const config = configOf({ outer: { iterations: 45 } }); // the last iteration is not validated
    const first = await train({
      folder: folder.path,
      config,
      inbox,
      beforeEpisode: (_, split) => split === 'test' && inbox.receive({ type: 'pause' }),
    });
    const checkpoints = ofType(first.messages, 'checkpoint');
    const best = checkpoints.filter(({ roles }) => roles.includes('best')).at(-1)!;
    const last = checkpoints.at(-1)!;
    expect(best.file).not.toBe(last.file);
    rmSync(`${folder.path}/${best.file}`);
    const rest = await train({ folder: folder.path, config, resumeFrom: last.file });
    expect(rest.outcome).toBe('completed');
    expect(ofType(rest.messages, 'log').some(({ level }) => level === 'warn')).toBe(true);
    expect(ofType(rest.messages, 'evaluation')[0]?.evaluation.iteration).toBe(45);
  });
});
