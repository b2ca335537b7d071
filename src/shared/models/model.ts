import { z } from 'zod';
import { audioLayoutSchema } from '../datasets/audio.ts';
import { pixelLayoutSchema } from '../datasets/dataset.ts';
import { tableColumnSchema } from '../datasets/table.ts';
import { modelName } from '../run-config/model-facts.ts';
import { audioTaskSchema } from '../run-config/row-and-clip-tasks.ts';
import { cnn1dModelSchema, conv4ModelSchema, mlpModelSchema, resnet12ModelSchema } from '../run-config/schema.ts';

/**
 * A model in the library: an encoder in a Hugging Face folder, or one of the engine's own networks; copied in
 * (`imported`), or made by a run (`produced`). Its weights never change.
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
const encoderShapeSchema = z.object({
  kind: z.literal('encoder'),
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
export type EncoderShape = z.infer<typeof encoderShapeSchema>;

/** The engine's own networks. */
export const networkConfigSchema = z.discriminatedUnion('kind', [
  mlpModelSchema,
  conv4ModelSchema,
  resnet12ModelSchema,
  cnn1dModelSchema,
]);

/** What a network of rows or clips was given: the columns, or how a clip was heard. */
export const networkExamplesSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('table-classes'), columns: z.array(tableColumnSchema) }),
  z.object({
    kind: z.literal('audio-classes'),
    layout: audioLayoutSchema,
    features: audioTaskSchema.shape.features,
    bands: z.number(),
  }),
]);
export type NetworkExamples = z.infer<typeof networkExamplesSchema>;

/** What config.json of one of the engine's own networks says (network.ts), and the header of its model.safetensors. */
const networkShapeSchema = z.object({
  kind: z.literal('network'),
  network: networkConfigSchema,
  /** null for a network of rows or clips. */
  image: pixelLayoutSchema.nullable(),
  /** Of a network of rows or clips. */
  examples: networkExamplesSchema.optional(),
  /** Kind of the algorithm that it was learned by. */
  learnedBy: z.string(),
  parameters: z.number(),
  precision: z.string(),
  /** Classes that its head tells apart; null for a network without one. */
  classes: z.number().nullable(),
  /** Their names; null where they were others in every task. */
  labels: z.array(z.string()).nullable(),
});
export type NetworkShape = z.infer<typeof networkShapeSchema>;

export const modelShapeSchema = z.discriminatedUnion('kind', [encoderShapeSchema, networkShapeSchema]);
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

const modelFactsSchema = z.object({
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
/** "BERT", "Conv4-64". */
export const modelLabel = (model: ModelShape): string =>
  model.kind === 'encoder' ? familyLabel(model.family) : modelName(model.network);

export const modelSummarySchema = z.intersection(modelFactsSchema, modelShapeSchema);
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
