import { Swatch } from './swatch.tsx';
import type { Reading } from './view.ts';

export interface ChartTooltipProps {
  readonly head: string;
  readonly detail: string | undefined;
  readonly readings: readonly Reading[];
  /** Place of the hair, and width of the chart, in pixels. */
  readonly x: number;
  readonly width: number;
  readonly slots: 'solid' | 'dashed';
}

const most = 12;

/** Readings at the hair, on the side with most room, never under the pointer. */
export function ChartTooltip({ head, detail, readings, x, width, slots }: ChartTooltipProps) {
  const side = x > width / 2 ? { right: width - x + 12 } : { left: x + 12 };
  return (
    <div className="tip" style={side} aria-live="polite">
      <div className="t">
        {head}
        {detail && ` · ${detail}`}
      </div>
      <ul>
        {readings.slice(0, most).map(({ series, text }) => (
          <li key={series.key}>
            <span>
              <Swatch colour={series.colour} dashed={slots === 'dashed'} />
              {series.name}
            </span>
            <b>{text}</b>
          </li>
        ))}
      </ul>
      {readings.length > most && <div className="t">and {readings.length - most} more</div>}
    </div>
  );
}
