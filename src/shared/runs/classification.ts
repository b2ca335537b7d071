import type { LabelMode } from '../datasets/text.ts';
import { areaUnderRoc } from '../statistics/area-under-roc.ts';
import { calibrationOf } from '../statistics/calibration.ts';
import { wilsonInterval } from '../statistics/intervals.ts';
import type { ClassificationReport, ClassMetrics } from './classification-report.ts';
import type { ClassificationSummary } from './run.ts';

/** n examples with what is true of each and what a classifier says of it. */
export interface ClassifiedExamples {
  /** Names of the labels. */
  readonly labels: readonly string[];
  readonly labelMode: LabelMode;
  /** Labels of each example; exactly one where the mode is `single`. */
  readonly truth: readonly (readonly number[])[];
  /** [n, labels], row-major. */
  readonly probabilities: Float32Array;
}

/** What is counted of one label, as in a search for it. */
interface LabelCount {
  /** Examples that have it. */
  readonly support: number;
  /** Examples that were taken for it. */
  readonly predicted: number;
  /** Examples of which both is true. */
  readonly hits: number;
}

/**
 * Metrics of a classifier on n >= 1 examples, as scikit-learn defines them with `zero_division=0`: precision of a label
 * that nothing was taken for, recall of one that no example has, and F1 of one with neither are 0; macro F1 is the mean
 * over all labels, those without examples too. MCC is 0 where all examples have one label or are taken for one.
 */
export function classificationReport(examples: ClassifiedExamples): ClassificationReport {
  const { labels, labelMode, truth, probabilities } = examples;
  const n = truth.length;
  if (n === 0) throw new RangeError('A report needs at least one example.');
  if (probabilities.length !== n * labels.length) {
    throw new RangeError(`${n} examples of ${labels.length} labels need ${n * labels.length} probabilities.`);
  }
  const single = labelMode === 'single';
  const predicted = predictionsOf(examples);
  const right = truth.filter((own, i) => areSameLabels(own, predicted[i]!)).length;
  const confusion = single ? confusionOf(truth, predicted, labels.length) : null;
  const counts = countLabels(truth, predicted, labels.length);
  const classes = counts.map((count, label) => classMetrics(label, count, confusion?.[label] ?? null));
  return {
    examples: n,
    accuracy: { value: right / n, ...wilsonInterval(right, n) },
    macroF1: classes.reduce((sum, { f1 }) => sum + f1, 0) / labels.length,
    weightedF1: weightedF1(classes),
    microF1: f1Of(counts.reduce(addCounts)),
    mcc: confusion && matthewsCorrelation(confusion),
    auc: single && labels.length === 2 ? aucOfSecond(truth, probabilities) : null,
    logLoss: logLossOf(examples),
    calibration: { ...calibrationOf(confidencesOf(examples, predicted)), brier: brierOf(examples) },
    classes,
    confusion,
  };
}

/** The key numbers of a report. */
export const summaryOfReport = ({
  macroF1,
  weightedF1,
  mcc,
  auc,
  calibration,
}: ClassificationReport): ClassificationSummary => ({ macroF1, weightedF1, mcc, auc, ece: calibration.ece });

/** The first most probable label; of several at once, all that are more probable than not. */
export function predictedLabels(probabilities: ArrayLike<number>, mode: LabelMode): number[] {
  if (mode === 'multi') {
    return Array.from(probabilities, (p, label) => (p > 0.5 ? label : -1)).filter((label) => label >= 0);
  }
  let best = 0;
  for (let label = 1; label < probabilities.length; label++) {
    if (probabilities[label]! > probabilities[best]!) best = label;
  }
  return [best];
}

/** Whether two lists name the same labels, each of them once. */
export const areSameLabels = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((label) => b.includes(label));

const predictionsOf = ({ labels, labelMode, truth, probabilities }: ClassifiedExamples): number[][] =>
  truth.map((_, i) => predictedLabels(probabilities.subarray(i * labels.length, (i + 1) * labels.length), labelMode));

/** [truth][predicted] */
function confusionOf(truth: ClassifiedExamples['truth'], predicted: readonly number[][], labels: number): number[][] {
  const confusion = Array.from({ length: labels }, () => new Array<number>(labels).fill(0));
  truth.forEach(([own], i) => {
    confusion[own!]![predicted[i]![0]!]! += 1;
  });
  return confusion;
}

