import { useMemo } from 'react';
import type { PointTaskConfig, SinusoidTaskConfig, TaskConfig } from '../../../shared/run-config/schema.ts';
import { type CurveTask, curveAt, shownInputs } from '../../../shared/tasks/curve-task.ts';
import { fixed, plural } from '../../app/format.ts';
import { type DrawnPoints, drawCurve, drawPoints, type LabelledPoint } from './generated-task.ts';

interface GeneratedPictureProps {
  readonly task: TaskConfig;
  readonly seed: number;
  /** Tasks before the drawn one. */
  readonly skip: number;
}

/** The training task that a generator gives a run of this seed; nothing for images. */
export function GeneratedPicture({ task, seed, skip }: GeneratedPictureProps) {
  switch (task.kind) {
    case 'sinusoid':
      return <CurvePicture task={task} seed={seed} skip={skip} />;
    case 'binary-points':
      return <PointsPicture task={task} seed={seed} skip={skip} />;
    case 'image-classes':
      return null;
  }
}

const width = 324;
const height = 132;
const pad = 8;
const highestWave = 5.4; // amplitudes end at 5
const highestHarmonic = 2.5; // amplitudes are standard normal
const steps = 300;

function CurvePicture({ task: config, seed, skip }: GeneratedPictureProps & { readonly task: SinusoidTaskConfig }) {
  const drawn = useMemo(() => drawCurve(config, seed, skip), [config, seed, skip]);
  const { task, support, query } = drawn;
  const { low, high } = shownInputs(task);
  const line = Array.from({ length: steps + 1 }, (_, index) => {
    const x = low + (index / steps) * (high - low);
    return { x, y: curveAt(task.curve, x) };
  });
  const least = config.variant === 'harmonic-2018' ? highestHarmonic : highestWave;
  const highest = Math.max(least, ...[...line, ...support, ...query].map(({ y }) => Math.abs(y) * 1.08));
  const toX = (x: number): number => pad + ((x - low) / (high - low)) * (width - 2 * pad);
  const toY = (y: number): number => height / 2 - (y / highest) * (height / 2 - 4);
  const path = line.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${toX(x).toFixed(1)} ${toY(y).toFixed(1)}`);
  const counts = `${plural(support.length, 'support point')} and ${plural(query.length, 'query point')}`;
  return (
    <>
      <svg
        className="plot wave"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${curveWords(task)}, with ${counts}.`}
      >
        <path className="gr" d={`M${pad} ${height / 2}H${width - pad}`} />
        <path className="ln" d={path.join('')} />
        {query.map(({ x, y }) => (
          <circle key={x} className="qp" cx={toX(x)} cy={toY(y)} r="2.5" />
        ))}
        {support.map(({ x, y }) => (
          <circle key={x} className="sp" cx={toX(x)} cy={toY(y)} r="3.5" />
        ))}
      </svg>
      <p className="t11 muted legendline">
        <span>
          <i className="key a" />
          {plural(support.length, 'support point')}
        </span>
        <span>
          <i className="key ring" />
          {plural(query.length, 'query point')}
        </span>
        <span className="num">{shortCurve(task)}</span>
      </p>
    </>
  );
}

function curveWords({ curve }: CurveTask): string {
  if (curve.kind === 'line')
    return `A line of slope ${fixed(curve.slope, 2)} and intercept ${fixed(curve.intercept, 2)}`;
  const waves = curve.waves.map(
    ({ amplitude, frequency, phase }) =>
      `amplitude ${fixed(amplitude, 2)}, frequency ${fixed(frequency, 2)} and phase ${fixed(phase, 2)}`,
  );
  return waves.length === 1 ? `A sine wave of ${waves[0]}` : `The sum of sine waves of ${waves.join(', and of ')}`;
}

function shortCurve({ curve }: CurveTask): string {
  if (curve.kind === 'line') return `slope ${fixed(curve.slope, 2)}`;
  const [first, ...rest] = curve.waves.map(({ amplitude }) => fixed(amplitude, 2));
  return rest.length === 0 ? `amplitude ${first}` : `amplitudes ${[first, ...rest].join(', ')}`;
}

const planeHeight = 180;
const planeHalf = 2.4; // both families lie within
const unit = planeHeight / (2 * planeHalf);
const planeX = (x: number): number => width / 2 + x * unit;
const planeY = (y: number): number => planeHeight / 2 - y * unit;
const classNamesOf = ['first', 'second'] as const;

function PointsPicture({ task: config, seed, skip }: GeneratedPictureProps & { readonly task: PointTaskConfig }) {
  const drawn = useMemo(() => drawPoints(config, seed, skip), [config, seed, skip]);
  const { support, query } = drawn;
  const each = (count: number, word: string): string => `${plural(count / 2, `${word} point`)} of each class`;
  const sentence = `Two classes in the plane: ${each(support.length, 'support')} and ${each(query.length, 'query')}.`;
  return (
    <>
      <svg className="plot wave" viewBox={`0 0 ${width} ${planeHeight}`} role="img" aria-label={sentence}>
        <Boundary drawn={drawn} />
        {query.map((point) => (
          <Mark key={point.at.join()} point={point} size={2.5} look="pt" />
        ))}
        {support.map((point) => (
          <Mark key={point.at.join()} point={point} size={3.5} look="pt full" />
        ))}
      </svg>
      <p className="t11 muted legendline">
        {classNamesOf.map((name, label) => (
          <span key={name}>
            <i className={label === 0 ? 'key class0' : 'key class1'} />
            {name} class
          </span>
        ))}
        <span>filled: {plural(support.length, 'support point')}</span>
      </p>
    </>
  );
}

/** Circles are the first class, squares the second: colour alone would not do. */
function Mark({ point, size, look }: { readonly point: LabelledPoint; readonly size: number; readonly look: string }) {
  const [x, y] = [planeX(point.at[0]), planeY(point.at[1])];
  return point.label === 0 ? (
    <circle className={`${look} s1`} cx={x} cy={y} r={size} />
  ) : (
    <rect className={`${look} s2`} x={x - size} y={y - size} width={2 * size} height={2 * size} />
  );
}

function Boundary({ drawn: { task } }: { readonly drawn: DrawnPoints }) {
  if (task.family !== 'half-planes') return null;
  const [across, up] = [Math.cos(task.angle), Math.sin(task.angle)];
  const far = 2 * planeHalf;
  const end = (along: number): string =>
    `${planeX(task.offset * across - along * up).toFixed(1)} ${planeY(task.offset * up + along * across).toFixed(1)}`;
  return <path className="ln" d={`M${end(-far)}L${end(far)}`} />;
}
