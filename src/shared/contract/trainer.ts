import { z } from 'zod';
import { benchMeasurementSchema } from '../bench/measurement.ts';
import { audioLayoutSchema } from '../datasets/audio.ts';
import { datasetClassSchema, pixelLayoutSchema } from '../datasets/dataset.ts';
import { tableCellSchema, tableColumnSchema } from '../datasets/table.ts';
import { labelModeSchema } from '../datasets/text.ts';
import { runConfigSchema } from '../run-config/schema.ts';
import { examplePredictionsSchema } from '../runs/example-predictions.ts';
import { askedTextSchema } from '../runs/prediction.ts';
import {
  engineFactsSchema,
  evaluationSchema,
  failureSchema,
  logEntrySchema,
  runPhaseSchema,
  splitSchema,
} from '../runs/run.ts';
import { tableClassifierSchema } from '../runs/table-classifier.ts';
import { textClassifierSchema } from '../runs/text-classifier.ts';

/** Messages between the core and one trainer process: one job, then exit. A job that predicts stays and is asked. */

const trainerDatasetFacts = { id: z.string(), name: z.string(), version: z.number(), digest: z.string() };

export const imageTrainerDatasetSchema = z.object({
  kind: z.literal('image-classes'),
  ...trainerDatasetFacts,
  /** Absolute path of pixels.u8. */
  pixelsFile: z.string(),
  layout: pixelLayoutSchema,
  classes: z.array(datasetClassSchema),
});
export type ImageTrainerDataset = z.infer<typeof imageTrainerDatasetSchema>;

export const textTrainerDatasetSchema = z.object({
  kind: z.literal('text-classes'),
  ...trainerDatasetFacts,
  /** Absolute paths of examples.jsonl and splits-v<version>.u8. */
  examplesFile: z.string(),
  splitsFile: z.string(),
  labels: z.array(z.string()),
  labelMode: labelModeSchema,
  examples: z.number(),
});
export type TextTrainerDataset = z.infer<typeof textTrainerDatasetSchema>;

export const tableTrainerDatasetSchema = z.object({
  kind: z.literal('table-classes'),
  ...trainerDatasetFacts,
  /** Absolute paths of rows.jsonl and splits-v<version>.u8. */
  rowsFile: z.string(),
  splitsFile: z.string(),
  labels: z.array(z.string()),
  columns: z.array(tableColumnSchema),
  rows: z.number(),
});
export type TableTrainerDataset = z.infer<typeof tableTrainerDatasetSchema>;

export const audioTrainerDatasetSchema = z.object({
  kind: z.literal('audio-classes'),
  ...trainerDatasetFacts,
  /** Absolute paths of waveforms.i16, clips.jsonl and splits-v<version>.u8. */
  waveformsFile: z.string(),
  clipsFile: z.string(),
  splitsFile: z.string(),
  labels: z.array(z.string()),
  layout: audioLayoutSchema,
  clips: z.number(),
});
export type AudioTrainerDataset = z.infer<typeof audioTrainerDatasetSchema>;

export const trainerDatasetSchema = z.discriminatedUnion('kind', [
  imageTrainerDatasetSchema,
  textTrainerDatasetSchema,
  tableTrainerDatasetSchema,
  audioTrainerDatasetSchema,
]);
export type TrainerDataset = z.infer<typeof trainerDatasetSchema>;

/** A pretrained model of the library. */
export const trainerModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Absolute path of its Hugging Face folder. */
  folder: z.string(),
  digest: z.string(),
});
export type TrainerModel = z.infer<typeof trainerModelSchema>;

export const trainJobSchema = z.object({
  kind: z.literal('train'),
  runId: z.string(),
  config: runConfigSchema,
  dataset: trainerDatasetSchema.nullable(),
  /** What an encoder starts from; absent for everything else. */
  model: trainerModelSchema.optional(),
  /** Absolute folder that the trainer owns: checkpoints are written here, nothing else is touched. */
  folder: z.string(),
  /** Checkpoint file to go on from, null to start at 0. */
  resumeFrom: z.string().nullable(),
  /** Compute time of earlier stretches of this run. */
  computeMs: z.number(),
  bestSoFar: z
    .object({ metric: z.enum(['accuracy', 'loss']), value: z.number(), ci95: z.number(), iteration: z.number() })
    .nullable(),
});

