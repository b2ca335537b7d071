import { z } from 'zod';
import { splitSchema } from '../runs/run.ts';
import { textSplitPlanSchema } from './text.ts';

/**
 * A dataset in the library. Images are stored once, resized, as uint8 in `pixels.u8` of the dataset's folder:
 * [examples, height, width, channels], the examples of a class side by side. Splits live in the store, by version:
 * a changed split is a new version, and runs keep the version they used. Texts: see text.ts; rows of tables: table.ts;
 * clips of sound: audio.ts.
 */

/**
 * Datasets that are split by example and not by class, each example with its label (of texts, labels): their versions
 * and splits are of one shape.
 */
export const exampleKinds = ['text-classes', 'table-classes', 'audio-classes'] as const;
export type ExampleKind = (typeof exampleKinds)[number];

export const pixelLayoutSchema = z.object({
  width: z.number(),
  height: z.number(),
  channels: z.number(),
  /** `ink-dark`: drawings, dark on light; the pipeline inverts them so that ink is 1. `photo`: taken as they are, / 255. */
  polarity: z.enum(['ink-dark', 'photo']),
});
export type PixelLayout = z.infer<typeof pixelLayoutSchema>;

export const datasetClassSchema = z.object({
  /** Position in the dataset's class list. */
  index: z.number(),
  name: z.string(),
  /** The alphabet, or other parent folder; classes without one share ''. */
  group: z.string(),
  firstExample: z.number(),
  examples: z.number(),
  split: splitSchema,
});
export type DatasetClass = z.infer<typeof datasetClassSchema>;

/** `manifest.json` beside `pixels.u8`. */
export const datasetManifestSchema = z.object({
  format: z.literal(1),
  layout: pixelLayoutSchema,
  classes: z.array(datasetClassSchema.omit({ split: true })),
  examples: z.number(),
  /** SHA-256 over pixels.u8, hexadecimal. */
  sha256: z.string(),
});
export type DatasetManifest = z.infer<typeof datasetManifestSchema>;

const splitCountSchema = z.object({ classes: z.number(), examples: z.number() });

export const datasetSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['image-classes', ...exampleKinds, 'generated']),
  origin: z.enum(['built-in', 'imported']),
  /** What was imported, in words: "images_background_small1.zip, Omniglot layout". */
  source: z.string(),
  version: z.number(),
  sha256: z.string(),
  bytes: z.number(),
  /** Labels, of a dataset that is split by example. */
  classes: z.number(),
  examples: z.number(),
  /** null for datasets without images. */
  layout: pixelLayoutSchema.nullable(),
  splits: z.object({
    train: splitCountSchema,
    validation: splitCountSchema,
    test: splitCountSchema,
    unused: splitCountSchema,
  }),
  createdAt: z.number(),
  verifiedAt: z.number().nullable(),
  usedByRuns: z.number(),
  state: z.enum(['ready', 'changed-on-disk', 'unreadable']),
});
export type DatasetSummary = z.infer<typeof datasetSummarySchema>;

/** What an import found, shown while it runs and when it ends. */
export const importJobSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** What the source was taken for. */
  kind: z.enum(['image-classes', ...exampleKinds]),
  source: z.string(),
  stage: z.enum(['scanning', 'checking', 'converting', 'splitting', 'done', 'failed', 'cancelled']),
  /** Files; of a table, bytes while it is checked and examples while it is converted. */
  done: z.number(),
  total: z.number(),
  startedAt: z.number(),
  etaMs: z.number().nullable(),
  classes: z.number().nullable(),
  examples: z.number().nullable(),
  /** Files left out, each with its reason; at most 200 are listed. */
  leftOut: z.array(z.object({ file: z.string(), reason: z.string() })),
  leftOutTotal: z.number(),
  duplicates: z.number(),
  /** What else a person should know of the dataset, in sentences. */
  warnings: z.array(z.string()),
  datasetId: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type ImportJob = z.infer<typeof importJobSchema>;

/** How an import or a new version divides the classes. */
export const splitPlanSchema = z.discriminatedUnion('kind', [
  /** Whole groups (alphabets) or single classes drawn by seed; fractions of the classes, the rest is test. */
  z.object({
    kind: z.literal('drawn'),
    by: z.enum(['group', 'class']),
    train: z.number().min(0).max(1),
    validation: z.number().min(0).max(1),
    seed: z.number().int().min(0),
  }),
  /** Each group or class name assigned; what is not named goes to `rest`. */
  z.object({
    kind: z.literal('assigned'),
    by: z.enum(['group', 'class']),
    assign: z.record(z.string(), splitSchema),
    rest: splitSchema,
  }),
]);
export type SplitPlan = z.infer<typeof splitPlanSchema>;

/** How an import or a new version divides a dataset of any kind: classes of images, examples of the others. */
export const anySplitPlanSchema = z.union([splitPlanSchema, textSplitPlanSchema]);
export type AnySplitPlan = z.infer<typeof anySplitPlanSchema>;

export const defaultSplitPlan: SplitPlan = { kind: 'drawn', by: 'class', train: 0.64, validation: 0.16, seed: 1 };
