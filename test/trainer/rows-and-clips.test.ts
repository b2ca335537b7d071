import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTableClassifier } from '../../src/main/files/table-classifier-file.ts';
import { checkpointName, readCheckpoint } from '../../src/main/trainer/checkpoint-file.ts';
import type {
  Answer,
  AudioTrainerDataset,
  PredictClipsJob,
  PredictRowsJob,
  TableTrainerDataset,
  TrainerDataset,
  TrainJob,
} from '../../src/shared/contract/trainer.ts';
import { createRandom } from '../../src/shared/random/random.ts';
import type { RunConfig } from '../../src/shared/run-config/schema.ts';
import { settleConfig } from '../../src/shared/run-config/settle.ts';
import { configOf, ofType, temporaryFolder } from './harness.ts';
import { runTrainer } from './trainer-process.ts';

const addon = join(import.meta.dirname, '../../node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node');
const built = existsSync(addon);
const titled = (title: string): string =>
  built ? title : `${title} (skipped: the addon is not built, run npm run setup)`;

const counts = { train: 60, validation: 12, test: 24 };
const all = counts.train + counts.validation + counts.test;
const splits = Uint8Array.from({ length: all }, (_, i) => (i < 60 ? 0 : i < 72 ? 1 : 2));
const batchNorm = 'inductive'; // by the training clips, as new ones are judged
const algorithm = { kind: 'fine-tune-network', epochs: 12, batch: 16, patience: 0 };

const rowsConfig = settleConfig(
  configOf({
    checkpoints: { every: 2 }, // an epoch has four steps
    ...{ device: 'cpu', task: { kind: 'table-classes', dataset: 'flowers' }, model: { kind: 'mlp', hidden: [16] } },
    ...{ algorithm: { ...algorithm, epochs: 30 }, outer: { rate: 0.02 } },
  }),
  counts,
);
const clipsConfig = (features: 'log-mel' | 'waveform', kind: 'conv4' | 'cnn1d'): RunConfig =>
  settleConfig(
    configOf({
      ...{ device: 'cpu', task: { kind: 'audio-classes', dataset: 'tones', features, bands: 16 } },
      model:
        kind === 'conv4'
          ? { kind, filters: 8, batchNorm }
          : { kind, blocks: 4, filters: 8, filterLength: 9, batchNorm },
      ...{ algorithm, outer: { rate: 0.01 } },
    }),
    counts,
  );

const random = createRandom(1, 'rows-and-clips');
const rows = Array.from({ length: all }, (_, i) => {
  const size = (i % 3) * 1000 + random.normal() * 200;
  const color = i % 2 ? random.integer(2) : null;
  return [i % 3, i % 7 === 0 ? null : 1e6 + size, color, random.normal()] as const;
});

