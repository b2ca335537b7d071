import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { setting } from '../app/format.ts';
import { usePointer, useResize } from './chart-hooks.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { pngOf } from './draw-chart.ts';
import type { Axis, ChartSeries, Mark, Range, Reference, Shade } from './series.ts';
import { useChartView } from './use-chart-view.ts';
import { useDrawing } from './use-drawing.ts';
import { type Reading, readingsAt, sentenceOf } from './view.ts';

export interface LineChartHandle {
  /** The drawing on the ground of the theme, as a PNG. */
  readonly toPng: () => Promise<Uint8Array>;
}

export interface LineChartProps {
  /** Name of what is shown: "Validation accuracy". Begins the sentence that screen readers get. */
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  /** Stretch of the x axis that is shown; null is everything. Without `onRange` the chart keeps its own zoom. */
  readonly range?: Range | null;
  readonly onRange?: (range: Range | null) => void;
  /** x under the pointer, to share between charts. */
  readonly hair?: number | null;
  readonly onHair?: (x: number | null) => void;
  /** Key of the series that is raised. */
  readonly highlighted?: string | null;
  readonly marks?: readonly Mark[];
  readonly references?: readonly Reference[];
  readonly shades?: readonly Shade[];
  /** Second part of the tooltip's head, such as the time of day. */
  readonly describeX?: (x: number) => string;
  /** Keys for what the tooltip calls x: "Iteration". */
  readonly xName?: string;
  /** Enter, or a wish from the keyboard, to read the chart as a table. */
  readonly onTable?: () => void;
  readonly ref?: Ref<LineChartHandle>;
}

const nothing: readonly never[] = [];

/**
 * Lines over a common axis, drawn with Chart.js as UI.md section 5 wants it: at most 2 points a pixel, bands, marks,
 * labels at the ends of lines, a hair with readings, zoom by dragging. Fills its parent, which needs a height.
 */
export function LineChart(props: LineChartProps) {
  const { title, series, xAxis, yAxis, ref } = props;
  const place = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useResize(place, setSize);
  const view = useChartView(props);
  const { range, hairX, setHair, reset } = view;
  const readings = hairX === null ? nothing : readingsAt(series, hairX, range, yAxis);
  const snapped = readings[0]?.step ?? hairX;
  const { canvas, chart } = useDrawing(place, {
    series,
    xAxis,
    yAxis,
    range,
    yRange: view.yRange,
    width: size.width,
    height: size.height,
    marks: props.marks ?? nothing,
    references: props.references ?? nothing,
    shades: props.shades ?? nothing,
    highlighted: props.highlighted ?? null,
    hair: snapped === null ? null : { x: snapped, points: readings.map(pointOf) },
    brush: view.brush,
  });
  useImperativeHandle(ref, () => ({ toPng: () => pngOf(canvas.current) }), [canvas]);
  const pointer = usePointer({ chart, setBrush: view.setBrush, setHair, zoomTo: view.zoomTo, reset });
  const sentence = useMemo(() => sentenceOf(title, xAxis, yAxis, series), [title, xAxis, yAxis, series]);
  return (
    <div className="chart" ref={place}>
      <div
        className="chart-face"
        role="img"
        aria-label={sentence}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the hair
        tabIndex={0}
        {...pointer}
        onBlur={() => setHair(null)}
        onKeyDown={(event) => {
          if (!view.act(event.key) && !(event.key === 'Enter' && props.onTable)) return;
          if (event.key === 'Enter') props.onTable?.();
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <canvas ref={canvas} />
      </div>
      {view.zoomed && (
        <button type="button" className="btn sm chart-reset" onClick={reset}>
          Reset zoom
        </button>
      )}
      {snapped !== null && readings.length > 0 && chart.current && (
        <ChartTooltip
          head={`${props.xName ?? 'Iteration'} ${setting(Number(snapped.toPrecision(8)))}`}
          detail={props.describeX?.(snapped)}
          readings={readings}
          x={chart.current.scales.x?.getPixelForValue(snapped) ?? 0}
          width={size.width}
          slots={series.some(({ dash }) => dash === 'slot') ? 'dashed' : 'solid'}
        />
      )}
    </div>
  );
}

const pointOf = ({ series, step, value }: Reading) => ({ x: step, y: value, colour: series.colour });
