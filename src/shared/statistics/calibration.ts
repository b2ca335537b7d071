/** How far stated probabilities are from what comes true (Guo et al. 2017, arXiv 1706.04599, section 2). */

const binCount = 15;

export interface Calibration {
  /** Expected calibration error: mean over predictions of |accuracy - confidence| of their bin. */
  readonly ece: number;
  /** 15 of equal width: (low, high], the first with its low end; means are null where a bin is empty. */
  readonly bins: {
    readonly low: number;
    readonly high: number;
    readonly count: number;
    readonly confidence: number | null;
    readonly accuracy: number | null;
  }[];
}

/** `confidences` lie in [0, 1]; `right` says of each whether it came true. */
export function calibrationOf({
  confidences,
  right,
}: {
  readonly confidences: Float32Array;
  readonly right: readonly boolean[];
}): Calibration {
  const counts = new Float64Array(binCount);
  const sums = new Float64Array(binCount);
  const hits = new Float64Array(binCount);
  confidences.forEach((confidence, i) => {
    const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1));
    counts[bin]! += 1;
    sums[bin]! += confidence;
    if (right[i]) hits[bin]! += 1;
  });
  const bins = Array.from(counts, (count, bin) => ({
    low: bin / binCount,
    high: (bin + 1) / binCount,
    count,
    confidence: count === 0 ? null : sums[bin]! / count,
    accuracy: count === 0 ? null : hits[bin]! / count,
  }));
  const gaps = bins.map((_, bin) => Math.abs(hits[bin]! - sums[bin]!));
  return { ece: gaps.reduce((sum, gap) => sum + gap, 0) / confidences.length, bins };
}
