export interface SparklineProps {
  readonly values: readonly number[];
  readonly width: number;
  readonly height?: number;
  /** A dot at the last value: the run goes on. */
  readonly live?: boolean;
}

/** Path of values over a box; values that are not finite leave a gap, and the scale is the values' own. */
export function sparkPath(
  values: readonly number[],
  width: number,
  height: number,
): { path: string; end: readonly [number, number] | null } {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return { path: '', end: null };
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low || 1;
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  let end: readonly [number, number] | null = null;
  let pen: 'M' | 'L' = 'M';
  const path = values
    .map((value, index) => {
      if (!Number.isFinite(value)) {
        pen = 'M';
        return '';
      }
      const x = Number((index * step).toFixed(1));
      const y = Number((height - ((value - low) / span) * height).toFixed(1));
      end = [x, y];
      const command = `${pen}${x} ${y}`;
      pen = 'L';
      return command;
    })
    .join('');
  return { path, end };
}

/** A small line without axes, beside a number that says what it is. */
export function Sparkline({ values, width, height = 18, live }: SparklineProps) {
  const pad = 3;
  const { path, end } = sparkPath(values, width - 2 * pad, height - 2 * pad);
  return (
    <svg className="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <g transform={`translate(${pad} ${pad})`}>
        <path d={path} />
        {live && end && <circle cx={end[0]} cy={end[1]} r="2" />}
      </g>
    </svg>
  );
}
