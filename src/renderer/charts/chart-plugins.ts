import type { Chart, Plugin } from 'chart.js';
import { spreadLabels } from './end-labels.ts';
import type { Palette } from './palette.ts';
import type { ChartSeries, Mark, Range, Reference, Shade } from './series.ts';

/** What the plugins draw beside Chart.js's lines; replaced as a whole before each drawing. */
export interface Decoration {
  readonly palette: Palette;
  readonly series: readonly ChartSeries[];
  readonly bands: readonly { readonly series: ChartSeries; readonly outline: readonly BandPlace[] }[];
  readonly marks: readonly Mark[];
  readonly references: readonly Reference[];
  readonly shades: readonly Shade[];
  /** Series that is raised; the others go to 25 %. */
  readonly highlighted: string | null;
  readonly hair: Hair | null;
  readonly brush: Brush | null;
}

export interface BandPlace {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** The vertical line under the pointer, and the points of the series at it. */
export interface Hair {
  readonly x: number;
  readonly points: readonly { readonly x: number; readonly y: number; readonly colour: ChartSeries['colour'] }[];
}

/** A zoom that is being drawn, in data coordinates; without `y` the whole height. */
export interface Brush {
  readonly x: Range;
  readonly y: Range | null;
}

export const faded = 0.25;
export const endLabelGap = 8;
const labelHeight = 14;

interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function frameOf(chart: Chart): Frame | null {
  const { x, y } = chart.scales;
  if (!x || !y) return null;
  return {
    context: chart.ctx,
    ...chart.chartArea,
    x: (value) => x.getPixelForValue(value),
    y: (value) => y.getPixelForValue(value),
  };
}

/** Chart.js plugin that reads its decoration from a holder, so that one instance serves one chart for its life. */
export function decorations(holder: { current: Decoration | null }): Plugin<'line'> {
  return {
    id: 'decorations',
    beforeDatasetsDraw: (chart) => {
      const frame = frameOf(chart);
      if (!frame || !holder.current) return;
      clipped(frame, () => {
        drawShades(frame, holder.current!);
        drawBands(frame, holder.current!);
        drawReferenceLines(frame, holder.current!);
      });
    },
    afterDatasetsDraw: (chart) => {
      const frame = frameOf(chart);
      if (!frame || !holder.current) return;
      drawReferenceNames(frame, holder.current);
      drawMarks(frame, holder.current);
      drawEndDots(frame, holder.current);
      drawEndLabels(frame, holder.current);
      drawHair(frame, holder.current);
      drawBrush(frame, holder.current);
    },
  };
}

function clipped({ context, left, right, top, bottom }: Frame, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  draw();
  context.restore();
}

const strength = (decoration: Decoration, key: string): number =>
  decoration.highlighted === null || decoration.highlighted === key ? 1 : faded;

function drawShades(frame: Frame, { shades, palette }: Decoration): void {
  const { context, top, bottom } = frame;
  for (const shade of shades) {
    const left = frame.x(shade.from);
    const width = frame.x(shade.to) - left;
    context.fillStyle = palette.sunken;
    context.fillRect(left, top, width, bottom - top);
    context.font = palette.tickFont;
    context.fillStyle = palette.text2;
    context.textAlign = 'left';
    context.textBaseline = 'bottom';
    const place = shade.labelAt === 'top' ? top + 16 : bottom - 22;
    if (context.measureText(shade.label).width < width - 8) context.fillText(shade.label, left + 5, place);
  }
}

function drawBands(frame: Frame, decoration: Decoration): void {
  const { context } = frame;
  for (const { series, outline } of decoration.bands) {
    if (outline.length < 2) continue;
    context.globalAlpha = strength(decoration, series.key);
    context.fillStyle = decoration.palette.soft(series.colour);
    context.beginPath();
    outline.forEach((place, index) => {
      const draw = index === 0 ? 'moveTo' : 'lineTo';
      context[draw](frame.x(place.x), frame.y(place.high));
    });
    for (let index = outline.length - 1; index >= 0; index--) {
      const place = outline[index]!;
      context.lineTo(frame.x(place.x), frame.y(place.low));
    }
    context.closePath();
    context.fill();
  }
  context.globalAlpha = 1;
}

function drawReferenceLines(frame: Frame, { references, palette }: Decoration): void {
  const { context, left, right } = frame;
  context.strokeStyle = palette.star;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  for (const { value } of references) {
    context.beginPath();
    context.moveTo(left, frame.y(value));
    context.lineTo(right, frame.y(value));
    context.stroke();
  }
  context.setLineDash([]);
}

function drawReferenceNames(frame: Frame, { references, palette }: Decoration): void {
  const { context, right, top } = frame;
  context.font = palette.tickFont;
  context.fillStyle = palette.text2;
  context.textAlign = 'right';
  for (const { value, label } of references) {
    const y = frame.y(value);
    context.textBaseline = y - top > 14 ? 'bottom' : 'top';
    context.fillText(label, right, y - top > 14 ? y - 3 : y + 3);
  }
}

/** A small flag on the point. */
function drawMarks(frame: Frame, { marks, palette }: Decoration): void {
  const { context, left, right, bottom } = frame;
  for (const mark of marks) {
    const x = frame.x(mark.step);
    const y = frame.y(mark.value);
    if (x < left - 1 || x > right + 1) continue;
    context.strokeStyle = palette.star;
    context.fillStyle = palette.star;
    context.lineWidth = 1.2;
    const pole = y + 12 > bottom - 4 ? -12 : 12;
    const foot = y + pole;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x, foot);
    context.stroke();
    context.beginPath();
    context.moveTo(x, foot);
    context.lineTo(x + 8, foot);
    context.lineTo(x + 6, foot + 2.5);
    context.lineTo(x + 8, foot + 5);
    context.lineTo(x, foot + 5);
    context.closePath();
    context.fill();
    context.font = palette.tickFont;
    context.textBaseline = 'middle';
    const width = context.measureText(mark.label).width + 12;
    const onRight = x + width < right;
    context.textAlign = onRight ? 'left' : 'right';
    halo(context, palette, mark.label, onRight ? x + 12 : x - 4, foot + 3, palette.text2);
  }
}

