import { z } from 'zod';
import { longestClipSeconds } from '../datasets/audio.ts';
import { labelModeSchema } from '../datasets/text.ts';

/** One new text, or a pair of them; a run that learned pairs needs both. */
export const askedTextSchema = z.object({
  text: z.string().max(1_000_000),
  pair: z.string().max(1_000_000).optional(),
});
export type AskedText = z.infer<typeof askedTextSchema>;

/** Which text has nothing in it but white space; null where every one has something. */
export function emptyTextProblem(texts: readonly AskedText[]): string | null {
  const place = texts.findIndex(({ text }) => text.trim() === '');
  if (place < 0) return null;
  const which = texts.length === 1 ? 'The text' : `Text ${place + 1} of ${texts.length}`;
  return `${which} is empty: there is nothing to classify.`;
}

/** How long the model of a run stays loaded for further questions when nobody asks one. */
export const keptWarmMs = 60_000;

/** Bytes of a file. */
export const largestImageFile = 32_000_000;
export const mostAskedImages = 200;

/** A PNG or JPEG file. */
export const askedImageSchema = z.object({
  /** For messages: the file's name. */
  name: z.string().min(1).max(1000),
  bytes: z
    .instanceof(Uint8Array)
    .refine((bytes) => bytes.byteLength <= largestImageFile, 'An image file is over 32 MB.'),
});
export type AskedImage = z.infer<typeof askedImageSchema>;

/** Cells by the names of their columns. Numbers may be words; null, "" and what is left out are missing values. */
export const askedRowSchema = z.record(z.string().max(1000), z.union([z.string().max(10_000), z.number(), z.null()]));
export type AskedRow = z.infer<typeof askedRowSchema>;

export const mostAskedRows = 10_000;

/** Bytes of a file: a minute of 32 bits in two channels at 48,000 a second, and its header. */
export const largestClipFile = 24_000_000;
export const mostAskedClips = 100;
/** Longer clips are refused; those that are longer than the dataset's are cut as the dataset's were. */
export const longestAskedSeconds = longestClipSeconds;

/** A WAV file. */
export const askedClipSchema = z.object({
  /** For messages: the file's name. */
  name: z.string().min(1).max(1000),
  bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= largestClipFile, 'A WAV file is over 24 MB.'),
});
export type AskedClip = z.infer<typeof askedClipSchema>;

/** What a fine-tuned run says of new texts, images, rows or clips. */
export const predictionsSchema = z.object({
  labels: z.array(z.string()),
  labelMode: labelModeSchema,
  iteration: z.number(),
  /** Tokens that a text is cut to; null for everything else. */
  maxLength: z.number().nullable(),
  /** What computing took, without loading the model. */
  computeMs: z.number(),
  /** In the order of what was asked. */
  predictions: z.array(
    z.object({
      /** The most probable label; of several labels at once, all of at least one half. */
      labels: z.array(z.string()),
      /** In the order of `labels` above; they add up to 1 where a text has exactly one label. */
      probabilities: z.array(z.number()),
      /** Of a text after cutting, special ones included; null for everything else. */
      tokens: z.number().nullable(),
    }),
  ),
});
export type Predictions = z.infer<typeof predictionsSchema>;

/** What probabilities come to, by how many labels a text has. */
export function chosenLabels(
  probabilities: readonly number[],
  labels: readonly string[],
  mode: Predictions['labelMode'],
): string[] {
  if (mode === 'multi') return labels.filter((_, index) => (probabilities[index] ?? 0) >= 0.5);
  const best = probabilities.reduce((most, value, index) => (value > (probabilities[most] ?? 0) ? index : most), 0);
  return labels.slice(best, best + 1);
}

/** What is said of rows; `notes` say what counts as missing, a sentence each. */
export const rowPredictionsSchema = predictionsSchema.extend({ notes: z.array(z.string()) });
export type RowPredictions = z.infer<typeof rowPredictionsSchema>;

/** A clip as the network was given it: at the dataset's rate and of its length. */
export const heardClipSchema = z.object({
  rate: z.number(),
  samples: z.instanceof(Int16Array),
  /** Of the file, before it was cut or filled up. */
  seconds: z.number(),
});
export type HeardClip = z.infer<typeof heardClipSchema>;

/** What is said of clips; `notes` say which were cut, filled up or brought to another rate. */
export const clipPredictionsSchema = predictionsSchema.extend({
  heard: z.array(heardClipSchema),
  notes: z.array(z.string()),
});
export type ClipPredictions = z.infer<typeof clipPredictionsSchema>;
