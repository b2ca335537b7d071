import type { Random } from '../random/random.ts';
import { quantile } from './descriptive.ts';
import type { Interval } from './intervals.ts';

/** 95 % percentile bootstrap interval of any statistic (Efron 1979); the same generator state gives the same interval. */
export function bootstrapInterval(
  values: ArrayLike<number>,
  statistic: (sample: Float64Array) => number,
  random: Random,
  resamples = 2000,
): Interval {
  if (values.length === 0) throw new RangeError('The bootstrap of no values is not defined.');
  const sample = new Float64Array(values.length);
  const statistics = Float64Array.from({ length: resamples }, () => {
    for (let i = 0; i < sample.length; i++) sample[i] = values[random.integer(values.length)]!;
    return statistic(sample);
  });
  return { low: quantile(statistics, 0.025), high: quantile(statistics, 0.975) };
}
