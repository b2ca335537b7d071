import type { Chart, ChartConfiguration } from 'chart.js';
import { type Brush, type Decoration, decorations, endLabelGap, faded, type Hair } from './chart-plugins.ts';
import { drawnBand, drawnPoints } from './drawn.ts';
import { type Palette, readPalette } from './palette.ts';
import { linearScale, logScale, type Scale } from './scale.ts';
import type { Axis, ChartSeries, Mark, Range, Reference, Shade } from './series.ts';
import { tickText, valueExtent } from './view.ts';

/** Everything that one drawing needs; a value, so that drawing is a plain function of it. */
export interface Drawing {
  readonly series: readonly ChartSeries[];
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  readonly range: Range;
  readonly yRange: Range | null;
  readonly width: number;
  readonly marks: readonly Mark[];
  readonly references: readonly Reference[];
  readonly shades: readonly Shade[];
  readonly highlighted: string | null;
  readonly hair: Hair | null;
  readonly brush: Brush | null;
}

export const configuration = (holder: { current: Decoration | null }): ChartConfiguration<'line'> => ({
  type: 'line',
  data: { datasets: [] },
  plugins: [decorations(holder)],
  options: {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    layout: { padding: { top: 6, right: 12 } },
  },
});

/** Writes a drawing into the chart: datasets, scales, decorations. */
export function draw(chart: Chart<'line'>, drawing: Drawing, holder: { current: Decoration | null }): void {
  const palette = readPalette();
  const { series, range, xAxis, yAxis } = drawing;
  const columns = Math.max(50, Math.min(2000, Math.round(drawing.width)));
  holder.current = {
    palette,
    series,
    bands: series.map((each) => ({ series: each, outline: drawnBand(each, range, columns) })),
    marks: drawing.marks,
    references: drawing.references,
    shades: drawing.shades,
    highlighted: drawing.highlighted,
    hair: drawing.hair,
    brush: drawing.brush,
  };
  chart.data.datasets = series.flatMap((each) => datasetsOf(each, drawing, palette, columns));
  const extent = valueExtent(series, range, yAxis, [
    ...drawing.references.map(({ value }) => value),
    ...drawing.marks.map(({ value }) => value),
  ]);
  const height = chart.height || 200;
  const x = xScaleOf(drawing);
  const y = yScaleOf(drawing, extent, height);
  chart.options.scales = {
    x: axisOptions(xAxis, x, palette, xAxis.scale === 'log' ? range : { from: x.min, to: x.max }, 'x'),
    y: axisOptions(yAxis, y, palette, { from: y.min, to: y.max }, 'y'),
  };
  const right = Math.max(12, ...series.map((each) => endLabelWidth(chart, each, palette, range)));
  chart.options.layout = { padding: { top: 8, right, bottom: 0, left: 0 } };
  chart.update('none');
}

/** Draws only what lies over the lines anew: the hair and the brush follow the pointer. */
export function drawOver(chart: Chart<'line'>, { hair, brush }: Drawing, holder: { current: Decoration | null }): void {
  if (!holder.current) return;
  holder.current = { ...holder.current, hair, brush };
  chart.draw();
}

/** Ticks stand at round numbers of what the axis counts: steps, or epochs of so many steps. */
function xScaleOf({ xAxis, range, width }: Drawing): Scale {
  if (xAxis.scale === 'log') return logScale(range.from, range.to, 8);
  const per = xAxis.per ?? 1;
  const options = { loose: 'none', values: xAxis.values } as const;
  const { min, max, ticks } = linearScale(range.from / per, range.to / per, Math.max(2, width / 70), options);
  return { min: min * per, max: max * per, ticks: ticks.map((tick) => tick * per) };
}

function yScaleOf(drawing: Drawing, extent: readonly [number, number], height: number): Scale {
  const { yAxis, yRange } = drawing;
  const count = Math.max(2, Math.min(8, height / 44));
  const [low, high] = yRange ? [yRange.from, yRange.to] : [yAxis.min ?? extent[0], yAxis.max ?? extent[1]];
  if (yAxis.scale === 'log') return logScale(low, high, count);
  return linearScale(low, high, count, { loose: yRange ? 'none' : 'both', limits: yAxis.limits });
}

