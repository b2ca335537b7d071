import { Chart, LinearScale, LineController, LineElement, LogarithmicScale, PointElement } from 'chart.js';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useInView, useThrottled } from './chart-hooks.ts';
import type { Decoration } from './chart-plugins.ts';
import { configuration, type Drawing, draw, drawOver } from './draw-chart.ts';
import { useThemeVersion } from './palette.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale);

const redrawMs = 250;

export interface Drawn {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly chart: RefObject<Chart<'line'> | null>;
}

/**
 * Keeps a canvas as the drawing says. Made when it is first scrolled to; what the user does is drawn at once, what a
 * run does at most four times a second and only in sight; the hair and the brush lie over the lines as they are.
 */
export function useDrawing(
  place: RefObject<HTMLElement | null>,
  drawing: Drawing & { readonly height: number },
): Drawn {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart<'line'> | null>(null);
  const decoration = useRef<Decoration | null>(null);
  const theme = useThemeVersion();
  const { seen, here } = useInView(place);
  const latest = useRef(drawing);
  latest.current = drawing;

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
  const { range, yRange, width, height, highlighted, xAxis, yAxis, hair, brush } = drawing;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these asks for a drawing
  useLayoutEffect(() => {
    redraw('now');
  }, [seen, here, width, height, theme, range.from, range.to, yRange, highlighted, xAxis.scale, yAxis.scale]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these asks for a drawing
  useEffect(() => {
    if (here) redraw('soon');
  }, [drawing.series, drawing.marks, drawing.references, drawing.shades]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a hair at the same place is the same hair
  useLayoutEffect(() => {
    if (chart.current) drawOver(chart.current, latest.current, decoration);
  }, [hair?.x, brush]);
  return { canvas, chart };
}
