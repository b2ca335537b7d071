import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import { groupKeyOf } from '../../../shared/run-config/grouping.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { settleConfig } from '../../../shared/run-config/settle.ts';
import { expandSweep } from '../../../shared/sweeps/sweep.ts';
import { sweepNames } from '../../../shared/sweeps/sweep-name.ts';
import type { CoreContext } from '../context.ts';
import { newId } from '../identity.ts';
import { inTransaction } from '../store/database.ts';
import { getRun, resultingRun } from '../store/runs.ts';
import { addTag } from '../store/tags.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { estimateRun } from './estimate.ts';
import { invalidConfig, storeQueued } from './launch.ts';
import { checkMemory } from './memory-check.ts';
import { announceRun } from './recorder.ts';
import { withRememberedEngine } from './remembered-engine.ts';

type Plan = ResponseOf<'sweeps.plan'>;
type PlanRequest = RequestOf<'sweeps.plan'>;

/** One run of a sweep, and the run that has its config and seed already. */
interface PlannedRun {
  readonly config: RunConfig;
  readonly existing: string | null;
}

type Configs =
  | { readonly ok: true; readonly configs: readonly RunConfig[] }
  | { readonly ok: false; readonly errors: Plan['errors'] };

/** The configs of a sweep as they would be launched here, named apart; or everything that is wrong with them. */
function sweptConfigs({ db }: CoreContext, datasets: DatasetDesk, { config, axes, seeds }: PlanRequest): Configs {
  const expanded = expandSweep(config, axes, new Set(seeds).size);
  if (!expanded.ok) return { ok: false, errors: expanded.errors.map((error) => ({ ...error })) };
  const errors = new Map<string, Plan['errors'][number]>();
  for (const { config: own } of expanded.points) {
    for (const error of datasets.check(own).errors) errors.set(`${error.path} ${error.message}`, { ...error });
  }
  if (errors.size > 0) return { ok: false, errors: [...errors.values()] };
  const names = sweepNames(expanded.points, axes);
  const configs = expanded.points.map(({ config: own }, index) => {
    datasets.modelFor?.(own);
    const settled = settleConfig({ ...own, name: names[index]! }, datasets.counts?.(own) ?? null);
    return withRememberedEngine(db, settled);
  });
  return { ok: true, configs };
}

/** Seed by seed, so that every config has a run before any has its second. */
function plannedRuns(
  { db }: CoreContext,
  datasets: DatasetDesk,
  configs: readonly RunConfig[],
  seeds: readonly number[],
): PlannedRun[] {
  const keys = configs.map((config) => ({
    groupKey: groupKeyOf(config),
    digest: datasets.factsFor(config)?.digest ?? null,
  }));
  return [...new Set(seeds)].flatMap((seed) =>
    configs.map((config, index) => ({
      config: { ...config, seed },
      existing: resultingRun(db, { ...keys[index]!, seed }),
    })),
  );
}

/** Everything that the launch form and the terminal say of a sweep before it starts. */
export function planSweep(context: CoreContext, datasets: DatasetDesk, request: PlanRequest): Plan {
  const swept = sweptConfigs(context, datasets, request);
  if (!swept.ok) return { errors: swept.errors, configs: 0, runs: 0, existing: [], estimate: null, memory: null };
  const planned = plannedRuns(context, datasets, swept.configs, request.seeds);
  const memories = swept.configs.flatMap((config) => checkMemory(config, datasets)?.shown ?? []);
  return {
    errors: [],
    configs: swept.configs.length,
    runs: planned.length,
    existing: planned.flatMap(({ existing }) => existing ?? []),
    estimate: estimateSweep(context, swept.configs, planned),
    memory: memories.sort((a, b) => b.peakBytes - a.peakBytes)[0] ?? null,
  };
}

function estimateSweep(
  { db }: CoreContext,
  configs: readonly RunConfig[],
  planned: readonly PlannedRun[],
): NonNullable<Plan['estimate']> {
  const estimates = configs.map((config) => estimateRun(db, config));
  const times = estimates.map(({ durationMs }) => durationMs);
  const known = times.filter((ms) => ms !== null);
  const complete = known.length === times.length;
  const missing = planned.flatMap(({ existing }, index) => (existing === null ? [times[index % configs.length]!] : []));
  return {
    shortestMs: complete ? Math.min(...known) : null,
    longestMs: complete ? Math.max(...known) : null,
    missingMs: complete ? missing.reduce<number>((sum, ms) => sum + (ms ?? 0), 0) : null,
    source: (estimates.find(({ durationMs }) => durationMs === null) ?? estimates[0]!).source,
  };
}

/** Stores the runs of a sweep, all or none, under a tag that is named after the first of them. */
export function launchSweep(
  context: CoreContext,
  datasets: DatasetDesk,
  request: RequestOf<'sweeps.launch'>,
): ResponseOf<'sweeps.launch'> {
  const { db } = context;
  const swept = sweptConfigs(context, datasets, request);
  if (!swept.ok) throw invalidConfig(swept.errors);
  const launched = inTransaction(db, () => {
    const planned = plannedRuns(context, datasets, swept.configs, request.seeds);
    const wanted = planned.filter(({ existing }) => existing === null || request.existing === 'again');
    const runs = wanted.map(({ config }) => ({ id: newId(), config }));
    const kept = request.existing === 'skip' ? planned.flatMap(({ existing }) => existing ?? []) : [];
    const [first] = storeQueued(context, datasets, runs, request.start);
    const tag = `sweep-${first ?? getRun(db, kept[0]!)?.number}`;
    const ids = runs.map(({ id }) => id);
    for (const id of [...ids, ...kept]) addTag(db, id, tag);
    return { ids, existing: kept, tag };
  });
  for (const id of [...launched.ids, ...launched.existing]) announceRun(context, id);
  return launched;
}
