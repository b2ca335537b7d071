import { familyOf, wayOf } from '../../../shared/run-config/task-facts.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { mean } from '../../../shared/statistics/descriptive.ts';
import { ci95OfFew } from '../../../shared/statistics/intervals.ts';
import type { Measured } from '../../app/format.ts';

/** Runs of one config over several seeds, and what can honestly be said of them together. */
export interface RunGroup {
  readonly key: string;
  /** What the names have in common. */
  readonly name: string;
  readonly runs: readonly RunSummary[];
  readonly finished: number;
  /** Mean of the best validation values over finished seeds; the interval (Student's t) needs three of them. */
  readonly best: Measured | null;
  /** Last training loss of the run with the best validation value. */
  readonly loss: number | null;
  readonly sparkline: readonly number[];
  /** Mean compute time of one finished run. */
  readonly durationMs: number | null;
  readonly startedAt: number | null;
  readonly tags: readonly string[];
  readonly starred: 'yes' | 'no' | 'some';
}

/** Fewer finished seeds than this get no interval. */
export const seedsForInterval = 3;

/** Runs in the order given, gathered by config; a group stands where its first run stood. */
export function groupRuns(runs: readonly RunSummary[]): RunGroup[] {
  const byKey = new Map<string, RunSummary[]>();
  for (const run of runs) {
    const known = byKey.get(run.groupKey);
    if (known) known.push(run);
    else byKey.set(run.groupKey, [run]);
  }
  return [...byKey].map(([key, members]) => summarise(key, members));
}

function summarise(key: string, members: readonly RunSummary[]): RunGroup {
  const runs = [...members].sort((a, b) => a.config.seed - b.config.seed || a.number - b.number);
  const finished = runs.filter(({ state }) => state === 'completed');
  const measured = finished.flatMap(({ best }) => (best ? [best] : []));
  const lead = leader(runs);
  const stars = runs.filter(({ starred }) => starred === 'yes').length;
  const durations = finished.map(({ computeMs }) => computeMs);
  const starts = runs.flatMap(({ startedAt }) => (startedAt === null ? [] : [startedAt]));
  return {
    key,
    name: commonName(runs.map(({ name }) => name)),
    runs,
    finished: finished.length,
    best: meanOf(measured),
    loss: lead?.trainLoss ?? null,
    sparkline: lead?.sparkline ?? [],
    durationMs: durations.length > 0 ? mean(durations) : null,
    startedAt: starts.length > 0 ? Math.max(...starts) : null,
    tags: [...new Set(runs.flatMap(({ config }) => config.tags))],
    starred: stars === 0 ? 'no' : stars === runs.length ? 'yes' : 'some',
  };
}

function meanOf(best: readonly NonNullable<RunSummary['best']>[]): Measured | null {
  const first = best[0];
  if (!first) return null;
  const values = best.filter(({ metric }) => metric === first.metric).map(({ value }) => value);
  const interval = values.length >= seedsForInterval ? ci95OfFew(values) : null;
  return { metric: first.metric, value: mean(values), ci95: interval };
}

const isBetter = (metric: 'accuracy' | 'loss', a: number, b: number): boolean =>
  metric === 'accuracy' ? a > b : a < b;

function leader(runs: readonly RunSummary[]): RunSummary | undefined {
  let found: RunSummary | undefined;
  for (const run of runs) {
    if (!run.best) continue;
    if (!found?.best || isBetter(run.best.metric, run.best.value, found.best.value)) found = run;
  }
  return found ?? runs.find(({ trainLoss }) => trainLoss !== null);
}

/** What names share: their common beginning without a dangling "-s", "-" or digit. */
export function commonName(names: readonly string[]): string {
  const first = names[0] ?? '';
  if (names.length < 2) return first;
  let length = first.length;
  for (const name of names) {
    let same = 0;
    while (same < length && name[same] === first[same]) same++;
    length = same;
  }
  const cut = first.slice(0, length);
  const inNumber = names.some((name) => /\d/.test(name[length] ?? '')); // "s1" and "s12" share no whole number
  const shared = (inNumber ? cut.replace(/\d+$/, '') : cut).replace(/[-_. ]*(?:s|seed)?[-_. ]*$/i, '');
  const endsWithWord = /[-_. ]/.test(first[shared.length] ?? '-');
  return shared.length >= (endsWithWord ? 1 : 3) ? shared : first;
}

/** Task and dataset that make values comparable: only such runs compete for the flag. */
const contestOf = (run: RunSummary): string => {
  const { task } = run.config;
  const way = wayOf(task);
  const size =
    'perClass' in task
      ? `${way}c${task.perClass}k`
      : !('shot' in task)
        ? 'texts'
        : way === null
          ? `${task.shot}p`
          : `${way}w${task.shot}s${task.query}q`;
  return `${task.kind} ${familyOf(task) ?? ''} ${run.dataset?.digest ?? ''} ${size} ${run.best?.metric ?? ''}`;
};

/** Keys of the groups with the best value of their dataset and task; none where nothing competes. */
export function bestGroups(groups: readonly RunGroup[]): ReadonlySet<string> {
  const byContest = new Map<string, RunGroup[]>();
  for (const group of groups) {
    const run = group.runs.find(({ best }) => best !== null);
    if (!run || !group.best || group.finished === 0) continue;
    const contest = contestOf(run);
    byContest.set(contest, [...(byContest.get(contest) ?? []), group]);
  }
  const winners = [...byContest.values()]
    .filter((contestants) => contestants.length > 1)
    .map((contestants) =>
      contestants.reduce((lead, group) =>
        isBetter(lead.best!.metric, group.best!.value, lead.best!.value) ? group : lead,
      ),
    );
  return new Set(winners.map(({ key }) => key));
}
