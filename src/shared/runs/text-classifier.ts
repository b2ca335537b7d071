import { z } from 'zod';
import { labelModeSchema } from '../datasets/text.ts';

/**
 * What a fine-tuned run needs beside its weights to say anything of a text: `text-classifier.json` in the run's folder,
 * written when its training starts, so that it predicts and is exported when its dataset has long been removed.
 */
export const textClassifierSchema = z.object({
  format: z.literal(1),
  /** In the order of the head's outputs. */
  labels: z.array(z.string()).min(1).readonly(),
  labelMode: labelModeSchema,
  /** The vocabulary that was made of the training texts; null for an encoder that came with its own tokenizer. */
  vocabTxt: z.string().nullable(),
});
export type TextClassifierFacts = z.infer<typeof textClassifierSchema>;
