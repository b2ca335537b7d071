import { costKeyOf } from '../../../shared/run-config/cost-key.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import type { Readable } from '../store/database.ts';
import { costsOf, getRun } from '../store/runs.ts';

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
  let total = 0;
  for (const runId of runIds) {
    const run = getRun(db, runId);
    if (!run) continue;
    const left = run.etaMs ?? leftOf(estimateRun(db, run.config).durationMs, run.iteration, run.config);
    if (left === null) return null;
    total += left;
  }
  return total / parallel;
}

const leftOf = (durationMs: number | null, iteration: number, config: RunConfig): number | null =>
  durationMs === null ? null : durationMs * (1 - iteration / config.outer.iterations);

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? null : (sorted[Math.floor(sorted.length / 2)] ?? null);
}
