import { useSyncExternalStore } from 'react';
import { request } from './core.ts';

/** How a metric is drawn for this user; kept per metric (UI.md section 5). */
export interface MetricView {
  /** Weight of the moving average in [0, 1); 0 is off. */
  readonly smoothing: number;
  readonly scale: 'linear' | 'log';
}

export const smoothingChoices = [0, 0.6, 0.8, 0.9, 0.95, 0.99] as const;

const prefix = 'charts.';
let views: ReadonlyMap<string, MetricView> = new Map();
let asked: 'yes' | 'no' = 'no';
const listeners = new Set<() => void>();

/** Losses span decades, so they begin on a log axis; nothing is smoothed until asked for. */
const initialView = (key: string): MetricView => ({ smoothing: 0, scale: key === 'train/loss' ? 'log' : 'linear' });

export function parseMetricView(text: string): MetricView | null {
  const [smoothing, scale] = text.split(' ');
  const weight = Number(smoothing);
  if (!(weight >= 0 && weight < 1) || (scale !== 'linear' && scale !== 'log')) return null;
  return { smoothing: weight, scale };
}

function adopt(next: ReadonlyMap<string, MetricView>): void {
  views = next;
  for (const listener of listeners) listener();
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  if (asked === 'no') {
    asked = 'yes';
    void request('settings.get', null).then(
      (settings) => {
        const stored = Object.entries(settings).flatMap(([key, value]): [string, MetricView][] => {
          const view = key.startsWith(prefix) ? parseMetricView(value) : null;
          return view ? [[key.slice(prefix.length), view]] : [];
        });
        adopt(new Map([...stored, ...views]));
      },
      () => {
        asked = 'no'; // asked again by the next chart
      },
    );
  }
  return () => listeners.delete(listener);
}

export function useMetricView(key: string): readonly [MetricView, (change: Partial<MetricView>) => void] {
  const known = useSyncExternalStore(follow, () => views);
  const view = known.get(key) ?? initialView(key);
  const change = (part: Partial<MetricView>): void => {
    const next = { ...view, ...part };
    adopt(new Map([...views, [key, next]]));
    // Without the core the choice still holds for this window.
    void request('settings.set', { key: prefix + key, value: `${next.smoothing} ${next.scale}` }).catch(
      () => undefined,
    );
  };
  return [view, change];
}
