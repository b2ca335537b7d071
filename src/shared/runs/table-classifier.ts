import { z } from 'zod';
import { tableColumnSchema } from '../datasets/table.ts';

/**
 * How a run makes a network's inputs of a row (shared/tables/table-inputs.ts): `table-classifier.json` in the run's
 * folder, written when its training starts, so that it predicts when its dataset has long been removed.
 */
export const tableClassifierSchema = z.object({
  format: z.literal(1),
  /** In the order of the head's outputs. */
  labels: z.array(z.string()).min(1),
  columns: z.array(tableColumnSchema),
  /** For each column that is a number: mean and standard deviation of the run's training rows; null for categories. */
  scales: z.array(z.object({ mean: z.number(), deviation: z.number() }).nullable()),
});
export type TableClassifierFacts = z.infer<typeof tableClassifierSchema>;