function countLabels(truth: ClassifiedExamples['truth'], predicted: readonly number[][], labels: number): LabelCount[] {
  const counts = Array.from({ length: labels }, () => ({ support: 0, predicted: 0, hits: 0 }));
  truth.forEach((own, i) => {
    for (const label of own) counts[label]!.support += 1;
    for (const label of predicted[i]!) {
      counts[label]!.predicted += 1;
      if (own.includes(label)) counts[label]!.hits += 1;
    }
  });
  return counts;
}

const addCounts = (a: LabelCount, b: LabelCount): LabelCount => ({
  support: a.support + b.support,
  predicted: a.predicted + b.predicted,
  hits: a.hits + b.hits,
});

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const f1Of = ({ support, predicted, hits }: LabelCount): number => share(2 * hits, support + predicted);

/** `row`: what the label's examples were taken for. */
function classMetrics(label: number, count: LabelCount, row: readonly number[] | null): ClassMetrics {
  return {
    label,
    support: count.support,
    precision: share(count.hits, count.predicted),
    recall: share(count.hits, count.support),
    f1: f1Of(count),
    mostlyTakenFor: row && mostFrequentMistake(row, label),
  };
}

function mostFrequentMistake(row: readonly number[], label: number): ClassMetrics['mostlyTakenFor'] {
  let most: { label: number; count: number } | null = null;
  row.forEach((count, other) => {
    if (other !== label && count > (most?.count ?? 0)) most = { label: other, count };
  });
  return most;
}

function weightedF1(classes: readonly ClassMetrics[]): number {
  const support = classes.reduce((sum, each) => sum + each.support, 0);
  return share(
    classes.reduce((sum, each) => sum + each.support * each.f1, 0),
    support,
  );
}

/** R_K of a confusion matrix (Gorodkin 2004, equation 8); for two labels Matthews' correlation. */
export function matthewsCorrelation(confusion: readonly (readonly number[])[]): number {
  const truths = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const takens = confusion.map((_, label) => confusion.reduce((sum, row) => sum + row[label]!, 0));
  const all = truths.reduce((sum, count) => sum + count, 0);
  const hits = confusion.reduce((sum, row, label) => sum + row[label]!, 0);
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const spread = Math.sqrt((all ** 2 - dot(takens, takens)) * (all ** 2 - dot(truths, truths)));
  return share(hits * all - dot(truths, takens), spread);
}

function aucOfSecond(truth: ClassifiedExamples['truth'], probabilities: Float32Array): number | null {
  const scores = Float64Array.from(truth, (_, i) => probabilities[2 * i + 1]!);
  return areaUnderRoc(
    scores,
    truth.map(([own]) => own === 1),
  );
}

const LEAST = 1e-38; // a probability below float32's smallest is no reason for an infinite loss
const logOf = (probability: number): number => Math.log(Math.max(LEAST, probability));

function logLossOf({ labels, labelMode, truth, probabilities }: ClassifiedExamples): number {
  const at = (example: number, label: number): number => probabilities[example * labels.length + label]!;
  const losses = truth.map((own, i) => {
    if (labelMode === 'single') return -logOf(at(i, own[0]!));
    return labels.reduce((sum, _, l) => sum - logOf(own.includes(l) ? at(i, l) : 1 - at(i, l)), 0) / labels.length;
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / truth.length;
}

/**
 * Brier's score: of the second label alone where there are two, summed over the labels where there are more (as he had
 * it), and the mean over labels where an example has several.
 */
function brierOf({ labels, labelMode, truth, probabilities }: ClassifiedExamples): number {
  let sum = 0;
  truth.forEach((own, i) => {
    for (let label = 0; label < labels.length; label++) {
      sum += (probabilities[i * labels.length + label]! - (own.includes(label) ? 1 : 0)) ** 2;
    }
  });
  const divisor = labelMode === 'multi' ? labels.length : labels.length === 2 ? 2 : 1;
  return sum / truth.length / divisor;
}

/** The probability of what was predicted and whether that is right; with several labels at once, those of each label. */
function confidencesOf({ labels, labelMode, truth, probabilities }: ClassifiedExamples, predicted: number[][]) {
  if (labelMode === 'multi') {
    return {
      confidences: probabilities,
      right: truth.flatMap((own) => labels.map((_, label) => own.includes(label))),
    };
  }
  return {
    confidences: Float32Array.from(truth, (_, i) => probabilities[i * labels.length + predicted[i]![0]!]!),
    right: truth.map((own, i) => own[0] === predicted[i]![0]),
  };
}
