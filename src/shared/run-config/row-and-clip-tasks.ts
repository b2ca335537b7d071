import { z } from 'zod';

/**
 * Labelled examples that a dataset has split by example. The seed decides which training examples of each class are
 * taken (shared/tasks/split-subsets.ts): those of a smaller `perClass` are among those of a larger one. Validation and
 * test are the dataset's own splits, whole.
 */
const ofSplitExamples = {
  /** Name or id of a dataset in the library. */
  dataset: z.string().min(1).max(200),
  /** Training examples; 0: all that the dataset's train split has. */
  perClass: z.number().int().min(0).max(100_000),
};

/** Labelled rows of a table. */
export const tableTaskSchema = z.strictObject({ kind: z.literal('table-classes'), ...ofSplitExamples });

/** Labelled clips of sound. */
export const audioTaskSchema = z.strictObject({
  kind: z.literal('audio-classes'),
  ...ofSplitExamples,
  /** What a network is given of a clip: the logarithms of the energies of mel bands, or the samples themselves. */
  features: z.enum(['log-mel', 'waveform']),
  /** Mel bands; of no matter to `waveform`. */
  bands: z.number().int().min(8).max(128),
});

export type TableTaskConfig = z.infer<typeof tableTaskSchema>;
export type AudioTaskConfig = z.infer<typeof audioTaskSchema>;
