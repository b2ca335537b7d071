import { expect, test } from 'vitest';
import {
  classified,
  type ExamplePredictions,
  examplePredictionsSchema,
} from '../../../src/shared/runs/example-predictions.ts';

const sound: ExamplePredictions = {
  labels: ['ham', 'spam'],
  labelMode: 'single',
  examples: Int32Array.of(3, 8),
  truth: Uint8Array.of(1, 0, 0, 1),
  probabilities: Float32Array.of(0.5, 0.5, 0.25, 0.75),
};

test('predictions are given to the metrics as lists of labels', () => {
  expect(classified(examplePredictionsSchema.parse(sound)).truth).toEqual([[0], [1]]);
  const several = { ...sound, labelMode: 'multi' as const, truth: Uint8Array.of(1, 1, 0, 0) };
  expect(classified(examplePredictionsSchema.parse(several)).truth).toEqual([[0, 1], []]);
});

test.each([
  ['other numbers of truths', { truth: Uint8Array.of(1, 0) }, '2 examples of 2 labels have 2 truths'],
  ['other numbers of probabilities', { probabilities: Float32Array.of(1) }, 'and 1 probabilities'],
  ['no examples', { examples: new Int32Array(0) }, 'predictions of no example'],
  ['a truth that is no truth', { truth: Uint8Array.of(1, 0, 0, 2) }, 'neither 0 nor 1'],
  ['two labels where there is one', { truth: Uint8Array.of(1, 1, 0, 1) }, 'exactly one label'],
  ['what is no probability', { probabilities: Float32Array.of(0.5, Number.NaN, 0, 1) }, 'outside of 0 to 1'],
  ['a list in the place of numbers', { examples: [3, 8] }, 'Int32Array'],
])('refused are %s', (_, change, words) => {
  const parsed = examplePredictionsSchema.safeParse({ ...sound, ...change });
  expect(parsed.error?.message).toContain(words);
});
