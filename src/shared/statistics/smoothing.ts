/**
 * Exponential moving average, corrected for its start as in Adam: the first values are averages of what there is, not
 * pulled towards zero. `weight` in [0, 1): 0 leaves the series as it is. Values that are not finite are passed over and
 * stay gaps.
 */
export function exponentialMovingAverage(values: ArrayLike<number>, weight: number): Float64Array {
  if (!(weight >= 0 && weight < 1)) throw new RangeError(`The smoothing weight lies in [0, 1), got ${weight}.`);
  const smoothed = new Float64Array(values.length);
  let average = 0;
  let present = 0; // 1 - weight^n after n values
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value)) {
      average = weight * average + (1 - weight) * value;
      present = weight * present + (1 - weight);
      smoothed[i] = average / present;
    } else {
      smoothed[i] = Number.NaN;
    }
  }
  return smoothed;
}
