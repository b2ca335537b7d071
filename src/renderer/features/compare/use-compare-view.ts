import { useCallback, useState } from 'react';
import type { HorizontalAxis } from './axis.ts';
import type { Judged } from './difference.ts';
import type { FieldScale } from './field-view.ts';
import type { Grouping } from './groups.ts';

/** How a comparison is looked at. Smoothing is kept per metric; all of it outlives the page. */
export interface CompareView {
  readonly metric: string | null;
  readonly axis: HorizontalAxis;
  /** null: by seed only when that makes more than one group. */
  readonly grouping: Grouping | null;
  readonly band: 'ci95' | 'none';
  readonly smoothing: Readonly<Record<string, number>>;
  readonly logX: 'on' | 'off';
  readonly logY: 'on' | 'off';
  readonly patterns: 'on' | 'off';
  readonly judged: Judged;
  readonly configFields: 'differing' | 'all';
  /** What results are put against; null: the first field in which the runs differ. */
  readonly field: string | null;
  readonly fieldScale: FieldScale;
}

export const defaultView: CompareView = {
  metric: null,
  axis: 'iteration',
  grouping: null,
  band: 'ci95',
  smoothing: {},
  logX: 'off',
  logY: 'off',
  patterns: 'on',
  judged: 'best',
  configFields: 'differing',
  field: null,
  fieldScale: 'auto',
};

const key = 'innerloop.compare.view';

export function parseView(text: string | null): CompareView {
  if (text === null) return defaultView;
  try {
    const kept = JSON.parse(text) as Partial<Record<keyof CompareView, unknown>>;
    const one = <Value>(value: unknown, allowed: readonly Value[], fallback: Value): Value =>
      allowed.find((each) => each === value) ?? fallback;
    const smoothing = Object.entries(kept.smoothing ?? {}).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= 0 && entry[1] < 1,
    );
    return {
      metric: typeof kept.metric === 'string' ? kept.metric : null,
      axis: one<HorizontalAxis>(kept.axis, ['iteration', 'tasks', 'compute'], 'iteration'),
      grouping: one<Grouping | null>(kept.grouping, ['all-but-seed', 'run'], null),
      band: one(kept.band, ['ci95', 'none'], 'ci95'),
      smoothing: Object.fromEntries(smoothing),
      logX: one(kept.logX, ['on', 'off'], 'off'),
      logY: one(kept.logY, ['on', 'off'], 'off'),
      patterns: one(kept.patterns, ['on', 'off'], 'on'),
      judged: one(kept.judged, ['best', 'final'], 'best'),
      configFields: one(kept.configFields, ['differing', 'all'], 'differing'),
      field: typeof kept.field === 'string' ? kept.field : null,
      fieldScale: one<FieldScale>(kept.fieldScale, ['auto', 'linear', 'log'], 'auto'),
    };
  } catch {
    return defaultView; // a damaged view is no view
  }
}

export function useCompareView(): readonly [CompareView, (change: Partial<CompareView>) => void] {
  const [view, setView] = useState(() => parseView(localStorage.getItem(key)));
  const change = useCallback((part: Partial<CompareView>) => {
    setView((known) => {
      const next = { ...known, ...part };
      localStorage.setItem(key, JSON.stringify(next));
      return next;
    });
  }, []);
  return [view, change];
}
