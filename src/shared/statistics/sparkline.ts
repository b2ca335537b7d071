/**
 * A small picture of a growing series: means over equal numbers of points, never more than 48. When it is full,
 * neighbours are joined and each value stands for twice as many points, so it always shows the whole series.
 */
export interface Sparkline {
  readonly values: readonly number[];
  /** Points that one value stands for. */
  readonly stride: number;
  /** Sum and number of the points that do not make up a value yet. */
  readonly pendingSum: number;
  readonly pendingCount: number;
}

const longest = 48;

export const emptySparkline: Sparkline = { values: [], stride: 1, pendingSum: 0, pendingCount: 0 };

/** The picture with more points at its end; does not change the one given. */
export function extendSparkline(sparkline: Sparkline, added: readonly number[]): Sparkline {
  let { stride, pendingSum, pendingCount } = sparkline;
  let values = [...sparkline.values];
  for (const value of added) {
    pendingSum += value;
    pendingCount++;
    if (pendingCount < stride) continue;
    values.push(pendingSum / pendingCount);
    pendingSum = 0;
    pendingCount = 0;
    if (values.length < longest) continue;
    values = pairMeans(values);
    stride *= 2;
  }
  return { values, stride, pendingSum, pendingCount };
}

/** Means of neighbours; `values` has an even length. */
function pairMeans(values: readonly number[]): number[] {
  return Array.from({ length: values.length / 2 }, (_, pair) => (values[2 * pair]! + values[2 * pair + 1]!) / 2);
}
