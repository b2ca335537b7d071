import { useMemo, useRef } from 'react';
import type { DatasetClass } from '../../../shared/datasets/dataset.ts';
import type { Split } from '../../../shared/runs/run.ts';
import { count, fixed, plural } from '../../app/format.ts';
import { linearScale } from '../../charts/scale.ts';
import { type Balance, balanceOf } from './balance.ts';
import { type Assignment, splitWords } from './splits.ts';
import { useWidth } from './use-width.ts';

export interface BalanceChartProps {
  readonly classes: readonly DatasetClass[];
  readonly now: Assignment;
  /** Positions of classes whose bars are outlined. */
  readonly hot: ReadonlySet<number>;
  /** "drawing" or "image". */
  readonly noun: string;
}

const height = 112;
const top = 8;
const bottom = 94;
const left = 26;
const widest = 56; // a few bars stand side by side, not far apart
const splitClass: Readonly<Record<Split, string>> = { train: 'b-tr', validation: 'b-va', test: 'b-te', unused: 'b-un' };

/** Bars of classes per group, or of examples per class, coloured by split. */
export function BalanceChart({ classes, now, hot, noun }: BalanceChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const balance = useMemo(() => balanceOf(classes, now), [classes, now]);
  const sizes = useMemo(() => classes.map(({ examples }) => examples), [classes]);
  const even = sizes.every((size) => size === sizes[0]) ? (sizes[0] ?? 0) : null;
  const flat = balance.of === 'classes' && even !== null;
  return (
    <section className="sec2" aria-label="Balance">
      <div className="sh">
        <h3>Balance</h3>
        <span className="muted t11 trunc">{subtitle(balance, even, noun)}</span>
      </div>
      <div ref={place}>{!flat && width > 0 && <Bars balance={balance} width={width} hot={hot} />}</div>
    </section>
  );
}

function subtitle({ of, joined, fewest, most }: Balance, even: number | null, noun: string): string {
  const each = even === null ? '' : `every class has ${plural(even, noun)}`;
  const amount = fewest === most ? `${count(most)} each` : `${count(fewest)} to ${count(most)}`;
  if (of === 'groups') return `classes per group, ${amount}${each ? `; ${each}` : ''}`;
  if (each) return each;
  const means = joined > 1 ? `; each bar is the mean of ${joined} neighbours` : '';
  return `${noun}s per class, ${amount}${means}`;
}

interface BarsProps {
  readonly balance: Balance;
  readonly width: number;
  readonly hot: ReadonlySet<number>;
}

function Bars({ balance, width, hot }: BarsProps) {
  const { bars, stretches, of, most, fewest } = balance;
  const scale = linearScale(0, Math.max(most, 1), 3, { loose: 'both' });
  const toY = (value: number): number => bottom - (value / scale.max) * (bottom - top);
  const pitch = Math.min(widest, (width - left - 4) / bars.length);
  const bar = Math.max(1, pitch - Math.max(Math.min(3, pitch * 0.25), pitch * 0.2));
  const toX = (index: number): number => left + 4 + index * pitch;
  const what = of === 'groups' ? 'Classes per group' : 'Examples per class';
  return (
    <svg
      className="plot"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${what}, ${count(fewest)} to ${count(most)}, coloured by split.`}
    >
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <path className={tick === 0 ? 'bl' : 'gr'} d={`M${left} ${toY(tick)}H${width}`} />
          <text className="tk" x={left - 6} y={toY(tick) + 3.5} textAnchor="end">
            {fixed(tick, 0)}
          </text>
        </g>
      ))}
      {bars.map(({ label, parts, total, members }, index) => {
        let below = 0;
        const outlined = members.some((position) => hot.has(position));
        return (
          <g key={label} className={outlined ? 'hot' : undefined}>
            <title>{`${label}: ${fixed(total, Number.isInteger(total) ? 0 : 1)}`}</title>
            {parts.map(({ split, amount }) => {
              const y = toY(below + amount);
              const rect = (
                <rect
                  key={split}
                  className={splitClass[split]}
                  x={toX(index)}
                  y={y}
                  width={bar}
                  height={Math.max(0.5, toY(below) - y)}
                  rx="1"
                />
              );
              below += amount;
              return rect;
            })}
          </g>
        );
      })}
      {stretches.map(({ split, from, count: size }) => {
        const space = size * pitch;
        return (
          <text key={split} className="an" x={toX(from) + space / 2} y={height - 3} textAnchor="middle">
            {stretchWords(split, size, space)}
          </text>
        );
      })}
    </svg>
  );
}

/** "Train, 33", shorter where there is less room. */
function stretchWords(split: Split, size: number, space: number): string {
  const words = [splitWords[split], ...(split === 'validation' ? ['Val.'] : [])];
  const fitting = words.map((word) => `${word}, ${count(size)}`).find((text) => text.length * 5.4 < space);
  return fitting ?? count(size);
}
