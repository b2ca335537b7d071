import { useCallback, useEffect, useRef, useState } from 'react';
import type { RequestOf } from '../../../shared/contract/requests.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { asFailure, type RequestFailure, request, subscribe } from '../../app/core.ts';

export type RunQuery = Pick<RequestOf<'runs.list'>, 'filter' | 'view' | 'sort'>;

export interface RunList {
  /** In the core's order. Values change in place; rows move only when the list is asked for anew. */
  readonly runs: readonly RunSummary[];
  readonly matching: number;
  readonly total: number;
  readonly state: 'waiting' | 'loading-more' | 'ready' | 'failed';
  /** The last good rows stay beside it. */
  readonly failure: RequestFailure | undefined;
  /** Runs that have come since the list was read and are not shown yet. */
  readonly fresh: number;
  /** Milliseconds that the first page took. */
  readonly tookMs: number | null;
  /** Shows what is fresh. */
  readonly adopt: () => void;
  readonly reload: () => void;
}

interface Loaded {
  readonly key: string;
  readonly runs: readonly RunSummary[];
  readonly matching: number;
  readonly total: number;
  readonly complete: 'yes' | 'no';
  readonly tookMs: number;
}

const firstPage = 500;
const nextPages = 2000;
const gatherMs = 300;

export const viewOf = (run: RunSummary): RunQuery['view'] =>
  run.deletedAt !== null ? 'bin' : run.archived === 'yes' ? 'archived' : 'active';

/** Reads a query page by page, so that the first rows are there at once and 10,000 follow. */
async function readAll(query: RunQuery, key: string, onPage: (loaded: Loaded) => 'go on' | 'stop'): Promise<void> {
  const started = performance.now();
  let runs: RunSummary[] = [];
  let tookMs: number | undefined;
  for (;;) {
    const limit = runs.length === 0 ? firstPage : nextPages;
    const page = await request('runs.list', { ...query, limit, offset: runs.length });
    tookMs ??= performance.now() - started;
    const known = new Set(runs.map(({ id }) => id));
    runs = [...runs, ...page.runs.filter(({ id }) => !known.has(id))];
    const complete = page.runs.length < limit || runs.length >= page.matching ? 'yes' : 'no';
    const loaded: Loaded = { key, runs, matching: page.matching, total: page.total, complete, tookMs };
    if (onPage(loaded) === 'stop' || complete === 'yes') return;
  }
}

/**
 * The runs of a filter, live. `place` tells whether the list stands at its top: there, new runs slide in by themselves;
 * elsewhere they wait in `fresh`. `wanted` is what the filter says of states: runs that change out of it leave at once.
 */
export function useRunList(
  query: RunQuery,
  place: () => 'top' | 'below',
  wanted: (run: RunSummary) => boolean,
): RunList {
  const key = JSON.stringify(query);
  const [shown, setShown] = useState<Loaded | null>(null);
  const [pending, setPending] = useState<Loaded | null>(null);
  const [failure, setFailure] = useState<RequestFailure | undefined>();
  const latest = useRef({ query, key, place, shown, wanted });
  latest.current = { query, key, place, shown, wanted };
  const turn = useRef(0);

  const load = useCallback((how: 'show' | 'offer') => {
    const mine = ++turn.current;
    const { query: asked, key: askedKey } = latest.current;
    readAll(asked, askedKey, (loaded) => {
      if (mine !== turn.current) return 'stop';
      setFailure(undefined);
      if (how === 'show') {
        setPending(null);
        setShown(loaded);
      } else if (loaded.complete === 'yes') {
        if (latest.current.place() === 'top') {
          setPending(null);
          setShown(loaded);
        } else setPending(loaded);
      }
      return 'go on';
    }).catch((thrown: unknown) => {
      if (mine === turn.current) setFailure(asFailure(thrown));
    });
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new query is a new reading
  useEffect(() => {
    load('show');
  }, [key, load]);

  const change = useCallback((alter: (runs: readonly RunSummary[]) => readonly RunSummary[]) => {
    setShown((now) => {
      if (!now) return now;
      const runs = alter(now.runs);
      const less = now.runs.length - runs.length;
      return { ...now, runs, matching: now.matching - less, total: now.total - less };
    });
  }, []);
  useLiveChanges(latest, load, change);

  const fresh = pending?.key === key ? countNew(pending.runs, shown?.runs ?? []) : 0;
  return {
    runs: shown?.runs ?? [],
    matching: shown?.matching ?? 0,
    total: shown?.total ?? 0,
    state: failure ? 'failed' : stateOf(shown, key),
    failure,
    fresh,
    tookMs: shown?.tookMs ?? null,
    adopt: () => {
      if (pending) setShown(pending);
      setPending(null);
    },
    reload: () => load('show'),
  };
}

function countNew(offered: readonly RunSummary[], shown: readonly RunSummary[]): number {
  const known = new Set(shown.map(({ id }) => id));
  return offered.filter(({ id }) => !known.has(id)).length;
}

function stateOf(shown: Loaded | null, key: string): 'waiting' | 'loading-more' | 'ready' {
  if (shown === null) return 'waiting';
  return shown.key === key && shown.complete === 'yes' ? 'ready' : 'loading-more';
}

interface Latest {
  readonly query: RunQuery;
  readonly shown: Loaded | null;
  readonly wanted: (run: RunSummary) => boolean;
}

/** Keeps a list up with what happens: known runs change in place or leave, unknown ones are asked for. */
function useLiveChanges(
  latest: { readonly current: Latest },
  load: (how: 'show' | 'offer') => void,
  change: (alter: (runs: readonly RunSummary[]) => readonly RunSummary[]) => void,
): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const offerSoon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => load('offer'), gatherMs);
    };
    const ends = [
      subscribe('run.changed', ({ run }) => {
        const { shown, query, wanted } = latest.current;
        const known = shown?.runs.some(({ id }) => id === run.id) ?? false;
        const belongs = viewOf(run) === query.view && wanted(run);
        if (known && !belongs) change((runs) => runs.filter(({ id }) => id !== run.id));
        else if (known) change((runs) => runs.map((each) => (each.id === run.id ? run : each)));
        else if (belongs) offerSoon();
      }),
      subscribe('run.removed', ({ ids }) => {
        const gone = new Set(ids);
        change((runs) => runs.filter(({ id }) => !gone.has(id)));
      }),
      subscribe('core.state', ({ state }) => {
        if (state === 'connected') load('show');
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [latest, load, change]);
}
