import { useMemo } from 'react';
import { createRandom } from '../../../shared/random/random.ts';
import type { PointTaskConfig, SinusoidTaskConfig } from '../../../shared/run-config/schema.ts';
import { type CurveTask, curveAt, drawCurveTask, shownInputs } from '../../../shared/tasks/curve-task.ts';
import { drawPoint, drawPointTask, type Point } from '../../../shared/tasks/point-task.ts';

/** Twelve training tasks of seed 1, small. */

const shown = 12;
const width = 140;
const height = 84;
const steps = 160;

export function CurvePictures({ variant }: { readonly variant: SinusoidTaskConfig['variant'] }) {
  const drawn = useMemo(() => {
    const random = createRandom(1, 'train-tasks');
    return Array.from({ length: shown }, () => drawCurveTask(random, variant));
  }, [variant]);
  return (
    <ul className="waves" aria-label={`${shown} curves of seed 1`}>
      {drawn.map((task) => (
        <li key={JSON.stringify(task.curve)}>
          <CurvePicture task={task} />
        </li>
      ))}
    </ul>
  );
}

const highestWave = 5.2; // amplitudes end at 5

function CurvePicture({ task }: { readonly task: CurveTask }) {
  const { low, high } = shownInputs(task);
  const heights = Array.from({ length: steps + 1 }, (_, index) =>
    curveAt(task.curve, low + (index / steps) * (high - low)),
  );
  const least = task.inputs.kind === 'normal' ? 2.5 : highestWave; // harmonic amplitudes are standard normal
  const highest = Math.max(least, ...heights.map(Math.abs));
  const path = heights.map((value, index) => {
    const y = height / 2 - (value / highest) * (height / 2 - 4);
    return `${index === 0 ? 'M' : 'L'}${((index / steps) * width).toFixed(1)} ${y.toFixed(1)}`;
  });
  return (
    <svg className="plot" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path className="gr" d={`M0 ${height / 2}H${width}`} />
      <path className="ln thin s1" d={path.join('')} />
    </svg>
  );
}

const pointsOfClass = 15;
const planeHalf = 2.4; // both families lie within
const unit = height / (2 * planeHalf);

export function PointPictures({ family }: { readonly family: PointTaskConfig['family'] }) {
  const drawn = useMemo(() => {
    const random = createRandom(1, 'train-tasks');
    return Array.from({ length: shown }, () => {
      const task = drawPointTask(random, family);
      const points = (label: 0 | 1): Point[] =>
        Array.from({ length: pointsOfClass }, () => drawPoint(task, label, random));
      return [points(0), points(1)] as const;
    });
  }, [family]);
  return (
    <ul className="waves" aria-label={`${shown} tasks of seed 1`}>
      {drawn.map(([first, second]) => (
        <li key={first.join(' ')}>
          <svg className="plot" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            {first.map(([x, y]) => (
              <circle key={`${x}`} className="pt s1" cx={width / 2 + x * unit} cy={height / 2 - y * unit} r="2" />
            ))}
            {second.map(([x, y]) => (
              <rect
                key={`${x}`}
                className="pt s2"
                x={width / 2 + x * unit - 2}
                y={height / 2 - y * unit - 2}
                width="4"
                height="4"
              />
            ))}
          </svg>
        </li>
      ))}
    </ul>
  );
}
