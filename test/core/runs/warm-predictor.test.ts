import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startTrainer, type TrainerCommand } from '../../../src/main/core/runs/trainer-process.ts';
import { createWarmPredictor } from '../../../src/main/core/runs/warm-predictor.ts';
import { putCheckpoint } from '../../../src/main/core/store/checkpoints.ts';
import { writeTextClassifier } from '../../../src/main/files/text-classifier-file.ts';
import type { PredictJob } from '../../../src/shared/contract/trainer.ts';
import { configWith, storedRun } from '../store/store-for-test.ts';
import { coreForTest, fakeTrainer } from './core-for-test.ts';

const config = configWith({ task: { kind: 'text-classes', dataset: 'mails' } });
const jobOf = (runId: string, checkpoint = 'c10'): PredictJob => ({
  ...{ kind: 'predict', runId, config, checkpoint, questions: 'few' },
  classifier: { format: 1, labels: ['ham', 'spam'], labelMode: 'single', vocabTxt: null },
});
const patience = { startMs: 20_000, politeMs: 300, exitMs: 2000 };

/** A predictor whose processes are fake trainers; time passes when the test says so. */
function warm() {
  const timers: { readonly ms: number; readonly act: () => void }[] = [];
  const living = new Set<string>();
  let started = 0;
  let wake = (): void => undefined;
  const predictor = createWarmPredictor({
    startTrainer: (job, command: TrainerCommand, listener) => {
      started++;
      living.add(command.token);
      const onExit: typeof listener.onExit = (exit, tail) => {
        living.delete(command.token);
        listener.onExit(exit, tail);
        wake();
      };
      return startTrainer(job, command, { ...listener, onExit }, patience);
    },
    program: { node: process.execPath, entry: fakeTrainer },
    after: (ms, act) => {
      const timer = { ms, act };
      timers.push(timer);
      return () => {
        const place = timers.indexOf(timer);
        if (place >= 0) timers.splice(place, 1);
      };
    },
  });
  onTestFinished(() => predictor.close());
  return {
    predictor,
    timers,
    started: () => started,
    living: () => living.size,
    ask: async (job: PredictJob, ...texts: string[]) => {
      const { probabilities, tokens } = await predictor.ask(
        job,
        {},
        { kind: 'texts', texts: texts.map((text) => ({ text })) },
      );
      return { pid: probabilities[0]![0]!, tokens };
    },
    allGone: async () => {
      while (living.size > 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

it('asks one process again and again about one checkpoint, and gives each asker the answer to his question', async () => {
  const { ask, started } = warm();
  const [first, second] = await Promise.all([ask(jobOf('a'), 'one', 'four'), ask(jobOf('a'), 'seventh')]);
  const third = await ask(jobOf('a'), '');
  expect([first.tokens, second.tokens, third.tokens]).toEqual([[3, 4], [7], [0]]);
  expect(new Set([first.pid, second.pid, third.pid]).size).toBe(1);
  expect(started()).toBe(1);
});

it('changes the process for another run or a newer checkpoint, when those before are answered', async () => {
  const { ask, started, living } = warm();
  const answers = await Promise.all([ask(jobOf('a'), 'x'), ask(jobOf('b'), 'y'), ask(jobOf('b', 'c20'), 'z')]);
  expect(new Set(answers.map(({ pid }) => pid)).size).toBe(3);
  expect([started(), living()]).toEqual([3, 1]);
});

it('ends the process when nobody asks for a minute, and the next question starts another', async () => {
  const { ask, timers, allGone } = warm();
  const before = await ask(jobOf('a'), 'x');
  await ask(jobOf('a'), 'y'); // begins the minute anew
  expect(timers.map(({ ms }) => ms)).toEqual([60_000]);
  timers[0]!.act();
  await allGone();
  expect((await ask(jobOf('a'), 'z')).pid).not.toBe(before.pid);
});

it('starts the next process at once where a question comes while the last is being ended', async () => {
  const { ask, timers, living } = warm();
  const before = await ask(jobOf('a'), 'x');
  timers[0]!.act();
  expect((await ask(jobOf('a'), 'y')).pid).not.toBe(before.pid);
  expect(living()).toBe(1);
});

it('tells the askers of a process that dies why they get no answer, and starts anew for the next', async () => {
  const { ask, started } = warm();
  await ask(jobOf('a'), 'x');
  const failed = [ask(jobOf('a'), 'die'), ask(jobOf('a'), 'after it')];
  for (const each of await Promise.allSettled(failed)) {
    expect(each).toMatchObject({
      reason: { code: 'trainer-died', message: 'The trainer died: it was killed from outside (SIGKILL).' },
    });
  }
  expect((await ask(jobOf('a'), 'again')).tokens).toEqual([5]);
  expect(started()).toBe(2);
});

it('ends the process of a run that is deleted, in the middle of a question too, and of no other', async () => {
  const { ask, predictor, allGone, living } = warm();
  await ask(jobOf('a'), 'x');
  predictor.forget(['b']);
  expect((await ask(jobOf('a'), 'y')).tokens).toEqual([1]);
  expect(living()).toBe(1);
  const hanging = ask(jobOf('a'), 'hang');
  const refused = expect(hanging).rejects.toMatchObject({
    ...{ code: 'cancelled', message: 'The question was given up: the run was deleted.' },
  });
  await new Promise((resolve) => setImmediate(resolve)); // the question is on its way
  predictor.forget(['a']);
  await refused;
  await allGone();
});

it('answers a question of many texts by a process of its own, beside the warm one, which ends with it', async () => {
  const { ask, predictor, started, allGone } = warm();
  const job: PredictJob = { ...jobOf('a'), questions: 'many' };
  const hanging = predictor.askOnce(job, {}, { kind: 'texts', texts: [{ text: 'hang' }] });
  const closed = expect(hanging).rejects.toMatchObject({ code: 'cancelled' });
  expect((await ask(jobOf('a'), 'x')).tokens).toEqual([1]); // is not held up
  await predictor.close();
  await closed;
  await allGone();
  expect(started()).toBe(2);
  await expect(ask(jobOf('a'), 'x')).rejects.toMatchObject({ code: 'cancelled', message: 'The app is being closed.' });
});

it('of a core: answers beside a measurement that does not end, leaves nothing of a deleted run, and ends with the core', async () => {
  const { core, context, when, close } = await coreForTest();
  for (const id of ['first', 'second']) {
    storedRun(context.db, id, { config });
    putCheckpoint(context.db, {
      ...{ id: `c-${id}`, runId: id, iteration: 10, createdAt: 1, file: 'c10.safetensors', bytes: 1, sha256: '' },
      ...{ roles: ['best'], validation: null },
    });
    mkdirSync(join(context.layout.runs, id), { recursive: true });
    await writeTextClassifier(join(context.layout.runs, id), jobOf(id).classifier);
  }
  const ask = async (id: string) => {
    const { predictions } = await core.handlers['runs.predict']({ id, texts: [{ text: 'You won' }] });
    return predictions[0]!.probabilities[0]!; // the process that answered
  };
  const row = { workload: 'sinusoid', innerSteps: 1, variant: 'eager' } as const;
  const endless = Promise.resolve(core.handlers['bench.measure']({ row, seconds: 60 }));
  const ended = expect(endless).rejects.toMatchObject({ code: 'cancelled' });
  await when('bench.progress', ({ share }) => share > 0);

  const first = await ask('first');
  expect(await ask('first')).toBe(first);
  await core.handlers['runs.delete']({ ids: ['first'] });
  const second = await ask('second'); // which waits until the place is free
  expect([second === first, isAlive(first), isAlive(second)]).toEqual([false, false, true]);
  await close();
  await ended;
  expect(isAlive(second)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // no such process
  }
}