function writeTable(folder: string): TableTrainerDataset {
  const files = { rowsFile: join(folder, 'rows.jsonl'), splitsFile: join(folder, 'splits-v1.u8') };
  writeFileSync(files.rowsFile, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  writeFileSync(files.splitsFile, splits);
  const number = (name: string, missing: number) =>
    ({ kind: 'number', name, least: 0, mean: 0, most: 0, missing }) as const;
  return {
    ...{ kind: 'table-classes', id: 'flowers', name: 'flowers', version: 1, digest: 'd', ...files, rows: all },
    labels: ['small', 'middle', 'large'],
    columns: [
      number('size', 14),
      { kind: 'category', name: 'color', categories: ['red', 'white'], missing: 48 },
      number('noise', 0),
    ],
  };
}

const layout = { rate: 8000, samples: 1600 };
/** Tones of 300, 700 and 1,500 Hz with noise, each beginning anywhere. */
const waveforms = Int16Array.from({ length: all * layout.samples }, (_, at) => {
  const [clip, sample] = [Math.floor(at / layout.samples), at % layout.samples];
  const pitch = [300, 700, 1500][clip % 3]!;
  return 6000 * Math.sin((2 * Math.PI * pitch * sample) / layout.rate + clip) + 1500 * random.normal();
});

function writeClips(folder: string): AudioTrainerDataset {
  const files = {
    waveformsFile: join(folder, 'waveforms.i16'),
    clipsFile: join(folder, 'clips.jsonl'),
    splitsFile: join(folder, 'splits-v1.u8'),
  };
  writeFileSync(files.waveformsFile, new Uint8Array(waveforms.buffer));
  const clip = (i: number) => JSON.stringify({ file: `${i}.wav`, label: i % 3, seconds: 0.2 });
  writeFileSync(files.clipsFile, Array.from({ length: all }, (_, i) => `${clip(i)}\n`).join(''));
  writeFileSync(files.splitsFile, splits);
  return {
    ...{ kind: 'audio-classes', id: 'tones', name: 'tones', version: 1, digest: 'd', ...files, clips: all, layout },
    labels: ['low', 'middle', 'high'],
  };
}

interface TrainOptions {
  readonly config: RunConfig;
  readonly dataset: TrainerDataset;
  readonly folder: string;
  readonly resumeFrom?: string | null;
}

async function trainedRun({ config, dataset, folder, resumeFrom = null }: TrainOptions) {
  const { messages } = await runTrainer({
    ...{ kind: 'train', runId: 'r', config, dataset, folder, resumeFrom },
    ...{ computeMs: 0, bestSoFar: null },
  });
  const end = messages.at(-1)!;
  if (end.type !== 'end') throw new Error(JSON.stringify(end));
  const final = ofType(messages, 'evaluation').find(({ evaluation }) => evaluation.kind === 'final');
  return { messages, final };
}

/** Asks once and gives the answer. */
async function answerOf(job: PredictRowsJob | PredictClipsJob, asked: object): Promise<Answer> {
  let answer: Answer | null = null;
  await runTrainer(job, (message, child) => {
    if (message.type === 'ready') child.send({ type: 'ask', question: 0, asked });
    if (message.type === 'answer') {
      answer = message.answer;
      child.send({ type: 'stop', how: 'now' });
    }
  });
  return answer!;
}

describe.skipIf(!built)(titled('the real trainer, on rows of a table'), () => {
  const folder = temporaryFolder();
  let dataset: TableTrainerDataset;
  let whole: Awaited<ReturnType<typeof trainedRun>>;
  beforeAll(async () => {
    dataset = writeTable(folder.path);
    whole = await trainedRun({ config: rowsConfig, dataset, folder: folder.path });
  }, 120_000);
  afterAll(() => folder.remove());

  it('learns them, with numbers missing and far from zero, and says what it made of each', () => {
    const { evaluation, predictions } = whole.final!;
    expect(evaluation.protocol).toMatchObject({ task: 'table-classes', split: 'test', episodes: counts.test });
    expect([...predictions!.examples].sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, i) => 72 + i));
    expect(evaluation.mean).toBeGreaterThan(0.8); // every seventh size is missing, which 24 rows have three of
  });

  it('says the same of rows that it is asked, by what it wrote down when it began', async () => {
    const classifier = (await readTableClassifier(folder.path))!;
    expect(classifier.labels).toEqual(dataset.labels);
    const sizes = rows.slice(0, 60).flatMap(([, size]) => (size === null ? [] : [size]));
    expect(classifier.scales[0]!.mean).toBeCloseTo(sizes.reduce((sum, size) => sum + size, 0) / sizes.length, 6);
    const { evaluation, predictions } = whole.final!;
    const checkpoint = join(folder.path, checkpointName(evaluation.iteration));
    const asked = [...predictions!.examples].map((example) => rows[example]!.slice(1));
    const job: PredictRowsJob = { kind: 'predict-rows', runId: 'r', config: rowsConfig, classifier, checkpoint };
    const { probabilities } = await answerOf(job, { kind: 'rows', rows: asked });
    probabilities.flat().forEach((value, i) => {
      expect(Math.abs(value - predictions!.probabilities[i]!)).toBeLessThan(1e-6);
    });
  }, 60_000);

  it('goes on to the bit when it was killed in the middle of an epoch', async () => {
    const other = temporaryFolder();
    const job: TrainJob = {
      ...{ kind: 'train', runId: 'r', config: rowsConfig, dataset, folder: other.path, resumeFrom: null },
      ...{ computeMs: 0, bestSoFar: null },
    };
    const dead = await runTrainer(job, (message, child) => {
      if (message.type === 'checkpoint' && message.iteration === 6) child.kill('SIGKILL');
    });
    expect(dead.signal).toBe('SIGKILL');
    const rest = await trainedRun({
      ...{ config: rowsConfig, dataset, folder: other.path, resumeFrom: checkpointName(6) },
    });
    const last = ({ messages }: Pick<typeof rest, 'messages'>) => ofType(messages, 'checkpoint').at(-1)!.file;
    const a = await readCheckpoint(join(folder.path, last(whole)), rowsConfig);
    const b = await readCheckpoint(join(other.path, last(rest)), rowsConfig);
    expect(b.learner.iteration).toBe(120);
    expect(b.learner).toEqual(a.learner);
    other.remove();
  }, 120_000);

  it('refuses a table that was changed, by its name', async () => {
    const { messages } = await runTrainer({
      ...{ kind: 'train', runId: 'r', config: rowsConfig, dataset: { ...dataset, rows: 97 }, folder: folder.path },
      ...{ resumeFrom: null, computeMs: 0, bestSoFar: null },
    });
    expect(JSON.stringify(messages.at(-1))).toContain('The table \\"flowers\\" has 96 rows and should have 97');
  }, 60_000);
});

describe.skipIf(!built)(titled('the real trainer, on clips of sound'), () => {
  const folder = temporaryFolder();
  let dataset: AudioTrainerDataset;
  beforeAll(() => {
    dataset = writeClips(folder.path);
  });
  afterAll(() => folder.remove());

  it.each([
    ['log-mel', 'conv4'],
    ['log-mel', 'cnn1d'],
    ['waveform', 'cnn1d'],
  ] as const)(
    'learns tones by their %s in a %s, and says the same of clips that it is asked',
    async (features, kind) => {
      const config = clipsConfig(features, kind);
      const own = temporaryFolder();
      const { final } = await trainedRun({ config, dataset, folder: own.path });
      const { evaluation, predictions } = final!;
      expect(evaluation.mean).toBeGreaterThan(0.9);
      const checkpoint = join(own.path, checkpointName(evaluation.iteration));
      const asked = Int16Array.from(
        [...predictions!.examples].flatMap((i) => [...waveforms.subarray(i * 1600, (i + 1) * 1600)]),
      );
      const job: PredictClipsJob = { kind: 'predict-clips', runId: 'r', config, dataset, checkpoint };
      const { probabilities } = await answerOf(job, { kind: 'clips', waveforms: asked });
      probabilities.flat().forEach((value, i) => {
        expect(Math.abs(value - predictions!.probabilities[i]!)).toBeLessThan(1e-5);
      });
      own.remove();
    },
    120_000,
  );
});
