import { z } from 'zod';
import { labelModeSchema } from '../datasets/text.ts';
import { evaluationSchema, protocolSchema } from './run.ts';

/** What a classifier's stored predictions come to, as the core answers it. Labels are positions in a list of names. */

/** Predictions whose probability lies in (low, high], the first bin with its low end; null where there are none. */
export const calibrationBinSchema = z.object({
  low: z.number(),
  high: z.number(),
  count: z.number(),
  /** Mean probability. */
  confidence: z.number().nullable(),
  /** Share that was right. */
  accuracy: z.number().nullable(),
});
export type CalibrationBin = z.infer<typeof calibrationBinSchema>;

export const classMetricsSchema = z.object({
  label: z.number(),
  /** Examples that have the label. */
  support: z.number(),
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
  /** What most of its wrong examples were taken for; null where none was wrong, and with several labels at once. */
  mostlyTakenFor: z.object({ label: z.number(), count: z.number() }).nullable(),
});
export type ClassMetrics = z.infer<typeof classMetricsSchema>;

export const classificationReportSchema = z.object({
  examples: z.number(),
  /** With several labels at once: all labels of an example right ("exact match"). `low` to `high`: Wilson, 95 %. */
  accuracy: z.object({ value: z.number(), low: z.number(), high: z.number() }),
  macroF1: z.number(),
  weightedF1: z.number(),
  /** Over all decisions together; with exactly one label an example it is the accuracy. */
  microF1: z.number(),
  /** Matthews correlation, for more than two labels R_K; null with several labels at once. */
  mcc: z.number().nullable(),
  /** Area under the ROC curve of the second of two labels; null for other numbers of labels, or where one has no example. */
  auc: z.number().nullable(),
  /** Mean over examples, nats; with several labels at once also over labels. */
  logLoss: z.number(),
  calibration: z.object({
    /** Expected calibration error over the bins, in [0, 1]. */
    ece: z.number(),
    /** In [0, 1] for two labels and for several at once, in [0, 2] for more than two. */
    brier: z.number(),
    /** 15 of equal width over [0, 1]. */
    bins: z.array(calibrationBinSchema),
  }),
  /** In the order of the labels. */
  classes: z.array(classMetricsSchema),
  /** [truth][predicted], numbers of examples; null with several labels at once. */
  confusion: z.array(z.array(z.number())).nullable(),
});
export type ClassificationReport = z.infer<typeof classificationReportSchema>;

/** Which evaluation predictions belong to. */
export const evaluationFactsSchema = z.object({
  id: z.string(),
  kind: evaluationSchema.shape.kind,
  split: protocolSchema.shape.split,
  iteration: z.number(),
  createdAt: z.number(),
  dataset: protocolSchema.shape.dataset,
  examples: z.number(),
});
export type EvaluationFacts = z.infer<typeof evaluationFactsSchema>;

/** An evaluation by its id, or by its position in `available`; left out: the final one, else the best validation. */
export const askedEvaluationSchema = z.union([z.string().min(1).max(64), z.number().int().min(0)]).optional();

export const classificationSchema = z.object({
  evaluation: evaluationFactsSchema,
  /** Names. */
  labels: z.array(z.string()),
  labelMode: labelModeSchema,
  report: classificationReportSchema,
  /** Evaluations of the run that have predictions, oldest first. */
  available: z.array(evaluationFactsSchema),
});
export type Classification = z.infer<typeof classificationSchema>;

/**
 * `surest-wrong`: wrong ones first, the surest of them at the top, then right ones, the least sure first.
 * `least-sure`: by how sure the network was, right or wrong. `dataset`: as they stand in the dataset.
 */
export const exampleOrderSchema = z.enum(['surest-wrong', 'least-sure', 'dataset']);
export type ExampleOrder = z.infer<typeof exampleOrderSchema>;

/** Grey or RGB uint8 pixels, as a dataset stores them. */
export const storedImageSchema = z.object({
  width: z.number(),
  height: z.number(),
  channels: z.number(),
  pixels: z.instanceof(Uint8Array),
});

export const predictedExampleSchema = z.object({
  /** Position in the dataset. */
  position: z.number(),
  split: protocolSchema.shape.split,
  /** Cut at 2,000 characters; null for images, and where the dataset no longer has it. */
  text: z.string().nullable(),
  pair: z.string().nullable(),
  /** Null for texts, and where the dataset no longer has it. */
  image: storedImageSchema.nullable(),
  /** Of a table: cells as words, in the order of the answer's `columns`; null where one is missing. */
  row: z.array(z.string().nullable()).nullable(),
  /** Of a dataset of clips: its place there, by which its waveform is asked for, its file, and how long the file was. */
  clip: z.object({ index: z.number(), file: z.string(), seconds: z.number() }).nullable(),
  truth: z.array(z.number()),
  predicted: z.array(z.number()),
  /** In the order of the labels. */
  probabilities: z.array(z.number()),
});
export type PredictedExample = z.infer<typeof predictedExampleSchema>;

export const predictedExamplesSchema = z.object({
  /** How many examples fit the filter. */
  total: z.number(),
  examples: z.array(predictedExampleSchema),
  /** Names of a table's columns, the label's apart; null for others, and where the dataset is gone. */
  columns: z.array(z.string()).nullable(),
  /** Why what was predicted of is missing (the dataset was removed or changed), a sentence; null where none is. */
  missing: z.string().nullable(),
});
export type PredictedExamples = z.infer<typeof predictedExamplesSchema>;
