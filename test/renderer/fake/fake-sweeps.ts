import { InnerloopError } from '../../../src/shared/contract/errors.ts';
import type { RequestHandlers } from '../../../src/shared/contract/requests.ts';
import { groupKeyOf } from '../../../src/shared/run-config/grouping.ts';
import type { RunConfig } from '../../../src/shared/run-config/schema.ts';
import type { RunSummary } from '../../../src/shared/runs/run.ts';
import { expandSweep } from '../../../src/shared/sweeps/sweep.ts';
import { sweepNames } from '../../../src/shared/sweeps/sweep-name.ts';

/** Sweeps as the core plans and launches them; each run takes a made-up 21 minutes. */
export function fakeSweepHandlers(
  runs: () => readonly RunSummary[],
  queueRun: (config: RunConfig) => string,
): Pick<RequestHandlers, 'sweeps.plan' | 'sweeps.launch'> {
  const expand: (request: Parameters<RequestHandlers['sweeps.plan']>[0]) => readonly RunConfig[] = ({
    config,
    axes,
    seeds,
  }) => {
    const expanded = expandSweep(config, axes, seeds.length);
    if (!expanded.ok)
      throw new InnerloopError('invalid-config', 'The sweep has wrong fields.', { fields: [...expanded.errors] });
    const names = sweepNames(expanded.points, axes);
    return expanded.points.map((point, index) => ({ ...point.config, name: names[index]! }));
  };
  const there = (config: RunConfig): string | null =>
    runs().find((run) => run.groupKey === groupKeyOf(config) && run.config.seed === config.seed)?.id ?? null;
  const each = 1_260_000;
  return {
    'sweeps.plan': (request) => {
      const configs = expand(request);
      const all = request.seeds.flatMap((seed) => configs.map((config) => ({ ...config, seed })));
      const existing = all.flatMap((config) => there(config) ?? []);
      const missingMs = (all.length - existing.length) * each;
      return {
        errors: [],
        configs: configs.length,
        runs: all.length,
        existing,
        estimate: { shortestMs: each, longestMs: each, missingMs, source: 'from 3 similar runs' },
        memory: { peakBytes: 1.15e9, freeBytes: 12e9, source: 'made up' },
      };
    },
    'sweeps.launch': (request) => {
      const configs = expand(request);
      const all = request.seeds.flatMap((seed) => configs.map((config) => ({ ...config, seed })));
      const existing = request.existing === 'skip' ? all.flatMap((config) => there(config) ?? []) : [];
      const ids = all.filter((config) => request.existing === 'again' || there(config) === null).map(queueRun);
      return { ids, existing, tag: `sweep-${runs().length - ids.length + 1}` };
    },
  };
}