export const evaluateJobSchema = z.object({
  kind: z.literal('evaluate'),
  runId: z.string(),
  /** Of the run, with task sizes, steps and episodes replaced by what was asked. */
  config: runConfigSchema,
  dataset: trainerDatasetSchema.nullable(),
  model: trainerModelSchema.optional(),
  /** null: the untrained network of the run's seed. */
  checkpoint: z.string().nullable(),
  split: splitSchema,
});

/** Labels of new texts by a fine-tuned run: loads what it learned, answers each `ask`, and stays until it is ended. */
export const predictJobSchema = z.object({
  kind: z.literal('predict'),
  runId: z.string(),
  config: runConfigSchema,
  classifier: textClassifierSchema,
  model: trainerModelSchema.optional(),
  checkpoint: z.string(),
  /** `few`: each text of a question is computed by itself, at its own length; `many`: side by side. */
  questions: z.enum(['few', 'many']),
});

/** Classes of new images by a run that was fine-tuned on images; stays as `predict` does. */
export const predictImagesJobSchema = z.object({
  kind: z.literal('predict-images'),
  runId: z.string(),
  config: runConfigSchema,
  dataset: imageTrainerDatasetSchema,
  model: trainerModelSchema.optional(),
  checkpoint: z.string(),
});

/** Labels of new rows by a run on a table; stays as `predict` does. */
export const predictRowsJobSchema = z.object({
  kind: z.literal('predict-rows'),
  runId: z.string(),
  config: runConfigSchema,
  classifier: tableClassifierSchema,
  model: trainerModelSchema.optional(),
  checkpoint: z.string(),
});

/** Labels of new clips by a run on clips; stays as `predict` does. */
export const predictClipsJobSchema = z.object({
  kind: z.literal('predict-clips'),
  runId: z.string(),
  config: runConfigSchema,
  dataset: audioTrainerDatasetSchema,
  model: trainerModelSchema.optional(),
  checkpoint: z.string(),
});

/** What a job that predicts is asked. */
export const askedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('texts'), texts: z.array(askedTextSchema) }),
  /** uint8 [images, height, width, channels], as the dataset's images are stored. */
  z.object({ kind: z.literal('images'), pixels: z.instanceof(Uint8Array) }),
  /** Cells in the order of the classifier's columns, as rows.jsonl has them. */
  z.object({ kind: z.literal('rows'), rows: z.array(z.array(tableCellSchema)) }),
  /** int16 [clips, samples], as the dataset's clips are stored. */
  z.object({ kind: z.literal('clips'), waveforms: z.instanceof(Int16Array) }),
]);
export type Asked = z.infer<typeof askedSchema>;

/** What it says of the texts or images of a question. */
export const answerSchema = z.object({
  /** A list for each, in the order of the dataset's labels. */
  probabilities: z.array(z.array(z.number())),
  /** Of each text, special tokens included and after cutting; null for images. */
  tokens: z.array(z.number()).nullable(),
  /** From the question to the answer, without the loading before it. */
  computeMs: z.number(),
});
export type Answer = z.infer<typeof answerSchema>;

/** Writes what a run learned as a graph model of TensorFlow.js. */
export const graphModelJobSchema = z.object({
  kind: z.literal('graph-model'),
  runId: z.string(),
  runName: z.string(),
  config: runConfigSchema,
  /** Of a run on texts. */
  classifier: textClassifierSchema.nullable(),
  /** Of a run on images. */
  layout: pixelLayoutSchema.nullable(),
  model: trainerModelSchema.optional(),
  checkpoint: z.string(),
  /** Absolute path of an empty folder that is filled. */
  folder: z.string(),
});

/** Reports versions and devices: what `doctor` shows. */
export const probeJobSchema = z.object({ kind: z.literal('probe') });

