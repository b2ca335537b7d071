import { useState } from 'react';
import type { Brush } from './chart-plugins.ts';
import type { Axis, ChartSeries, Range } from './series.ts';
import { wholeRange } from './view.ts';

export interface ChartViewProps {
  readonly series: readonly ChartSeries[];
  readonly xAxis: Axis;
  readonly range?: Range | null;
  readonly onRange?: (range: Range | null) => void;
  readonly hair?: number | null;
  readonly onHair?: (x: number | null) => void;
}

/** What part of a chart is shown and where its hair stands: the chart's own affair, or its owner's where it says so. */
export function useChartView(props: ChartViewProps) {
  const [ownRange, setOwnRange] = useState<Range | null>(null);
  const [yRange, setYRange] = useState<Range | null>(null);
  const [ownHair, setOwnHair] = useState<number | null>(null);
  const [brush, setBrush] = useState<Brush | null>(null);
  const whole = wholeRange(props.series, props.xAxis);
  const range = (props.onRange ? props.range : ownRange) ?? whole;
  const hairX = props.onHair ? (props.hair ?? null) : ownHair;
  const setHair = (x: number | null): void => (props.onHair ?? setOwnHair)(x);
  const zoomTo = (x: Range | null, y: Range | null): void => {
    (props.onRange ?? setOwnRange)(x);
    setYRange(y);
  };
  const reset = (): void => zoomTo(null, null);
  const moveHair = (direction: 1 | -1): void => {
    const from = hairX ?? (direction === 1 ? range.from : range.to);
    const next = from + ((range.to - range.from) / 100) * direction;
    setHair(Math.min(range.to, Math.max(range.from, next)));
  };
  /** Keys of a chart with the focus; false for keys that mean nothing here. */
  const act = (key: string): boolean => {
    if (key === 'ArrowLeft') moveHair(-1);
    else if (key === 'ArrowRight') moveHair(1);
    else if (key === 'r' || key === 'R') reset();
    else if (key === 'Escape' && hairX !== null) setHair(null);
    else return false;
    return true;
  };
  const zoomed = range.from !== whole.from || range.to !== whole.to || yRange !== null;
  return { range, yRange, zoomed, hairX, setHair, brush, setBrush, zoomTo, reset, act };
}
