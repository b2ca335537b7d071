import { z } from 'zod';
import { labelModeSchema } from '../datasets/text.ts';
import type { ClassifiedExamples } from './classification.ts';

/**
 * What a classifier said of n examples of a dataset, with the truth, so that it says all by itself when the dataset is
 * changed or gone. The sizes are checked wherever it comes from another process or from the disk.
 */
export const examplePredictionsSchema = z
  .object({
    /** Names of the labels. */
    labels: z.array(z.string()).min(1).readonly(),
    labelMode: labelModeSchema,
    /** Positions in the dataset, [n]. */
    examples: z.instanceof(Int32Array),
    /** [n, labels], row-major: 1 where an example has the label, else 0. */
    truth: z.instanceof(Uint8Array),
    /** [n, labels], row-major. */
    probabilities: z.instanceof(Float32Array),
  })
  .superRefine(({ labels, labelMode, examples, truth, probabilities }, context) => {
    const wrong = (message: string): void => context.addIssue({ code: 'custom', message });
    const cells = examples.length * labels.length;
    if (examples.length === 0) wrong('There are predictions of no example.');
    if (truth.length !== cells || probabilities.length !== cells) {
      wrong(
        `${examples.length} examples of ${labels.length} labels have ${truth.length} truths and ${probabilities.length} probabilities.`,
      );
      return;
    }
    if (!truth.every((has) => has <= 1)) wrong('A truth is neither 0 nor 1.');
    if (!probabilities.every((p) => p >= 0 && p <= 1.0001)) wrong('A probability lies outside of 0 to 1.');
    if (labelMode === 'single' && !examples.every((_, row) => labelsOfRow(truth, labels.length, row).length === 1)) {
      wrong('An example has not exactly one label.');
    }
  });
export type ExamplePredictions = z.infer<typeof examplePredictionsSchema>;

/** The labels that an example has, in their order. */
export const truthOfRow = ({ labels, truth }: ExamplePredictions, row: number): number[] =>
  labelsOfRow(truth, labels.length, row);

function labelsOfRow(truth: Uint8Array, labels: number, row: number): number[] {
  const found: number[] = [];
  for (let label = 0; label < labels; label++) if (truth[row * labels + label] === 1) found.push(label);
  return found;
}

/** As the metrics take them. */
export const classified = (predictions: ExamplePredictions): ClassifiedExamples => ({
  labels: predictions.labels,
  labelMode: predictions.labelMode,
  truth: Array.from(predictions.examples, (_, row) => truthOfRow(predictions, row)),
  probabilities: predictions.probabilities,
});
