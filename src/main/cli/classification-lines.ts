import { InnerloopError } from '../../shared/contract/errors.ts';
import type { Classification, EvaluationFacts } from '../../shared/runs/classification-report.ts';
import type { ClassificationSummary, RunSummary } from '../../shared/runs/run.ts';
import { count } from '../../shared/text/number-words.ts';
import type { Core } from './command.ts';
import { type Column, tableLines } from './table.ts';

/** What a classifier's stored predictions come to, for a terminal. */

/** Of the evaluation that stands for a run; null where no predictions are stored. */
export async function classificationOf(core: Core, run: RunSummary): Promise<Classification | null> {
  if (run.config.algorithm.kind !== 'fine-tune') return null;
  try {
    return await core.request('runs.classification', { id: run.id });
  } catch (thrown) {
    if (thrown instanceof InnerloopError && thrown.code === 'not-found') return null;
    throw thrown;
  }
}

/** "macro F1 97.5 %, MCC 0.951, AUC 0.988, ECE 1.2 %" */
export function summaryWords({ macroF1, mcc, auc, ece }: ClassificationSummary): string {
  return [
    `macro F1 ${percent(macroF1)}`,
    ...(mcc === null ? [] : [`MCC ${mcc.toFixed(3)}`]),
    ...(auc === null ? [] : [`AUC ${auc.toFixed(3)}`]),
    `ECE ${percent(ece)}`,
  ].join(', ');
}

/** "500 test examples, final, iteration 240" */
export const evaluationName = ({ examples, split, kind, iteration }: EvaluationFacts): string =>
  `${count(examples)} ${split} examples, ${kind}, iteration ${count(iteration)}`;

/** Metrics, the classes as a table, and the confusion matrix. */
export function classificationLines({ evaluation, labels, report }: Classification, width: number): string[] {
  const { accuracy, macroF1, weightedF1, microF1, mcc, auc, logLoss, calibration } = report;
  const { ece, brier } = calibration;
  const kind = report.confusion ? 'accuracy' : 'exact match';
  const lines = [
    `${kind.padEnd(10)}  ${percent(accuracy.value)} (95 % CI ${percent(accuracy.low)} to ${percent(accuracy.high)})`,
    `summary     ${summaryWords({ macroF1, weightedF1, mcc, auc, ece })}`,
    `also        weighted F1 ${percent(weightedF1)}${report.confusion ? '' : `, micro F1 ${percent(microF1)}`}, log loss ${logLoss.toFixed(3)}, Brier ${brier.toFixed(3)}`,
    '',
    ...tableLines(classColumns(labels, report), width - 2),
    ...confusionLines(labels, report.confusion, width - 2),
  ];
  return [`Classification (${evaluationName(evaluation)})`, ...lines.map((line) => `  ${line}`.trimEnd())];
}

function classColumns(labels: readonly string[], { classes, confusion }: Classification['report']): Column[] {
  const right = (title: string, cells: readonly string[]): Column => ({ title, align: 'right', cells });
  const taken = classes.map(({ mostlyTakenFor: most }) => (most ? `${labels[most.label]} (${count(most.count)})` : ''));
  return [
    { title: 'label', cells: classes.map(({ label }) => labels[label]!), shrinksTo: 12 },
    right(
      'examples',
      classes.map(({ support }) => count(support)),
    ),
    right(
      'precision',
      classes.map(({ precision }) => percent(precision)),
    ),
    right(
      'recall',
      classes.map(({ recall }) => percent(recall)),
    ),
    right(
      'F1',
      classes.map(({ f1 }) => percent(f1)),
    ),
    ...(confusion ? [{ title: 'mostly taken for', leaves: 1, cells: taken }] : []),
  ];
}

/** The whole matrix where it fits, else the pairs that are confused most. */
function confusionLines(
  labels: readonly string[],
  confusion: readonly (readonly number[])[] | null,
  width: number,
): string[] {
  if (!confusion) return [];
  const columns: Column[] = [
    { title: 'truth \\ predicted', cells: [...labels] },
    ...labels.map((label, predicted) => ({
      title: label,
      align: 'right' as const,
      cells: confusion.map((row) => count(row[predicted]!)),
    })),
  ];
  const matrix = tableLines(columns, Number.POSITIVE_INFINITY);
  if (Math.max(...matrix.map((line) => line.length)) <= width) return ['', ...matrix];
  const pairs = confusion
    .flatMap((row, truth) => row.map((examples, predicted) => ({ truth, predicted, examples })))
    .filter(({ truth, predicted, examples }) => truth !== predicted && examples > 0)
    .sort((a, b) => b.examples - a.examples)
    .slice(0, 10);
  if (pairs.length === 0) return ['', 'No example was taken for another label.'];
  return [
    '',
    'Most often confused (the whole matrix is too wide for this terminal: see --json)',
    ...pairs.map(
      ({ truth, predicted, examples }) => `  ${labels[truth]} taken for ${labels[predicted]}: ${count(examples)}`,
    ),
  ];
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
