import type { Predictions } from '../../shared/runs/prediction.ts';
import { percent } from './classification-lines.ts';
import type { Column } from './table.ts';

/** What was said of each example, and how probable the first few labels were. */
export const labelColumns = ({ labels, predictions }: Predictions): Column[] => [
  { title: 'label', cells: predictions.map((each) => each.labels.join(', ') || '(none)') },
  ...labels.slice(0, 6).map((label, index) => ({
    title: label,
    align: 'right' as const,
    leaves: 1,
    cells: predictions.map(({ probabilities }) => percent(probabilities[index] ?? 0)),
  })),
];
