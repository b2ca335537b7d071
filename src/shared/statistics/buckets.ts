/** A series as two columns of equal length, steps ascending. */
export interface Series {
  readonly steps: Float64Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
}

/**
 * Reduces a series to at most `buckets` ranges of equal width in step, keeping of each the smallest and the largest
 * value at their own steps (two points, in step order; one when they are the same point). For drawing only: extremes
 * survive, everything else may go. A series of at most `2 * buckets` points comes back whole.
 */
export function minMaxBuckets({ steps, values }: Series, buckets: number): Series {
  const count = steps.length;
  if (count <= 2 * buckets) return { steps, values };
  const first = steps[0]!;
  const width = (steps[count - 1]! - first) / buckets;
  const keptSteps = new Float64Array(2 * buckets);
  const keptValues = new Float64Array(2 * buckets);
  let kept = 0;
  const keep = (index: number): void => {
    keptSteps[kept] = steps[index]!;
    keptValues[kept] = values[index]!;
    kept++;
  };
  let start = 0;
  while (start < count) {
    const bucket = bucketOf(steps[start]!, first, width, buckets);
    let low = start;
    let high = start;
    let end = start + 1;
    for (; end < count && bucketOf(steps[end]!, first, width, buckets) === bucket; end++) {
      if (values[end]! < values[low]!) low = end;
      if (values[end]! > values[high]!) high = end;
    }
    keep(Math.min(low, high));
    if (low !== high) keep(Math.max(low, high));
    start = end;
  }
  return { steps: keptSteps.slice(0, kept), values: keptValues.slice(0, kept) };
}

const bucketOf = (step: number, first: number, width: number, buckets: number): number =>
  Math.min(buckets - 1, Math.floor((step - first) / width)); // the last step closes the last bucket