/** Times meta-iterations of a config and keeps nothing. */
export const benchJobSchema = z.object({
  kind: z.literal('bench'),
  config: runConfigSchema,
  /** Noise of this size takes the place of a dataset; null for generated tasks. */
  images: z.object({ size: z.number(), channels: z.number() }).nullable(),
  /** How long to measure once everything is recorded and warm. */
  seconds: z.number().positive(),
});

export const trainerJobSchema = z.discriminatedUnion('kind', [
  trainJobSchema,
  evaluateJobSchema,
  predictJobSchema,
  predictImagesJobSchema,
  predictRowsJobSchema,
  predictClipsJobSchema,
  graphModelJobSchema,
  probeJobSchema,
  benchJobSchema,
]);
export type TrainerJob = z.infer<typeof trainerJobSchema>;
export type TrainJob = z.infer<typeof trainJobSchema>;
export type EvaluateJob = z.infer<typeof evaluateJobSchema>;
export type PredictJob = z.infer<typeof predictJobSchema>;
export type PredictRowsJob = z.infer<typeof predictRowsJobSchema>;
export type PredictClipsJob = z.infer<typeof predictClipsJobSchema>;
export type PredictImagesJob = z.infer<typeof predictImagesJobSchema>;
export type GraphModelJob = z.infer<typeof graphModelJobSchema>;
export type BenchJob = z.infer<typeof benchJobSchema>;

export const toTrainerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), job: trainerJobSchema }),
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('stop'), how: z.enum(['finish', 'now']) }),
  z.object({ type: z.literal('checkpoint') }),
  /** To a job that predicts; `question` comes back with the answer. */
  z.object({ type: z.literal('ask'), question: z.number().int(), asked: askedSchema }),
]);
export type ToTrainer = z.infer<typeof toTrainerSchema>;

export const probeSchema = z.object({
  tensorflow: z.string(),
  flavour: z.enum(['cpu', 'gpu']),
  device: z.enum(['cpu', 'gpu']),
  deviceName: z.string(),
  xla: z.enum(['yes', 'no']),
  node: z.string(),
});
export type Probe = z.infer<typeof probeSchema>;

export const fromTrainerSchema = z.discriminatedUnion('type', [
  /** The process is up and waits for `start`. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('phase'), phase: runPhaseSchema }),
  z.object({ type: z.literal('engine'), engine: engineFactsSchema }),
  /** A batch of points, at most four a second. Keys of the metric catalog, [step, value] pairs in step order. */
  z.object({
    type: z.literal('points'),
    iteration: z.number(),
    computeMs: z.number(),
    iterationsPerSecond: z.number().nullable(),
    etaMs: z.number().nullable(),
    points: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
  }),
  z.object({ type: z.literal('log'), level: logEntrySchema.shape.level, message: z.string() }),
  /** `id`, `runId` and `createdAt` are given by the core. A classifier of single examples says what it said of each. */
  z.object({
    type: z.literal('evaluation'),
    evaluation: evaluationSchema.omit({ id: true, runId: true, createdAt: true }),
    predictions: examplePredictionsSchema.optional(),
  }),
  /** The file stands complete in the folder under this name. */
  z.object({
    type: z.literal('checkpoint'),
    iteration: z.number(),
    file: z.string(),
    bytes: z.number(),
    sha256: z.string(),
    roles: z.array(z.enum(['best', 'last', 'periodic'])),
    validation: z.number().nullable(),
  }),
  z.object({ type: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({ type: z.literal('probe'), probe: probeSchema }),
  z.object({ type: z.literal('answer'), question: z.number().int(), answer: answerSchema }),
  z.object({ type: z.literal('measured'), measurement: benchMeasurementSchema }),
  /** Last message: after it the process exits with 0. */
  z.object({
    type: z.literal('end'),
    outcome: z.enum(['completed', 'stopped', 'paused', 'evaluated', 'probed', 'measured', 'predicted', 'exported']),
  }),
  /** Last message: after it the process exits with 1. */
  z.object({ type: z.literal('failed'), failure: failureSchema }),
]);
export type FromTrainer = z.infer<typeof fromTrainerSchema>;
