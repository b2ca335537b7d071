import type { LabelMode } from '../../../shared/datasets/text.ts';
import { areSameLabels, predictedLabels } from '../../../shared/runs/classification.ts';
import type { ExampleOrder } from '../../../shared/runs/classification-report.ts';
import { type ExamplePredictions, truthOfRow } from '../../../shared/runs/example-predictions.ts';

/** One example with what is true of it and what was said. */
export interface JudgedExample {
  /** Position in the dataset. */
  readonly position: number;
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
  readonly probabilities: readonly number[];
  readonly isRight: boolean;
}

/** In the order in which they were predicted. */
export function judgedExamples(predictions: ExamplePredictions): JudgedExample[] {
  const { labels, labelMode, examples, probabilities } = predictions;
  return Array.from(examples, (position, row) => {
    const own = [...probabilities.subarray(row * labels.length, (row + 1) * labels.length)];
    const truth = truthOfRow(predictions, row);
    const predicted = predictedLabels(own, labelMode);
    return { position, truth, predicted, probabilities: own, isRight: areSameLabels(truth, predicted) };
  });
}

export interface ExampleChoice {
  readonly truth?: number | undefined;
  readonly predicted?: number | undefined;
  readonly wrongOnly: boolean;
  readonly order: ExampleOrder;
}

/** The examples that fit, in the asked order; equal ones stay in the order of the dataset. */
export function chooseExamples(
  judged: readonly JudgedExample[],
  labelMode: LabelMode,
  { truth, predicted, wrongOnly, order }: ExampleChoice,
): JudgedExample[] {
  const fitting = judged.filter(
    (example) =>
      (truth === undefined || example.truth.includes(truth)) &&
      (predicted === undefined || example.predicted.includes(predicted)) &&
      !(wrongOnly && example.isRight),
  );
  const keys = new Map(fitting.map((example) => [example, sortKey(example, labelMode, order)]));
  return fitting.sort((a, b) => keys.get(a)! - keys.get(b)! || a.position - b.position);
}

/** Small ones come first. Wrong examples have keys below 0, right ones above, where the order puts wrong ones first. */
function sortKey(example: JudgedExample, labelMode: LabelMode, order: ExampleOrder): number {
  if (order === 'dataset') return 0;
  if (order === 'least-sure' || example.isRight) return surenessOf(example, labelMode);
  return -surenessOfMistake(example, labelMode);
}

const decided = (probability: number): number => Math.max(probability, 1 - probability);

/** Probability of the predicted label; with several labels at once, of the least sure of the decisions. */
const surenessOf = ({ probabilities }: JudgedExample, labelMode: LabelMode): number =>
  labelMode === 'single' ? Math.max(...probabilities) : Math.min(...probabilities.map(decided));

/** The same of a wrong example; with several labels at once, of the surest of the wrong decisions. */
const surenessOfMistake = (example: JudgedExample, labelMode: LabelMode): number =>
  labelMode === 'single'
    ? surenessOf(example, labelMode)
    : Math.max(
        ...example.probabilities.map((p, label) =>
          example.truth.includes(label) === example.predicted.includes(label) ? 0 : decided(p),
        ),
      );
