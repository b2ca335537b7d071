import { z } from 'zod';

/**
 * A pretrained or fine-tuned model in the library: a Hugging Face folder that was copied in (`imported`), or one that a
 * run made (`produced`). Its weights never change.
 */

/** `model_type` of config.json -> the name that people know. */
const familyLabels: Readonly<Record<string, string>> = {
  bert: 'BERT',
  distilbert: 'DistilBERT',
  roberta: 'RoBERTa',
  'xlm-roberta': 'XLM-RoBERTa',
  camembert: 'CamemBERT',
};

export const familyLabel = (family: string): string => familyLabels[family] ?? family;

/** What config.json, the header of model.safetensors and the tokenizer say of a model. */
export const modelShapeSchema = z.object({
  /** `model_type` of config.json. */
  family: z.string(),
  /** As config.json names it: `BertModel`, `BertForSequenceClassification`. */
  architecture: z.string(),
  layers: z.number(),
  hidden: z.number(),
  heads: z.number(),
  /** Rows of the word embedding, and tokens that its tokenizer knows. */
  vocabulary: z.number(),
  tokens: z.number(),
  /** Longest text in tokens. */
  maxLength: z.number(),
  parameters: z.number(),
  /** Element type of most of the weights: `F32`, `F16`, `BF16`. */
  precision: z.string(),
  tokenizer: z.enum(['tokenizer.json', 'vocab.txt']),
  /** Names of the classes that its head tells apart; null for a model without a classification head. */
  labels: z.array(z.string()).nullable(),
});
export type ModelShape = z.infer<typeof modelShapeSchema>;

/** Which checkpoint of which run a model was made from, and the model that the run began with. */
export const modelLineageSchema = z.object({
  runId: z.string(),
  runNumber: z.number(),
  runName: z.string(),
  iteration: z.number(),
  base: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type ModelLineage = z.infer<typeof modelLineageSchema>;

export const modelSummarySchema = modelShapeSchema.extend({
  id: z.string(),
  name: z.string(),
  origin: z.enum(['imported', 'produced']),
  /** What it came from, in words: the name of the folder, or of the run. */
  source: z.string(),
  /** SHA-256 of model.safetensors, hexadecimal. */
  sha256: z.string(),
  /** Of all its files together. */
  bytes: z.number(),
  createdAt: z.number(),
  lineage: modelLineageSchema.nullable(),
  usedByRuns: z.number(),
  state: z.enum(['ready', 'changed-on-disk', 'unreadable']),
});
export type ModelSummary = z.infer<typeof modelSummarySchema>;

/** An import as it goes on. */
export const modelImportSchema = z.object({
  /** The id that the model will have. */
  id: z.string(),
  name: z.string(),
  stage: z.enum(['checking', 'copying', 'done', 'failed', 'cancelled']),
  /** Bytes copied, of so many. */
  done: z.number(),
  total: z.number(),
});
export type ModelImport = z.infer<typeof modelImportSchema>;
