import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { asFailure, type RequestFailure, request, subscribe } from '../../app/core.ts';
import type { ChartSeries, Line, Range } from '../../charts/series.ts';

/** A stored series, growing while its run goes on. */
export interface LiveSeries extends Line {
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** Stored points in the range; more than `steps.length` when reduced for drawing. */
  readonly stored: number;
}

export interface LiveSeriesSet {
  readonly byKey: ReadonlyMap<string, LiveSeries>;
  readonly state: 'waiting' | 'ready' | 'failed';
  readonly failure: RequestFailure | undefined;
}

const drawnBuckets = 1500;
/** Points that may be added to a reduced series before it is asked for anew. */
const addedBeforeReload = 3000;
const none: ReadonlyMap<string, LiveSeries> = new Map();

/** Adds points beyond the last step; what comes again after a resume is dropped here and asked for anew. */
export function extendSeries(series: LiveSeries, points: readonly (readonly [number, number])[]): LiveSeries {
  const last = series.steps[series.steps.length - 1] ?? Number.NEGATIVE_INFINITY;
  const fresh = points.filter(([step]) => step > last);
  if (fresh.length === 0) return series;
  return {
    steps: [...series.steps, ...fresh.map(([step]) => step)],
    values: [...series.values, ...fresh.map(([, value]) => value)],
    stored: series.stored + fresh.length,
  };
}

/**
 * Series of a run for drawing: read as min/max buckets of the visible range, then extended by what comes. `keys` empty
 * means all. `turn` changes when the run starts or resumes, since points may have been taken back then.
 */
export function useSeries(id: string, keys: readonly string[], range: Range | null, turn: string): LiveSeriesSet {
  const key = `${id} ${keys.join(' ')} ${range?.from ?? ''} ${range?.to ?? ''}`;
  const [loaded, setLoaded] = useState<{ key: string; byKey: ReadonlyMap<string, LiveSeries> } | null>(null);
  const [failure, setFailure] = useState<RequestFailure | undefined>();
  const latest = useRef({ id, keys, range, key });
  latest.current = { id, keys, range, key };
  const question = useRef(0);
  const added = useRef(0);

  const load = useCallback(() => {
    const mine = ++question.current;
    const asked = latest.current;
    added.current = 0;
    const { from, to } = asked.range ?? { from: null, to: null };
    request('runs.metrics', { id: asked.id, keys: [...asked.keys], from, to, buckets: drawnBuckets }).then(
      ({ series }) => {
        if (mine !== question.current) return;
        setFailure(undefined);
        setLoaded({
          key: asked.key,
          byKey: new Map(
            series.map((each) => [each.key, { steps: [...each.steps], values: [...each.values], stored: each.stored }]),
          ),
        });
      },
      (thrown: unknown) => mine === question.current && setFailure(asFailure(thrown)),
    );
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these is another question
  useEffect(() => load(), [key, turn, load]);
  useEffect(() => {
    const ends = [
      subscribe('run.points', ({ id: of, points }) => {
        if (of !== latest.current.id) return;
        const wanted = latest.current.keys;
        const reach = latest.current.range?.to ?? Number.POSITIVE_INFINITY;
        const news = Object.entries(points)
          .filter(([metric]) => wanted.length === 0 || wanted.includes(metric))
          .map(([metric, all]) => [metric, all.filter(([step]) => step <= reach)] as const);
        added.current += Math.max(0, ...news.map(([, within]) => within.length));
        setLoaded((now) => {
          if (!now) return now;
          const byKey = new Map(now.byKey);
          for (const [metric, within] of news) {
            byKey.set(metric, extendSeries(byKey.get(metric) ?? { steps: [], values: [], stored: 0 }, within));
          }
          return { ...now, byKey };
        });
        if (added.current > addedBeforeReload) load();
      }),
      subscribe('core.state', ({ state }) => {
        if (state === 'connected') load();
      }),
    ];
    return () => {
      question.current++;
      for (const end of ends) end();
    };
  }, [load]);

  return useMemo(
    () => ({
      byKey: loaded?.key.startsWith(`${id} `) ? loaded.byKey : none,
      state: loaded ? 'ready' : failure ? 'failed' : 'waiting',
      failure,
    }),
    [loaded, failure, id],
  );
}

/** Every stored point of some series, for export. */
export async function allPoints(id: string, names: ReadonlyMap<string, string>): Promise<ChartSeries[]> {
  const { series } = await request('runs.metrics', {
    id,
    keys: [...names.keys()],
    from: null,
    to: null,
    buckets: null,
  });
  return series.map(({ key, steps, values }) => ({
    key,
    name: names.get(key) ?? key,
    colour: 'neutral',
    steps,
    values,
  }));
}
