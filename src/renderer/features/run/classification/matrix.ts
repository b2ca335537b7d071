/** What a confusion matrix says, [truth][predicted] in numbers of examples. Pure. */
export type Matrix = readonly (readonly number[])[];

export type ConfusionView = 'counts' | 'of-true' | 'of-predicted';

export interface Cell {
  readonly truth: number;
  readonly predicted: number;
}

/** With more labels no table of all pairs can be read; the most confused ones are listed instead. */
export const mostLabelsInGrid = 60;
/** From here on cells are small and column heads stand upright. */
export const manyLabels = 9;

export interface MatrixFacts {
  readonly matrix: Matrix;
  /** Examples that have each label, and that were taken for it. */
  readonly ofTrue: readonly number[];
  readonly ofPredicted: readonly number[];
}

export function matrixFacts(matrix: Matrix): MatrixFacts {
  return {
    matrix,
    ofTrue: matrix.map((row) => row.reduce((sum, value) => sum + value, 0)),
    ofPredicted: matrix.map((_, column) => matrix.reduce((sum, row) => sum + (row[column] ?? 0), 0)),
  };
}

export const countAt = ({ matrix }: MatrixFacts, { truth, predicted }: Cell): number => matrix[truth]?.[predicted] ?? 0;

/** Share of the true class, or of what was taken for the predicted one; null where there is no example. */
export function shareAt(facts: MatrixFacts, cell: Cell, of: 'true' | 'predicted'): number | null {
  const total = of === 'true' ? facts.ofTrue[cell.truth] : facts.ofPredicted[cell.predicted];
  return total ? countAt(facts, cell) / total : null;
}

/** A step of the heat scale, 0 for no example at all; finer below, where mistakes are. */
export function heatOf(share: number | null): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  if (share === null || share <= 0) return 0;
  if (share < 0.015) return 1;
  if (share < 0.06) return 2;
  if (share < 0.3) return 3;
  if (share < 0.6) return 4;
  return share < 0.9 ? 5 : 6;
}

export interface ConfusedPair extends Cell {
  readonly count: number;
  /** Of the true class. */
  readonly share: number;
}

/** Pairs of different labels that were confused at least once, most often first. */
export function confusedPairs(facts: MatrixFacts): readonly ConfusedPair[] {
  const pairs: ConfusedPair[] = [];
  facts.matrix.forEach((row, truth) => {
    row.forEach((count, predicted) => {
      if (truth !== predicted && count > 0) {
        pairs.push({ truth, predicted, count, share: count / (facts.ofTrue[truth] ?? count) });
      }
    });
  });
  return pairs.sort((a, b) => b.count - a.count || b.share - a.share || a.truth - b.truth || a.predicted - b.predicted);
}

/** Where a key leads from a cell of `size` by `size`; null for a key that does not move. */
export function cellAfter(key: string, { truth, predicted }: Cell, size: number): Cell | null {
  const within = (value: number): number => Math.max(0, Math.min(size - 1, value));
  switch (key) {
    case 'ArrowUp':
      return { truth: within(truth - 1), predicted };
    case 'ArrowDown':
      return { truth: within(truth + 1), predicted };
    case 'ArrowLeft':
      return { truth, predicted: within(predicted - 1) };
    case 'ArrowRight':
      return { truth, predicted: within(predicted + 1) };
    case 'Home':
      return { truth, predicted: 0 };
    case 'End':
      return { truth, predicted: size - 1 };
    case 'PageUp':
      return { truth: 0, predicted };
    case 'PageDown':
      return { truth: size - 1, predicted };
    default:
      return null;
  }
}
