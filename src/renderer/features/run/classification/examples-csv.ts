import type { PredictedExample } from '../../../../shared/runs/classification-report.ts';

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Predictions as comma-separated values, one row an example: place in the dataset, split, what was predicted of (text and pair, the cells of a
 * row by column, or file and seconds of a clip), true and said
 * labels (several joined by "; "), and one column of probabilities a label, in full precision.
 */
export function examplesCsv(
  examples: readonly PredictedExample[],
  labels: readonly string[],
  columns: readonly string[] | null,
): string {
  const subject = subjectOf(examples, columns);
  const named = (of: readonly number[]): string => of.map((label) => labels[label] ?? label).join('; ');
  const head = ['position', 'split', ...subject.columns, 'truth', 'predicted', ...labels.map((label) => `p(${label})`)];
  const rows = examples.map((each) => [
    String(each.position),
    each.split,
    ...subject.fields(each),
    named(each.truth),
    named(each.predicted),
    ...each.probabilities.map(String),
  ]);
  return `${[head, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`;
}

interface Subject {
  readonly columns: readonly string[];
  readonly fields: (example: PredictedExample) => readonly string[];
}

function subjectOf(examples: readonly PredictedExample[], columns: readonly string[] | null): Subject {
  if (columns) return { columns, fields: ({ row }) => columns.map((_, at) => row?.[at] ?? '') };
  if (examples.some(({ clip }) => clip)) {
    return { columns: ['file', 'seconds'], fields: ({ clip }) => [clip?.file ?? '', String(clip?.seconds ?? '')] };
  }
  return { columns: ['text', 'pair'], fields: ({ text, pair }) => [text ?? '', pair ?? ''] };
}
