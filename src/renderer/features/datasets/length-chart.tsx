import { useRef, useState } from 'react';
import type { TextLengths } from '../../../shared/datasets/text.ts';
import { compact, count, plural } from '../../app/format.ts';
import { linearScale } from '../../charts/scale.ts';
import { Segmented } from '../../ui/choices.tsx';
import { useWidth } from './use-width.ts';

export interface LengthChartProps {
  readonly lengths: TextLengths;
  /** In CSS pixels, of the bars with their axis. */
  readonly height: number;
}

type Unit = keyof TextLengths;
const units = [
  { value: 'words', label: 'Words' },
  { value: 'characters', label: 'Characters' },
] as const;
const left = 34;
const below = 18;
const above = 6;
const widest = 44; // a few bars stand side by side

/** How many texts are how long, in words or characters. */
export function LengthChart({ lengths, height }: LengthChartProps) {
  const [unit, setUnit] = useState<Unit>('words');
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const { median, p95, most } = lengths[unit];
  const words = `median ${count(median)} · 95 % to ${count(p95)} · max ${count(most)}`;
  return (
    <div className="lchart">
      <div className="lchart-head">
        <span className="muted t11 trunc" title={words}>
          {words}
        </span>
        <Segmented size="small" label="Length in" value={unit} options={units} onChange={setUnit} />
      </div>
      <div ref={place}>{width > 0 && <Bars lengths={lengths} unit={unit} width={width} height={height} />}</div>
    </div>
  );
}

interface BarsProps extends LengthChartProps {
  readonly unit: Unit;
  readonly width: number;
}

function Bars({ lengths, unit, width, height }: BarsProps) {
  const { edges, counts, most } = lengths[unit];
  const bottom = height - below;
  const scale = linearScale(0, Math.max(1, ...counts), height > 120 ? 4 : 2, { loose: 'both' });
  const toY = (value: number): number => bottom - (value / scale.max) * (bottom - above);
  const pitch = Math.min(widest, (width - left - 4) / counts.length);
  const labelled = Math.ceil(counts.length / Math.max(2, Math.floor((pitch * counts.length) / 70)));
  return (
    <svg
      className="plot"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Texts by their number of ${unit}, up to ${count(most)}.`}
    >
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <path className={tick === 0 ? 'bl' : 'gr'} d={`M${left} ${toY(tick)}H${width}`} />
          <text className="tk" x={left - 6} y={toY(tick) + 3.5} textAnchor="end">
            {compact(tick)}
          </text>
        </g>
      ))}
      {counts.map((amount, bin) => {
        const x = left + 2 + bin * pitch;
        const [from, to] = [edges[bin]!, edges[bin + 1]!];
        const last = bin === counts.length - 1;
        return (
          <g key={from}>
            <title>{`${count(from)} to ${count(last ? to : to - 1)} ${unit}: ${plural(amount, 'text')}`}</title>
            {/* The whole height answers the pointer, also over an empty bin. */}
            <rect className="lbin" x={x} y={above} width={pitch} height={bottom - above} />
            {amount > 0 && (
              <rect
                className="lbar"
                x={x}
                y={Math.min(toY(amount), bottom - 1)}
                width={Math.max(1, pitch - Math.min(2, pitch * 0.2))}
                height={Math.max(1, bottom - toY(amount))}
                rx="1"
              />
            )}
            {bin % labelled === 0 && (
              <text className="tk" x={x} y={height - 4} textAnchor="middle">
                {compact(from)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
