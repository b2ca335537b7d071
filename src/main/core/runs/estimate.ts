import { costKeyOf } from '../../../shared/run-config/cost-key.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import type { Readable } from '../store/database.ts';
import { costsOf, workLeft } from '../store/runs.ts';

export interface Estimate {
  readonly durationMs: number | null;
  /** Where the number comes from, in words. */
  readonly source: string;
}

/** How long a config's run takes, from completed runs whose iterations cost the same; unknown without any. */
export function estimateRun(db: Readable, config: RunConfig): Estimate {
  const costs = costsOf(db, costKeyOf(config));
  const cost = median(costs);
  if (cost === null) return { durationMs: null, source: 'no similar run has completed yet' };
  const source = costs.length === 1 ? 'from 1 similar run' : `from ${costs.length} similar runs`;
  return { durationMs: cost * config.outer.iterations, source };
}

/** Time until these running and queued runs are done, `parallel` at a time; null while one of them is unknown. */
export function estimateRemaining(db: Readable, runIds: readonly string[], parallel: number): number | null {
  const costs = new Map<string, number | null>(); // many runs of a queue cost the same
  let total = 0;
  for (const { costKey, iterationsLeft, etaMs } of workLeft(db, runIds)) {
    if (!costs.has(costKey)) costs.set(costKey, median(costsOf(db, costKey)));
    const cost = costs.get(costKey) ?? null;
    const left = etaMs ?? (cost === null ? null : cost * iterationsLeft);
    if (left === null) return null;
    total += left;
  }
  return total / parallel;
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? null : (sorted[Math.floor(sorted.length / 2)] ?? null);
}
