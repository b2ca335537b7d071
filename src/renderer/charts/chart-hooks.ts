import type { Chart } from 'chart.js';
import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Brush } from './chart-plugins.ts';
import type { Range } from './series.ts';

export interface PointerActs {
  readonly chart: { readonly current: Chart<'line'> | null };
  readonly setBrush: (brush: Brush | null) => void;
  readonly setHair: (x: number | null) => void;
  readonly zoomTo: (x: Range, y: Range | null) => void;
  readonly reset: () => void;
}

/** Moving shows the hair; dragging draws a zoom (with Shift a box); a double click resets. */
export function usePointer({ chart, setBrush, setHair, zoomTo, reset }: PointerActs) {
  const start = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const at = (event: PointerEvent): { x: number; y: number } | null => {
    const { x, y } = chart.current?.scales ?? {};
    const area = chart.current?.chartArea;
    if (!x || !y || !area) return null;
    const box = event.currentTarget.getBoundingClientRect();
    const left = Math.min(Math.max(event.clientX - box.left, area.left), area.right);
    const top = Math.min(Math.max(event.clientY - box.top, area.top), area.bottom);
    return { x: x.getValueForPixel(left) ?? 0, y: y.getValueForPixel(top) ?? 0 };
  };
  const brushOf = (event: PointerEvent): Brush | null => {
    const here = at(event);
    const from = start.current;
    if (!here || !from) return null;
    const span = (a: number, b: number): Range => ({ from: Math.min(a, b), to: Math.max(a, b) });
    return { x: span(from.x, here.x), y: event.shiftKey ? span(from.y, here.y) : null };
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      start.current = at(event);
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      if (start.current) setBrush(brushOf(event));
      setHair(at(event)?.x ?? null);
    },
    onPointerUp: (event: PointerEvent) => {
      const brush = brushOf(event);
      const from = start.current;
      start.current = null;
      setBrush(null);
      const area = chart.current?.scales.x;
      if (!brush || !from || !area) return;
      const pixels = Math.abs(area.getPixelForValue(brush.x.to) - area.getPixelForValue(brush.x.from));
      if (pixels > 6) zoomTo(brush.x, brush.y);
    },
    onPointerLeave: () => {
      if (!start.current) setHair(null);
    },
    onDoubleClick: reset,
  };
}

export interface Sight {
  /** From the first time that the element came near the window's visible part: what is below the fold is not made. */
  readonly seen: boolean;
  /** Whether it is there now; charts out of sight are not redrawn. */
  readonly here: boolean;
}

export function useInView(place: { readonly current: HTMLElement | null }): Sight {
  const [sight, setSight] = useState<Sight>({ seen: false, here: false });
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        const here = entry?.isIntersecting ?? false;
        setSight(({ seen }) => ({ seen: seen || here, here }));
      },
      { rootMargin: '120px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return sight;
}

export function useResize(
  place: { readonly current: HTMLElement | null },
  onSize: (size: { width: number; height: number }) => void,
): void {
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) onSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [place, onSize]);
}

/** Runs `act` at most once in `ms` when asked "soon", at once when asked "now"; the last request always counts. */
export function useThrottled(act: () => void, ms: number): (when: 'now' | 'soon') => void {
  const latest = useRef(act);
  latest.current = act;
  const state = useRef<{ last: number; timer: ReturnType<typeof setTimeout> | undefined }>({
    last: Number.NEGATIVE_INFINITY,
    timer: undefined,
  });
  useEffect(() => () => clearTimeout(state.current.timer), []);
  return useMemo(
    () => (when) => {
      const run = (): void => {
        clearTimeout(state.current.timer);
        state.current = { last: performance.now(), timer: undefined };
        latest.current();
      };
      const wait = state.current.last + ms - performance.now();
      if (when === 'now' || wait <= 0) run();
      else state.current.timer ??= setTimeout(run, wait);
    },
    [ms],
  );
}
