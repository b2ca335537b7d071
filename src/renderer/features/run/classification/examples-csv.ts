import type { PredictedExample } from '../../../../shared/runs/classification-report.ts';

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Predictions as comma-separated values, one row an example: place in the dataset, split, text, pair, true and said
 * labels (several joined by "; "), and one column of probabilities a label, in full precision.
 */
export function examplesCsv(examples: readonly PredictedExample[], labels: readonly string[]): string {
  const named = (of: readonly number[]): string => of.map((label) => labels[label] ?? label).join('; ');
  const head = ['position', 'split', 'text', 'pair', 'truth', 'predicted', ...labels.map((label) => `p(${label})`)];
  const rows = examples.map((each) => [
    String(each.position),
    each.split,
    each.text ?? '',
    each.pair ?? '',
    named(each.truth),
    named(each.predicted),
    ...each.probabilities.map(String),
  ]);
  return `${[head, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`;
}
