import type { RunSummary } from '../../../src/shared/runs/run.ts';
import { createFakeCore } from '../fake-core.ts';

/** Runs of the fake history whose names begin so, oldest first. */
export async function runsNamed(...beginnings: readonly string[]): Promise<RunSummary[]> {
  const { api } = createFakeCore({ now: Date.parse('2026-11-24T12:00:00'), history: 'plausible', live: 'no' });
  const answer = await api.request('runs.list', {
    filter: '',
    view: 'active',
    sort: { by: 'created', order: 'ascending' },
    limit: 1000,
    offset: 0,
  });
  if (!answer.ok) throw new Error(answer.error.message);
  const found = answer.body.runs.filter(({ name }) => beginnings.some((beginning) => name.startsWith(beginning)));
  if (found.length === 0) throw new Error(`The fake history has no run named ${beginnings.join(' or ')}.`);
  return found.sort((a, b) => a.number - b.number);
}

/** A run as it would be with another best value. */
export const withBest = (run: RunSummary, value: number): RunSummary => ({
  ...run,
  state: 'completed',
  best: { metric: run.best?.metric ?? 'accuracy', value, ci95: 0.01, iteration: 1 },
});
