import { z } from 'zod';

/** What a run can be written out as, each into a folder of its own. */
export const exportFormats = [
  'csv',
  'json',
  'tensorboard',
  'predictions',
  'safetensors',
  'huggingface',
  'tfjs',
] as const;
export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** One sentence each: what the folder will hold. */
export const exportFormatWords: Readonly<Record<ExportFormat, string>> = {
  csv: 'every stored point of every metric, as a table',
  json: 'the run with its config, evaluations and every stored point',
  tensorboard: 'every stored point as an event file of TensorBoard',
  predictions: 'of a fine-tuned run, what it said of each example, as a table with the texts that are still there',
  safetensors: 'the parameters of the best checkpoint, without the optimiser',
  huggingface: 'a fine-tuned text model as a folder that transformers loads',
  tfjs: 'the best checkpoint as a graph model that TensorFlow.js loads, in Node or a browser',
};

export const exportResultSchema = z.object({
  folder: z.string(),
  /** Names below the folder. */
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
});
export type ExportResult = z.infer<typeof exportResultSchema>;
