import type { FieldLine, FieldPoint, FieldTable } from '../../../shared/comparison/field-table.ts';
import { setting } from '../../app/format.ts';
import { classNames } from '../../ui/class-names.ts';
import {
  asDrawn,
  fieldSentence,
  lineSlots,
  metricTitle,
  placeShares,
  placeWord,
  pointText,
  valueScale,
} from './field-view.ts';
import type { Slot } from './groups.ts';

export interface FieldChartProps {
  readonly table: FieldTable;
  readonly xScale: 'linear' | 'log';
  readonly yScale: 'linear' | 'log';
  readonly size: { readonly width: number; readonly height: number };
  readonly patterns: 'on' | 'off';
  /** Runs of the group under the pointer; null when there is none. */
  readonly raised: ReadonlySet<string> | null;
}

const margin = { left: 48, right: 18, top: 12, bottom: 36 };
/** Pixels between lines at one place, so that their intervals do not hide each other: words leave more room. */
const dodge = { numbers: 7, words: 18 } as const;

/** Means over the places of a field with whiskers, one line for each way in which the runs differ otherwise. */
export function FieldChart({ table, xScale, yScale, size: { width, height }, patterns, raised }: FieldChartProps) {
  const { field, places, lines, metric } = table;
  const y = valueScale(table, Math.max(2, height / 46), yScale);
  const bottom = height - margin.bottom;
  const inner = width - margin.left - margin.right;
  const shares = placeShares(table, xScale);
  const along = (value: number): number => (yScale === 'log' ? Math.log(value) : value);
  const toY = (value: number): number => {
    const share = (along(asDrawn(value, metric)) - along(y.min)) / (along(y.max) - along(y.min));
    return bottom - Math.min(1.05, Math.max(-0.05, share)) * (bottom - margin.top);
  };
  const toX = (at: number, line: number): number => {
    const share = shares[places.findIndex((place) => place.at === at)] ?? 0;
    return margin.left + share * inner + (line - (lines.length - 1) / 2) * apart;
  };
  const apart = Math.min(dodge[field.values], (4 * dodge[field.values]) / lines.length);
  const slots = lineSlots(table);
  const yTitle = metricTitle(table);
  const middle = (margin.top + bottom) / 2;
  return (
    <svg
      className="plot"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={fieldSentence(table)}
    >
      {y.ticks.map((tick) => (
        <g key={tick}>
          <path className="gr" d={`M${margin.left} ${toY(metric === 'accuracy' ? tick / 100 : tick)}h${inner}`} />
          <text
            className="tk"
            x={margin.left - 6}
            y={toY(metric === 'accuracy' ? tick / 100 : tick) + 3.5}
            textAnchor="end"
          >
            {setting(tick)}
          </text>
        </g>
      ))}
      {places.map((place, index) => (
        <text
          key={place.word}
          className="tk"
          x={margin.left + shares[index]! * inner}
          y={bottom + 14}
          textAnchor="middle"
        >
          {placeWord(table, place)}
        </text>
      ))}
      <path className="bl" d={`M${margin.left} ${bottom}h${inner}`} />
      <text className="ax" x={margin.left + inner / 2} y={height - 5} textAnchor="middle">
        {field.label}
        {xScale === 'log' ? ' (log)' : ''}
      </text>
      <text className="ax" x="10" y={middle} textAnchor="middle" transform={`rotate(-90 10 ${middle})`}>
        {yTitle}
      </text>
      {lines.map((line, index) => (
        <DrawnLine
          key={line.key}
          {...{ table, line, patterns, toY }}
          slot={slots[index]!}
          toX={(at) => toX(at, index)}
          opacity={raised === null || runsOf(line).some((id) => raised.has(id)) ? 1 : 0.25}
        />
      ))}
    </svg>
  );
}

const runsOf = ({ points }: FieldLine): readonly string[] => points.flatMap(({ seeds }) => seeds.map(({ id }) => id));

interface DrawnLineProps {
  readonly table: FieldTable;
  readonly line: FieldLine;
  readonly slot: Slot;
  readonly patterns: 'on' | 'off';
  readonly toX: (at: number) => number;
  readonly toY: (value: number) => number;
  readonly opacity: number;
}

/** Numbers are joined by a line; words are not, since nothing lies between them. */
function DrawnLine({ table, line, slot, patterns, toX, toY, opacity }: DrawnLineProps) {
  const joined = table.field.values === 'numbers' && line.points.length > 1;
  const path = line.points
    .map(({ place, mean }, at) => `${at === 0 ? 'M' : 'L'}${toX(place.at)} ${toY(mean)}`)
    .join('');
  return (
    <g className={`s${slot}`} opacity={opacity}>
      {line.points.flatMap(({ place, seeds }) =>
        seeds.map(({ id, value }) => <circle key={id} className="pt seed" cx={toX(place.at)} cy={toY(value)} r="3" />),
      )}
      {joined && <path className={classNames('ln', patterns === 'on' && 'dash')} d={path} />}
      {line.points.map((point) => (
        <MeanPoint key={point.place.word} {...{ table, line, point, toY }} x={toX(point.place.at)} />
      ))}
    </g>
  );
}

interface MeanPointProps {
  readonly table: FieldTable;
  readonly line: FieldLine;
  readonly point: FieldPoint;
  readonly x: number;
  readonly toY: (value: number) => number;
}

function MeanPoint({ table, line, point, x, toY }: MeanPointProps) {
  const { mean, ci95, place, seeds } = point;
  const [top, low] = ci95 === null ? [0, 0] : [toY(mean + ci95), toY(mean - ci95)];
  return (
    <>
      {ci95 !== null && <path className="whisker" d={`M${x} ${top}V${low}M${x - 4} ${top}h8M${x - 4} ${low}h8`} />}
      <circle className="pt" cx={x} cy={toY(mean)} r="4.2">
        <title>
          {`${line.label}, ${table.field.label} ${placeWord(table, place)}: ${pointText(table, point)}, ${seeds.length} ${seeds.length === 1 ? 'seed' : 'seeds'}`}
        </title>
      </circle>
    </>
  );
}