/** Room that the label at the line's end needs beyond the plot: none when the line ends far inside. */
function endLabelWidth(chart: Chart<'line'>, series: ChartSeries, palette: Palette, range: Range): number {
  if (!series.endLabel || series.steps.length === 0) return 0;
  const last = series.steps[series.steps.length - 1]!;
  if (last > range.to) return 0;
  chart.ctx.font = palette.labelFont;
  const needed = endLabelGap + chart.ctx.measureText(series.endLabel).width + (series.dash === 'slot' ? 18 : 0) + 6;
  const free = ((range.to - last) / (range.to - range.from)) * (chart.width - 60);
  return Math.max(0, needed - free);
}

function datasetsOf(series: ChartSeries, drawing: Drawing, palette: Palette, columns: number) {
  const raised = drawing.highlighted === null || drawing.highlighted === series.key;
  const colour = palette.line(series.colour);
  const alpha = (share: number): string => withAlpha(colour, raised ? share : share * faded);
  const positive = drawing.yAxis.scale === 'log';
  const points = (line: { readonly steps: ArrayLike<number>; readonly values: ArrayLike<number> }) =>
    drawnPoints(line, drawing.range, columns).map(({ x, y }) => ({ x, y: positive && y <= 0 ? Number.NaN : y }));
  const thin = series.width === 'thin' || series.colour === 'context';
  const common = {
    clip: { left: 4, right: 4, top: 4, bottom: 0 },
    pointHitRadius: 0,
    tension: 0,
    spanGaps: false,
    order: raised ? 0 : 1,
  };
  const data = points(series);
  const crowded = data.length > columns;
  const main = {
    ...common,
    data,
    borderColor: alpha(1),
    borderWidth: crowded ? 1 : thin ? 1.2 : 1.7,
    borderDash: series.dash === 'slot' ? palette.dash(series.colour) : [],
    pointRadius: series.dots === 'all' ? 3 : 0,
    pointBackgroundColor: alpha(1),
    pointBorderColor: palette.surface,
    pointBorderWidth: 1.5,
  };
  if (!series.raw) return [main];
  const raw = {
    ...common,
    data: points(series.raw),
    borderColor: alpha(0.3),
    borderWidth: 1,
    pointRadius: 0,
    order: 2,
  };
  return [main, raw];
}

/** "#2546c4" with an opacity; other notations stay as they are. */
function withAlpha(colour: string, share: number): string {
  if (share >= 1 || !/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  const channel = (from: number): number => Number.parseInt(colour.slice(from, from + 2), 16);
  return `rgba(${channel(1)}, ${channel(3)}, ${channel(5)}, ${share})`;
}

function axisOptions(axis: Axis, scale: Scale, palette: Palette, ends: Range, which: 'x' | 'y') {
  const step = scale.ticks.length > 1 ? Math.abs(scale.ticks[1]! - scale.ticks[0]!) : Math.abs(scale.max - scale.min);
  const [size, ...family] = palette.tickFont.split('px ');
  const font = { size: Number(size), family: family.join('px ') };
  return {
    type: axis.scale === 'log' ? ('logarithmic' as const) : ('linear' as const),
    min: ends.from,
    max: ends.to,
    title: { display: true, text: axis.title, color: palette.text3, font, padding: which === 'x' ? 2 : 4 },
    border: { display: which === 'x', color: palette.edge },
    grid: { display: which === 'y', color: palette.grid, drawTicks: false },
    ticks: {
      color: palette.text3,
      font,
      padding: 6,
      autoSkip: which === 'x',
      maxRotation: 0,
      callback: (value: number | string) => tickText(axis, Number(value), step),
    },
    afterBuildTicks: (built: { ticks: { value: number }[] }) => {
      built.ticks = scale.ticks.map((value) => ({ value }));
    },
  };
}

/** The drawing on the ground of the theme. Throws a plain sentence when there is none. */
export async function pngOf(canvas: HTMLCanvasElement | null): Promise<Uint8Array> {
  if (!canvas) throw new Error('The chart is not drawn yet. Scroll to it and try again.');
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext('2d')!;
  context.fillStyle = readPalette().surface;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => copy.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The picture could not be made.');
  return new Uint8Array(await blob.arrayBuffer());
}
