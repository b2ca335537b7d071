import { Chart, LinearScale, LineController, LineElement, LogarithmicScale, PointElement } from 'chart.js';
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { setting } from '../app/format.ts';
import { useInView, usePointer, useResize, useThrottled } from './chart-hooks.ts';
import type { Brush, Decoration } from './chart-plugins.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { configuration, type Drawing, draw, drawOver, pngOf } from './draw-chart.ts';
import { useThemeVersion } from './palette.ts';
import type { Axis, ChartSeries, Mark, Range, Reference, Shade } from './series.ts';
import { readingsAt, sentenceOf, wholeRange } from './view.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale);

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
const redrawMs = 250;

/**
 * Lines over a common axis, drawn with Chart.js as UI.md section 5 wants it: at most 2 points a pixel, bands, marks,
 * labels at the ends of lines, a hair with readings, zoom by dragging. Fills its parent, which needs a height.
 */
export function LineChart(props: LineChartProps) {
  const { title, series, xAxis, yAxis, highlighted = null, ref } = props;
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart<'line'> | null>(null);
  const decoration = useRef<Decoration | null>(null);
  const theme = useThemeVersion();
  const [ownRange, setOwnRange] = useState<Range | null>(null);
  const [yRange, setYRange] = useState<Range | null>(null);
  const [ownHair, setOwnHair] = useState<number | null>(null);
  const [brush, setBrush] = useState<Brush | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const { seen, here } = useInView(place);

  const whole = wholeRange(series, xAxis);
  const range = (props.onRange ? props.range : ownRange) ?? whole;
  const hairX = props.onHair ? (props.hair ?? null) : ownHair;
  const setRange = (next: Range | null) => (props.onRange ?? setOwnRange)(next);
  const setHair = (x: number | null) => (props.onHair ?? setOwnHair)(x);
  const readings = hairX === null ? nothing : readingsAt(series, hairX, range, yAxis);
  const snapped = readings[0]?.step ?? hairX;

  const drawing: Drawing = {
    series,
    xAxis,
    yAxis,
    range,
    yRange,
    width: size.width,
    marks: props.marks ?? nothing,
    references: props.references ?? nothing,
    shades: props.shades ?? nothing,
    highlighted,
    hair:
      snapped === null
        ? null
        : {
            x: snapped,
            points: readings.map(({ series: { colour }, step, value }) => ({ x: step, y: value, colour })),
          },
    brush,
  };
  const latest = useRef(drawing);
  latest.current = drawing;

  useResize(place, setSize);
  useLayoutEffect(() => {
    if (!seen || !canvas.current) return;
    const made = new Chart(canvas.current, configuration(decoration));
    chart.current = made;
    return () => {
      made.destroy();
      chart.current = null;
    };
  }, [seen]);

  const redraw = useThrottled(() => {
    if (chart.current) draw(chart.current, latest.current, decoration);
  }, redrawMs);
  // What the user does is drawn at once; what a run does waits for its turn, and for being in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these asks for a drawing
  useLayoutEffect(() => {
    redraw('now');
  }, [seen, here, size, theme, range.from, range.to, yRange, highlighted, xAxis.scale, yAxis.scale]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these asks for a drawing
  useEffect(() => {
    if (here) redraw('soon');
  }, [series, props.marks, props.references, props.shades]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the hair and the brush lie over the lines as they are
  useLayoutEffect(() => {
    if (chart.current) drawOver(chart.current, latest.current, decoration);
  }, [snapped, brush]);

  useImperativeHandle(ref, () => ({ toPng: () => pngOf(canvas.current) }), []);

  const pointer = usePointer({
    chart,
    setBrush,
    setHair,
    zoomTo: (x, y) => {
      setRange(x);
      setYRange(y);
    },
    reset: () => {
      setRange(null);
      setYRange(null);
    },
  });
  const sentence = useMemo(() => sentenceOf(title, xAxis, yAxis, series), [title, xAxis, yAxis, series]);
  const zoomed = range.from !== whole.from || range.to !== whole.to || yRange !== null;

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
          if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
            const by = ((range.to - range.from) / 100) * (event.key === 'ArrowLeft' ? -1 : 1);
            const from = hairX ?? (by > 0 ? range.from : range.to);
            setHair(Math.min(range.to, Math.max(range.from, from + by)));
          } else if (event.key === 'r' || event.key === 'R') {
            setRange(null);
            setYRange(null);
          } else if (event.key === 'Escape' && hairX !== null) setHair(null);
          else if (event.key === 'Enter' && props.onTable) props.onTable();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <canvas ref={canvas} />
      </div>
      {zoomed && (
        <button
          type="button"
          className="btn sm chart-reset"
          onClick={() => {
            setRange(null);
            setYRange(null);
          }}
        >
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