/** Text with a rim in the colour of the ground, so that lines do not cut it. */
function halo(
  context: CanvasRenderingContext2D,
  palette: Palette,
  text: string,
  x: number,
  y: number,
  colour: string,
): void {
  context.strokeStyle = palette.surface;
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

const lastPoint = (series: ChartSeries): { readonly x: number; readonly y: number } | null => {
  for (let index = series.steps.length - 1; index >= 0; index--) {
    const y = series.values[index]!;
    if (Number.isFinite(y)) return { x: series.steps[index]!, y };
  }
  return null;
};

function dot(
  context: CanvasRenderingContext2D,
  palette: Palette,
  x: number,
  y: number,
  colour: string,
  radius: number,
) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.strokeStyle = palette.surface;
  context.lineWidth = 1.5;
  context.stroke();
}

function drawEndDots(frame: Frame, decoration: Decoration): void {
  const { palette } = decoration;
  for (const series of decoration.series) {
    const last = series.dots === 'last' ? lastPoint(series) : null;
    if (!last) continue;
    const x = frame.x(last.x);
    const y = frame.y(last.y);
    if (x > frame.right + 1 || y < frame.top - 1 || y > frame.bottom + 1) continue;
    frame.context.globalAlpha = strength(decoration, series.key);
    dot(frame.context, palette, x, y, palette.line(series.colour), 4);
  }
  frame.context.globalAlpha = 1;
}

function drawEndLabels(frame: Frame, decoration: Decoration): void {
  const { context, left, right, top, bottom } = frame;
  const { palette } = decoration;
  const labelled = decoration.series.flatMap((series) => {
    const last = series.endLabel ? lastPoint(series) : null;
    if (!last) return [];
    const x = frame.x(last.x);
    const y = frame.y(last.y);
    return x < left || x > right + 1 || !Number.isFinite(y) ? [] : [{ series, x, y }];
  });
  const heights = spreadLabels(
    labelled.map(({ y }) => y),
    labelHeight,
    top + 4,
    bottom - 4,
  );
  labelled.forEach(({ series, x }, index) => {
    const strong = series.endLabelLook !== 'soft';
    context.globalAlpha = strength(decoration, series.key);
    context.font = strong ? palette.labelFont : palette.tickFont;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    let place = x + endLabelGap;
    if (series.dash === 'slot') {
      context.strokeStyle = palette.line(series.colour);
      context.lineWidth = 2;
      context.setLineDash(palette.dash(series.colour));
      context.beginPath();
      context.moveTo(place, heights[index]!);
      context.lineTo(place + 14, heights[index]!);
      context.stroke();
      context.setLineDash([]);
      place += 18;
    }
    halo(context, palette, series.endLabel ?? '', place, heights[index]!, strong ? palette.text1 : palette.text2);
  });
  context.globalAlpha = 1;
}

function drawHair(frame: Frame, { hair, palette }: Decoration): void {
  if (!hair) return;
  const { context, left, right, top, bottom } = frame;
  const x = frame.x(hair.x);
  if (x < left - 1 || x > right + 1) return;
  context.strokeStyle = palette.hair;
  context.lineWidth = 1;
  context.setLineDash([2, 2]);
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, top);
  context.lineTo(Math.round(x) + 0.5, bottom);
  context.stroke();
  context.setLineDash([]);
  for (const point of hair.points) {
    const y = frame.y(point.y);
    if (y >= top - 1 && y <= bottom + 1) dot(context, palette, frame.x(point.x), y, palette.line(point.colour), 4);
  }
}

function drawBrush(frame: Frame, { brush, palette }: Decoration): void {
  if (!brush) return;
  const { context, top, bottom } = frame;
  const left = frame.x(brush.x.from);
  const right = frame.x(brush.x.to);
  const upper = brush.y ? frame.y(brush.y.to) : top;
  const lower = brush.y ? frame.y(brush.y.from) : bottom;
  context.globalAlpha = 0.6;
  context.fillStyle = palette.brush;
  context.fillRect(left, upper, right - left, lower - upper);
  context.globalAlpha = 1;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1;
  context.strokeRect(left, upper, right - left, lower - upper);
}
