import type { RunConfig } from '../../../../shared/run-config/schema.ts';
import type {
  Classification,
  ClassificationReport,
  EvaluationFacts,
  PredictedExample,
} from '../../../../shared/runs/classification-report.ts';
import { count, fixed, percentNumber, plural } from '../../../app/format.ts';
import { exampleWord, placeInTraining } from '../epochs.ts';

/** How the panels of a classifier's evaluation speak. */

export const examples = (value: number, config: RunConfig): string => plural(value, exampleWord(config));

/** "93.4 ± 1.1 %", or with its ends where Wilson's interval is not even: "99.6 % (98.2 to 99.9)". */
export function accuracyText({ value, low, high }: ClassificationReport['accuracy']): string {
  const [below, above] = [percentNumber(value - low), percentNumber(high - value)];
  return below === above
    ? `${percentNumber(value)} ± ${above} %`
    : `${percentNumber(value)} % (${percentNumber(low)} to ${percentNumber(high)})`;
}

/** Percent without its sign, as columns have it: "95.8". */
export const share = (value: number | null): string => percentNumber(value);

/** "test, epoch 3" */
export const evaluationWords = ({ split, iteration }: EvaluationFacts, config: RunConfig): string =>
  `${split}, ${placeInTraining(config, iteration)}`;

/** Everything that the numbers depend on. */
export function evaluationSentence(facts: EvaluationFacts, config: RunConfig): string {
  const data = facts.dataset;
  const where = data ? `; ${data.name} v${data.version}, ${data.digest.slice(0, 8)}` : '';
  const weights =
    facts.kind === 'untrained' ? 'before training' : `weights of ${placeInTraining(config, facts.iteration)}`;
  return `All ${examples(facts.examples, config)} of the ${facts.split} split, ${weights}${where}.`;
}

/** How many examples were not wholly right. */
export const mistakes = ({ report }: Pick<Classification, 'report'>): number =>
  Math.round(report.examples * (1 - report.accuracy.value));

export const probabilityText = (value: number): string => fixed(value, 2);

/** One label of an example, and what it is to the prediction. */
export interface LabelMark {
  readonly label: number;
  readonly probability: number;
  /** `wrong`: said, and not so. `missed`: so, and not said. `right`: both. */
  readonly look: 'wrong' | 'missed' | 'right';
}

/** What is worth saying of an example: what it was taken for and what it is; of a right one, what it is. */
export function labelMarks({ truth, predicted, probabilities }: PredictedExample): readonly LabelMark[] {
  const mark = (look: LabelMark['look']) => (label: number) => ({
    label,
    look,
    probability: probabilities[label] ?? 0,
  });
  const wrong = predicted.filter((label) => !truth.includes(label)).map(mark('wrong'));
  const missed = truth.filter((label) => !predicted.includes(label)).map(mark('missed'));
  return wrong.length + missed.length > 0 ? [...wrong, ...missed] : truth.map(mark('right'));
}

/** Which examples are listed; null: any. */
export interface ExampleFilter {
  readonly truth: number | null;
  readonly predicted: number | null;
  readonly which: 'wrong' | 'all';
}

export const allMistakes: ExampleFilter = { truth: null, predicted: null, which: 'wrong' };

/** "love taken for joy", "Mistakes", "All taken for joy". */
export function filterWords({ truth, predicted, which }: ExampleFilter, labels: readonly string[]): string {
  const name = (label: number): string => labels[label] ?? count(label);
  if (truth !== null && predicted !== null) {
    return truth === predicted ? `${name(truth)}, recognised` : `${name(truth)} taken for ${name(predicted)}`;
  }
  if (truth !== null) return which === 'wrong' ? `${name(truth)} taken for another` : `All that are ${name(truth)}`;
  if (predicted !== null) {
    return which === 'wrong' ? `Others taken for ${name(predicted)}` : `All taken for ${name(predicted)}`;
  }
  return which === 'wrong' ? 'Mistakes' : 'All predictions';
}
