import type { DifferenceRow } from './difference.ts';

const width = 70;
const height = 20;
const edge = 3;

export interface IntervalScale {
  readonly low: number;
  readonly high: number;
}

/** A range that shows most intervals and zero; an interval far off leaves it to the others. null without intervals. */
export function intervalScale(rows: readonly DifferenceRow[]): IntervalScale | null {
  const intervals = rows.flatMap(({ interval }) => (interval ? [interval] : []));
  if (intervals.length === 0) return null;
  const reach = intervals.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high))).sort((a, b) => a - b);
  const usual = reach[Math.floor((reach.length - 1) / 2)]! * 2.5; // what lies further off becomes an arrow
  const shown = intervals.filter(({ low, high }) => Math.max(Math.abs(low), Math.abs(high)) <= usual);
  const low = Math.min(0, ...shown.map((interval) => interval.low));
  const high = Math.max(0, ...shown.map((interval) => interval.high));
  const pad = (high - low) * 0.08 || 1e-6;
  return { low: low - pad, high: high + pad };
}

export interface IntervalPlotProps {
  readonly difference: number;
  readonly interval: { readonly low: number; readonly high: number };
  readonly scale: IntervalScale;
}

/** The interval as a line with its mean, zero dashed; an arrow for what lies off the scale. */
export function IntervalPlot({ difference, interval, scale }: IntervalPlotProps) {
  const toX = (value: number): number => edge + ((value - scale.low) / (scale.high - scale.low)) * (width - 2 * edge);
  const zero = toX(0).toFixed(1);
  const off = interval.high < scale.low || interval.low > scale.high;
  return (
    <svg className="forest" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path className="z" d={`M${zero} 0v20`} />
      {off ? (
        <path className="off" d={interval.high < scale.low ? 'M3 10l7-4v8z' : `M${width - 3} 10l-7-4v8z`} />
      ) : (
        <>
          <path
            className="w"
            d={`M${toX(Math.max(interval.low, scale.low)).toFixed(1)} 10H${toX(Math.min(interval.high, scale.high)).toFixed(1)}`}
          />
          <circle cx={toX(difference).toFixed(1)} cy="10" r="3.2" />
        </>
      )}
    </svg>
  );
}
