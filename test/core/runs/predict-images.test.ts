import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CoreContext } from '../../../src/main/core/context.ts';
import type { DatasetDesk } from '../../../src/main/core/runs/dataset-desk.ts';
import { predictImages, withChannels } from '../../../src/main/core/runs/predict-images.ts';
import type { WarmPredictor } from '../../../src/main/core/runs/warm-predictor.ts';
import { putCheckpoint } from '../../../src/main/core/store/checkpoints.ts';
import { homeLayout } from '../../../src/main/files/home.ts';
import { requests } from '../../../src/shared/contract/requests.ts';
import type { ImageTrainerDataset, TrainerJob } from '../../../src/shared/contract/trainer.ts';
import { png } from '../../files/png-builder.ts';
import { configWith, storedRun, temporaryFolder, temporaryStore } from '../store/store-for-test.ts';

const classes = ['cross', 'ring', 'left out'].map((name, index) => ({
  ...{ index, name, group: '', firstExample: 10 * index, examples: 10 },
  split: index === 2 ? ('train' as const) : ('test' as const),
}));
const dataset: ImageTrainerDataset = {
  ...{ kind: 'image-classes', id: 'd', name: 'signs', version: 1, digest: '', pixelsFile: '/p' },
  layout: { width: 4, height: 4, channels: 1, polarity: 'ink-dark' },
  classes,
};
const start = { id: 'm', name: 'a-start', folder: '/models/m', digest: 'abc' };

/** A store with a run `signs` that was fine-tuned on images and a sinusoid run `sine`; trainers answer with these numbers. */
function predicting(probabilities: number[][], model: ReturnType<NonNullable<DatasetDesk['modelFor']>> = null) {
  const db = temporaryStore();
  const context: CoreContext = { db, layout: homeLayout(temporaryFolder()), now: () => 1, announce: () => undefined };
  const task = { kind: 'image-examples', dataset: 'signs', classes: 2, perClass: 1, testPerClass: 1 };
  storedRun(db, 'signs', { config: configWith({ task, algorithm: { kind: 'fine-tune-network' } }) });
  storedRun(db, 'sine');
  const given: TrainerJob[] = [];
  const asked: Uint8Array[] = [];
  const predictor = {
    ask: async (job, _environment, question) => {
      given.push(job);
      if (question.kind === 'images') asked.push(question.pixels);
      return { probabilities, tokens: null, computeMs: 3 };
    },
  } as WarmPredictor;
  const datasets: DatasetDesk = {
    check: () => ({ errors: [], advice: [] }),
    factsFor: () => null,
    forTrainer: () => dataset,
    modelFor: () => model,
  };
  const folder = join(context.layout.runs, 'signs');
  mkdirSync(folder, { recursive: true });
  const checkpoint = () =>
    putCheckpoint(db, {
      ...{ id: 'c5', runId: 'signs', iteration: 5, createdAt: 1, file: 'c5.safetensors' },
      ...{ bytes: 1, sha256: '', roles: ['best'], validation: null },
    });
  const ask = (id: string, images: readonly Uint8Array[]) =>
    predictImages(context, datasets, predictor, {
      id,
      images: images.map((bytes, index) => ({ name: `${index}.png`, bytes: new Uint8Array(bytes) })),
    });
  return { given, asked, checkpoint, ask, folder };
}

it('asks with pixels as the dataset stores them, and says what the network saw and takes each image for', async () => {
  const { given, asked, checkpoint, ask, folder } = predicting([
    [0.25, 0.75],
    [0.5, 0.5],
  ]);
  checkpoint();
  const grey = png(4, 4, (x, y) => [16 * (x + 4 * y)]);
  const large = png(8, 8, () => [90]);
  const answer = await ask('signs', [grey, large]);
  expect(requests['runs.predict-images'].response.parse(answer)).toEqual(answer);
  const [name, other] = answer.labels;
  expect([name, other].toSorted()).toEqual(['cross', 'ring']); // those of the split that the run draws from
  expect(answer).toMatchObject({ labelMode: 'single', iteration: 5, maxLength: null, computeMs: 3 });
  expect(answer.predictions).toEqual([
    { labels: [other], probabilities: [0.25, 0.75], tokens: null },
    { labels: [name], probabilities: [0.5, 0.5], tokens: null },
  ]);
  const values = Uint8Array.from({ length: 16 }, (_, at) => 16 * at);
  expect(answer.seen).toEqual([
    { width: 4, height: 4, channels: 1, polarity: 'ink-dark', pixels: values },
    { width: 4, height: 4, channels: 1, polarity: 'ink-dark', pixels: new Uint8Array(16).fill(90) },
  ]);
  expect(asked).toEqual([Uint8Array.from([...values, ...new Uint8Array(16).fill(90)])]);
  expect(given).toMatchObject([{ kind: 'predict-images', runId: 'signs', checkpoint: join(folder, 'c5.safetensors') }]);
  expect(given[0]).not.toHaveProperty('model');
});

it('gives the trainer the network that the run began with, which a frozen one needs', async () => {
  const { given, checkpoint, ask } = predicting([[1, 0]], start);
  checkpoint();
  await ask('signs', [png(4, 4)]);
  expect(given).toMatchObject([{ model: start }]);
});

it('says which file is no image, or a damaged one, before a trainer is asked', async () => {
  const { given, checkpoint, ask } = predicting([]);
  checkpoint();
  await expect(ask('signs', [png(4, 4), Buffer.from('a text')])).rejects.toMatchObject({
    code: 'bad-file',
    message: '"1.png" is not a PNG or JPEG image.',
  });
  await expect(ask('signs', [png(4, 4).subarray(0, 40)])).rejects.toMatchObject({
    code: 'bad-file',
    message: '"0.png" is damaged and cannot be decoded.',
  });
  await expect(ask('signs', [png(60_000, 60_000, () => [0], 1)])).rejects.toMatchObject({ code: 'too-large' });
  expect(given).toEqual([]);
});

it('refuses a run without a checkpoint, and one that learned no images', async () => {
  const { ask } = predicting([]);
  await expect(ask('signs', [png(4, 4)])).rejects.toMatchObject({ code: 'not-found' });
  await expect(ask('sine', [png(4, 4)])).rejects.toMatchObject({
    code: 'wrong-state',
    message: 'sine was not fine-tuned on images, so it has nothing to say of them.',
  });
});

it('makes grey of colour by its brightness, and colour of grey', () => {
  const colour = { width: 2, height: 1, channels: 3, pixels: Uint8Array.of(255, 0, 0, 10, 20, 30) } as const;
  expect([...withChannels(colour, 1)]).toEqual([76, 18]);
  expect([...withChannels({ ...colour, channels: 1, pixels: Uint8Array.of(7, 9) }, 3)]).toEqual([7, 7, 7, 9, 9, 9]);
});
