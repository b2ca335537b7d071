import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CoreContext } from '../../../src/main/core/context.ts';
import type { DatasetDesk } from '../../../src/main/core/runs/dataset-desk.ts';
import { predictTexts } from '../../../src/main/core/runs/predict.ts';
import type { WarmPredictor } from '../../../src/main/core/runs/warm-predictor.ts';
import { putCheckpoint } from '../../../src/main/core/store/checkpoints.ts';
import { homeLayout } from '../../../src/main/files/home.ts';
import { writeTextClassifier } from '../../../src/main/files/text-classifier-file.ts';
import { InnerloopError } from '../../../src/shared/contract/errors.ts';
import type { TextTrainerDataset, TrainerJob } from '../../../src/shared/contract/trainer.ts';
import { configWith, storedRun, temporaryFolder, temporaryStore } from '../store/store-for-test.ts';

const dataset: TextTrainerDataset = {
  ...{ kind: 'text-classes', id: 'd', name: 'mails', version: 1, digest: '' },
  ...{ examplesFile: '/e', splitsFile: '/s', labels: ['ham', 'spam'], labelMode: 'single', examples: 2 },
};

/** A store with a fine-tuned run `texts` and a sinusoid run `sine`, and trainers that answer with these numbers. */
function predicting(probabilities: number[][], forTrainer: DatasetDesk['forTrainer'] = () => dataset) {
  const home = temporaryFolder();
  const db = temporaryStore();
  const context: CoreContext = { db, layout: homeLayout(home), now: () => 1, announce: () => undefined };
  storedRun(db, 'texts', { config: configWith({ task: { kind: 'text-classes', dataset: 'mails' } }) });
  storedRun(db, 'sine');
  const given: TrainerJob[] = [];
  const answering =
    (how: 'warm' | 'once'): WarmPredictor['ask'] =>
    async (job, _environment, asked) => {
      given.push(job);
      ways.push(how);
      const tokens = asked.kind === 'texts' ? asked.texts.map(({ text }) => text.length) : null;
      return { probabilities, tokens, computeMs: 14 };
    };
  const ways: ('warm' | 'once')[] = [];
  const predictor = { ask: answering('warm'), askOnce: answering('once') } as WarmPredictor;
  const datasets: DatasetDesk = {
    check: () => ({ errors: [], advice: [] }),
    factsFor: () => null,
    forTrainer,
    modelFor: () => null,
  };
  const checkpoint = (iteration: number, role: 'best' | 'last') =>
    putCheckpoint(db, {
      ...{ id: `c${iteration}`, runId: 'texts', iteration, createdAt: 1, file: `c${iteration}.safetensors` },
      ...{ bytes: 1, sha256: '', roles: [role], validation: null },
    });
  const ask = (id: string, texts = [{ text: 'You won' }, { text: 'Hello' }]) =>
    predictTexts(context, datasets, predictor, { id, texts });
  const runFolder = join(context.layout.runs, 'texts');
  mkdirSync(runFolder, { recursive: true });
  return { given, ways, checkpoint, ask, runFolder };
}

it('asks a trainer with the best checkpoint and names the most probable label', async () => {
  const { given, checkpoint, ask, runFolder } = predicting([
    [0.1, 0.9],
    [0.8, 0.2],
  ]);
  checkpoint(10, 'best');
  checkpoint(20, 'last');
  const labels = ['ham', 'spam'];
  await writeTextClassifier(runFolder, { format: 1, labels, labelMode: 'single', vocabTxt: null });
  expect(await ask('texts')).toEqual({
    ...{ labels: ['ham', 'spam'], labelMode: 'single', iteration: 10, maxLength: 128, computeMs: 14 },
    predictions: [
      { labels: ['spam'], probabilities: [0.1, 0.9], tokens: 7 },
      { labels: ['ham'], probabilities: [0.8, 0.2], tokens: 5 },
    ],
  });
  expect(given).toMatchObject([
    {
      ...{ kind: 'predict', runId: 'texts', checkpoint: join(runFolder, 'c10.safetensors') },
      classifier: { labels: ['ham', 'spam'], labelMode: 'single' },
    },
  ]);
});

it('asks the warm process of a few texts, and one of its own of many', async () => {
  const { given, ways, checkpoint, ask, runFolder } = predicting([]);
  checkpoint(10, 'best');
  await writeTextClassifier(runFolder, { format: 1, labels: ['ham', 'spam'], labelMode: 'single', vocabTxt: null });
  for (const count of [32, 33])
    await ask(
      'texts',
      Array.from({ length: count }, () => ({ text: 'Hello' })),
    );
  expect(ways).toEqual(['warm', 'once']);
  expect(given).toMatchObject([{ questions: 'few' }, { questions: 'many' }]);
});

it('refuses a run without a checkpoint, and one that never saw a text', async () => {
  const { ask, given } = predicting([]);
  await expect(ask('texts')).rejects.toMatchObject({ code: 'not-found' });
  await expect(ask('sine')).rejects.toMatchObject({
    code: 'wrong-state',
    message: 'sine was not fine-tuned on texts, so it has nothing to say of them.',
  });
  expect(given).toEqual([]);
});

it('refuses a text without anything in it, and says which', async () => {
  const { ask, checkpoint, given } = predicting([]);
  checkpoint(10, 'best');
  const texts = [{ text: 'Hello' }, { text: ' \n\t' }];
  await expect(ask('texts', texts)).rejects.toMatchObject({
    code: 'invalid-request',
    message: 'Text 2 of 2 is empty: there is nothing to classify.',
  });
  await expect(ask('texts', [{ text: '' }])).rejects.toThrow('The text is empty: there is nothing to classify.');
  expect(given).toEqual([]);
});

const removed = (): never => {
  throw new InnerloopError('not-found', 'The dataset "mails" was removed from the library.');
};

it('needs no dataset where the training stored labels and vocabulary, and says what an older run lacks', async () => {
  const { given, checkpoint, ask, runFolder } = predicting([[0.7, 0.6], [0.1, 0.2]], removed); // biome-ignore format: rows
  checkpoint(10, 'best');
  await expect(ask('texts')).rejects.toThrow('The dataset "mails" was removed from the library.');
  await writeTextClassifier(runFolder, { format: 1, labels: ['a', 'b'], labelMode: 'multi', vocabTxt: '[PAD]\n' });
  expect((await ask('texts')).predictions.map(({ labels }) => labels)).toEqual([['a', 'b'], []]);
  expect(given).toMatchObject([{ classifier: { labels: ['a', 'b'], vocabTxt: '[PAD]\n' } }]);
  writeFileSync(join(runFolder, 'text-classifier.json'), '{"format":1');
  await expect(ask('texts')).rejects.toThrow('"text-classifier.json" of the run is damaged');
});
