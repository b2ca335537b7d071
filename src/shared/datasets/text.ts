import { z } from 'zod';
import { encodingFactsSchema, textEncodingChoiceSchema } from './text-encoding.ts';

/**
 * A dataset of labelled texts. In the dataset's folder, all of it written once:
 *
 * - `examples.jsonl`: one JSON object a line, `{"text", "pair"?, "labels"}`; `labels` are positions in the label list,
 *   exactly one where `labelMode` is `single`. Its SHA-256 is the dataset's digest.
 * - `splits-v<version>.u8`: one byte an example, a position in `splitCodes`. A changed split is a new file.
 * - `manifest.json`: see `textManifestSchema`.
 */

/** The split of each code in `splits-v<version>.u8`. */
export const splitCodes = ['train', 'validation', 'test', 'unused'] as const;

export const labelModeSchema = z.enum(['single', 'multi']);
export type LabelMode = z.infer<typeof labelModeSchema>;

export const textExampleSchema = z.object({
  text: z.string(),
  /** The second text of a pair (premise and hypothesis, question and answer). */
  pair: z.string().optional(),
  labels: z.array(z.number().int().min(0)),
});
export type TextExample = z.infer<typeof textExampleSchema>;

/** Which column of the source gave what; null where there was none. */
export const textColumnsSchema = z.object({
  text: z.string(),
  pair: z.string().nullable(),
  label: z.string(),
  /** Given splits; null where they were drawn. */
  split: z.string().nullable(),
});
export type TextColumns = z.infer<typeof textColumnsSchema>;

/** `manifest.json` beside `examples.jsonl`. */
export const textManifestSchema = z.object({
  format: z.literal(1),
  kind: z.literal('text-classes'),
  labels: z.array(z.string()),
  labelMode: labelModeSchema,
  columns: textColumnsSchema,
  examples: z.number(),
  /** SHA-256 over examples.jsonl, hexadecimal. */
  sha256: z.string(),
});
export type TextManifest = z.infer<typeof textManifestSchema>;

/** How many texts are how long: `counts[i]` of them lie in [edges[i], edges[i + 1]); the last bin has its end too. */
export const lengthHistogramSchema = z.object({
  edges: z.array(z.number()),
  counts: z.array(z.number()),
  least: z.number(),
  median: z.number(),
  mean: z.number(),
  /** 95 of 100 texts are at most so long. */
  p95: z.number(),
  most: z.number(),
});
export type LengthHistogram = z.infer<typeof lengthHistogramSchema>;

/** Lengths of text and pair together. */
export const textLengthsSchema = z.object({ characters: lengthHistogramSchema, words: lengthHistogramSchema });
export type TextLengths = z.infer<typeof textLengthsSchema>;

/** Facts of the examples, which no version changes. */
export const textFactsSchema = z.object({
  labels: z.array(z.string()),
  labelMode: labelModeSchema,
  columns: textColumnsSchema,
  lengths: textLengthsSchema,
  /** Examples whose text (and pair) an earlier example has already; they are kept. */
  duplicates: z.number(),
  /** Examples whose text an earlier example has with other labels. */
  contradictions: z.number(),
  /** Unknown of datasets that an older version imported, all of them UTF-8. */
  encoding: encodingFactsSchema.optional(),
});
export type TextFacts = z.infer<typeof textFactsSchema>;

/** Examples of a label in each split; with multi-label examples the sums are larger than the number of examples. */
export const labelCountsSchema = z.object({
  label: z.string(),
  train: z.number(),
  validation: z.number(),
  test: z.number(),
  unused: z.number(),
});
export type LabelCounts = z.infer<typeof labelCountsSchema>;

/** Facts of one version of the splits. */
export const textVersionSchema = z.object({
  /** SHA-256 over splits-v<version>.u8, hexadecimal. */
  sha256: z.string(),
  labelCounts: z.array(labelCountsSchema),
  /** Different texts that stand in more than one of train, validation and test: a test on them is no test. */
  shared: z.number(),
  /** How the splits came about, in words. */
  origin: z.string(),
});
export type TextVersion = z.infer<typeof textVersionSchema>;

/** All that is known of a text dataset at its newest version, the texts apart. */
export const textDetailSchema = textFactsSchema.extend({ version: textVersionSchema });
export type TextDetail = z.infer<typeof textDetailSchema>;

/** How an import or a new version divides the examples. */
export const textSplitPlanSchema = z.discriminatedUnion('kind', [
  /** Drawn by seed so that each split has each label's share; equal texts stay together. The rest is test. */
  z.object({
    kind: z.literal('stratified'),
    train: z.number().min(0).max(1),
    validation: z.number().min(0).max(1),
    seed: z.number().int().min(0),
  }),
  /** By a column of the source. Where it names no validation, this fraction of the training examples is drawn for it. */
  z.object({
    kind: z.literal('given'),
    column: z.string().min(1).max(1000),
    validation: z.number().min(0).max(0.9),
    seed: z.number().int().min(0),
  }),
]);
export type TextSplitPlan = z.infer<typeof textSplitPlanSchema>;

export const defaultTextSplitPlan: Extract<TextSplitPlan, { kind: 'stratified' }> = {
  kind: 'stratified',
  train: 0.8,
  validation: 0.1,
  seed: 1,
};

const column = z.string().min(1).max(1000).nullable();

/** How to read a table of texts; null is for the core to find out. */
export const textImportSchema = z.object({
  text: column,
  pair: column,
  label: column,
  /** Between the labels of a multi-label cell; null where a cell is one label. */
  separator: z.string().min(1).max(10).nullable(),
  /** Whether the first line of CSV and TSV names the columns; else they are "column 1", "column 2" ... */
  header: z.enum(['yes', 'no']),
  encoding: textEncodingChoiceSchema,
});
export type TextImport = z.infer<typeof textImportSchema>;

export const defaultTextImport: TextImport = {
  ...{ text: null, pair: null, label: null, separator: null },
  ...{ header: 'yes', encoding: 'auto' },
};

/** What the beginning of a source holds, before anything is imported. */
export const textPreviewSchema = z.object({
  format: z.enum(['csv', 'tsv', 'jsonl', 'text-folders']),
  columns: z.array(
    z.object({
      name: z.string(),
      /** Different values among the rows that were read, counted up to 1,000. */
      distinct: z.number(),
      meanCharacters: z.number(),
    }),
  ),
  /** The first rows as they stand, cells cut at 300 characters. */
  rows: z.array(z.array(z.string())),
  rowsRead: z.number(),
  /** What the rows that were read were taken for. */
  encoding: encodingFactsSchema,
  /** `no`: only the beginning of a large source was read. */
  complete: z.enum(['yes', 'no']),
  /** What an import with these choices would read. */
  chosen: textImportSchema.extend({ splitColumn: column }),
  labels: z.array(z.object({ label: z.string(), examples: z.number() })),
  /** Labels in all; `labels` has the 50 most frequent. */
  labelsTotal: z.number(),
  lengths: textLengthsSchema.nullable(),
  /** Why an import with these choices would fail, as far as the rows that were read show; null where they do not. */
  problem: z.string().nullable(),
});
export type TextPreview = z.infer<typeof textPreviewSchema>;

/** One example as a page of them shows it. */
export const shownTextSchema = z.object({
  index: z.number(),
  /** Cut at 2,000 characters; `characters` says how long text and pair are. */
  text: z.string(),
  pair: z.string().nullable(),
  characters: z.number(),
  labels: z.array(z.number()),
  split: z.enum(splitCodes),
});
export type ShownText = z.infer<typeof shownTextSchema>;
