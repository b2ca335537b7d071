import { useCallback, useEffect, useRef, useState } from 'react';
import { request, useEvent } from '../../app/core.ts';
import type { Line } from '../../charts/series.ts';

export interface RunLines {
  /** Every stored point of a run's metric; undefined while it is on its way or when there is none. */
  readonly lineOf: (runId: string) => Line | undefined;
  /** Compute seconds over iterations. */
  readonly clockOf: (runId: string) => Line;
  /** Runs whose points are still on their way. */
  readonly waiting: number;
  /** Changes with every new point. */
  readonly version: number;
}

const clockKey = 'time/compute-seconds';
const atOnce = 4;
const empty: Line = { steps: new Float64Array(0), values: new Float64Array(0) };

/** All points of one metric of some runs; those of running runs grow as they come. */
export function useRunLines(ids: readonly string[], metric: string): RunLines {
  const lines = useRef(new Map<string, Line>());
  const asked = useRef(new Set<string>());
  const [version, setVersion] = useState(0);
  const [waiting, setWaiting] = useState(0);
  const wanted = ids.join(',');

  const load = useCallback(async (): Promise<void> => {
    const open = wanted.split(',').filter((id) => id !== '' && !asked.current.has(`${id} ${metric}`));
    for (const id of open) asked.current.add(`${id} ${metric}`);
    setWaiting((number) => number + open.length);
    const next = open.values();
    const worker = async (): Promise<void> => {
      for (const id of next) {
        try {
          const keys = [metric, clockKey];
          const { series } = await request('runs.metrics', { id, keys, from: null, to: null, buckets: null });
          for (const { key, steps, values } of series) lines.current.set(`${id} ${key}`, { steps, values });
        } catch {
          asked.current.delete(`${id} ${metric}`); // the run itself says why; asked again with the next change
        }
        setWaiting((number) => number - 1);
        setVersion((number) => number + 1);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }, [wanted, metric]);

  useEffect(() => void load(), [load]);
  useEvent('core.state', ({ state }) => {
    if (state !== 'connected') return;
    asked.current.clear();
    void load();
  });
  useEvent('run.points', ({ id, points }) => {
    if (!ids.includes(id)) return;
    let grew = false;
    for (const [key, added] of Object.entries(points)) {
      const known = lines.current.get(`${id} ${key}`);
      if (!known && !(asked.current.has(`${id} ${metric}`) && (key === metric || key === clockKey))) continue;
      lines.current.set(`${id} ${key}`, extended(known ?? empty, added));
      grew = true;
    }
    if (grew) setVersion((number) => number + 1);
  });
  return {
    lineOf: (runId) => lines.current.get(`${runId} ${metric}`),
    clockOf: (runId) => lines.current.get(`${runId} ${clockKey}`) ?? empty,
    waiting,
    version,
  };
}

/** The line with points after its end; points that it has already are passed over. */
export function extended(line: Line, added: readonly (readonly [number, number])[]): Line {
  const last = line.steps.length > 0 ? line.steps[line.steps.length - 1]! : Number.NEGATIVE_INFINITY;
  const fresh = added.filter(([step]) => step > last);
  if (fresh.length === 0) return line;
  const steps = new Float64Array(line.steps.length + fresh.length);
  const values = new Float64Array(steps.length);
  steps.set(line.steps);
  values.set(line.values);
  fresh.forEach(([step, value], index) => {
    steps[line.steps.length + index] = step;
    values[line.steps.length + index] = value;
  });
  return { steps, values };
}
