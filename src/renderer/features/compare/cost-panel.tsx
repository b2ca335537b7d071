import { useRef } from 'react';
import { measured, percentNumber, setting } from '../../app/format.ts';
import { linearScale } from '../../charts/scale.ts';
import { Panel } from '../../ui/page.tsx';
import { type TimeUnit, unitFor } from './axis.ts';
import { type Judged, type JudgedMetric, judgedValue } from './difference.ts';
import type { CompareGroup } from './groups.ts';
import { useSize } from './use-size.ts';

export interface CostPanelProps {
  /** Visible groups. */
  readonly groups: readonly CompareGroup[];
  readonly judged: Judged;
  readonly metric: JudgedMetric;
  readonly highlighted: string | null;
}

const secondsIn: Readonly<Record<TimeUnit, number>> = { seconds: 1, minutes: 60, hours: 3600 };

/** What the value cost: one point a finished run, compute time against value. */
export function CostPanel({ groups, judged, metric, highlighted }: CostPanelProps) {
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  const points = groups.flatMap((group) =>
    group.finished.flatMap((run) => {
      const value = judgedValue(run, judged);
      return value?.metric === metric ? [{ group, run, seconds: run.computeMs / 1000, value: value.value }] : [];
    }),
  );
  return (
    <Panel title={`Cost and ${metric}`} sub="one point a finished run" className="cost">
      <div className="plot-place" ref={place}>
        {points.length === 0 ? (
          <p className="t12 soft pad">No run has finished yet.</p>
        ) : (
          size.width > 0 && (
            <Scatter points={points} size={size} judged={judged} metric={metric} highlighted={highlighted} />
          )
        )}
      </div>
    </Panel>
  );
}

interface Point {
  readonly group: CompareGroup;
  readonly run: CompareGroup['runs'][number];
  readonly seconds: number;
  readonly value: number;
}

interface ScatterProps {
  readonly points: readonly Point[];
  readonly size: { readonly width: number; readonly height: number };
  readonly judged: Judged;
  readonly metric: JudgedMetric;
  readonly highlighted: string | null;
}

const margin = { left: 44, right: 14, top: 10, bottom: 34 };

function Scatter({ points, size: { width, height }, judged, metric, highlighted }: ScatterProps) {
  const unit = unitFor(Math.max(...points.map(({ seconds }) => seconds)));
  const xs = points.map(({ seconds }) => seconds / secondsIn[unit]);
  const ys = points.map(({ value }) => (metric === 'accuracy' ? value * 100 : value));
  const x = linearScale(0, Math.max(...xs, 1e-9), 4, { loose: 'both' });
  const y = linearScale(Math.min(...ys), Math.max(...ys), 5, {
    loose: 'both',
    ...(metric === 'accuracy' ? { limits: [0, 100] as const } : {}),
  });
  const bottom = height - margin.bottom;
  const toX = (value: number): number =>
    margin.left + ((value - x.min) / (x.max - x.min)) * (width - margin.left - margin.right);
  const toY = (value: number): number => bottom - ((value - y.min) / (y.max - y.min)) * (bottom - margin.top);
  const yTitle = `${judged === 'best' ? 'Best' : 'Final'} ${metric}${metric === 'accuracy' ? ' (%)' : ''}`;
  const middle = (margin.top + bottom) / 2;
  return (
    <svg
      className="plot"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${yTitle} against compute time in ${unit}, ${points.length} runs.`}
    >
      {y.ticks.map((tick) => (
        <g key={tick}>
          <path className="gr" d={`M${margin.left} ${toY(tick)}H${width - margin.right}`} />
          <text className="tk" x={margin.left - 6} y={toY(tick) + 3.5} textAnchor="end">
            {setting(tick)}
          </text>
        </g>
      ))}
      {x.ticks.map((tick) => (
        <g key={tick}>
          <path className="gr" d={`M${toX(tick)} ${margin.top}V${bottom}`} />
          <text className="tk" x={toX(tick)} y={bottom + 13} textAnchor="middle">
            {setting(tick)}
          </text>
        </g>
      ))}
      <path className="bl" d={`M${margin.left} ${bottom}H${width - margin.right}`} />
      <text className="ax" x={(margin.left + width - margin.right) / 2} y={height - 5} textAnchor="middle">
        Compute time a run ({unit})
      </text>
      <text className="ax" x="10" y={middle} textAnchor="middle" transform={`rotate(-90 10 ${middle})`}>
        {yTitle}
      </text>
      {points.map(({ group, run, value }, index) => (
        <circle
          key={run.id}
          className={`pt s${group.colour}`}
          cx={toX(xs[index]!)}
          cy={toY(ys[index]!)}
          r="4"
          opacity={highlighted === null || highlighted === group.key ? 1 : 0.25}
        >
          <title>{`${run.name}: ${measured({ metric, value, ci95: null })}, ${percentNumber((xs[index] ?? 0) / 100)} ${unit}`}</title>
        </circle>
      ))}
      {labels(points, xs, ys, toX, toY, width).map(({ text, x: at, y: level, anchor, key }) => (
        <text key={key} className="lb" x={at} y={level} textAnchor={anchor}>
          {text}
        </text>
      ))}
    </svg>
  );
}

/** A group's name beside the middle of its points; names that would lie on one another give way upwards. */
function labels(
  points: readonly Point[],
  xs: readonly number[],
  ys: readonly number[],
  toX: (value: number) => number,
  toY: (value: number) => number,
  width: number,
) {
  const placed: { key: string; text: string; x: number; y: number; anchor: 'start' | 'end' }[] = [];
  const groups = [...new Set(points.map(({ group }) => group))];
  for (const group of groups) {
    const mine = points.flatMap((point, index) => (point.group === group ? [index] : []));
    const right = Math.max(...mine.map((index) => toX(xs[index]!)));
    const left = Math.min(...mine.map((index) => toX(xs[index]!)));
    const middle = mine.reduce((sum, index) => sum + toY(ys[index]!), 0) / mine.length;
    const reach = group.short.length * 6 + 10;
    const anchor = right + reach > width - 4 ? ('end' as const) : ('start' as const);
    let y = middle + 4;
    for (let tries = 0; tries < 8; tries++) {
      const clash = placed.find((other) => Math.abs(other.y - y) < 12 && Math.abs(other.x - right) < reach);
      if (!clash) break;
      y = clash.y - 12;
    }
    placed.push({ key: group.key, text: group.short, x: anchor === 'end' ? left - 8 : right + 8, y, anchor });
  }
  return placed;
}
