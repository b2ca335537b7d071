import type { RunSummary } from '../../../shared/runs/run.ts';
import { mean } from '../../../shared/statistics/descriptive.ts';
import { ci95OfFew, probabilityOfImprovement, welchInterval } from '../../../shared/statistics/intervals.ts';
import type { Measured } from '../../app/format.ts';
import { type CompareGroup, seedsForInterval } from './groups.ts';

/** `best`: best validation value; `final`: the evaluation at the end of the run. */
export type Judged = 'best' | 'final';
export type JudgedMetric = 'accuracy' | 'loss';

/** The value that a run is judged by; null while it has none. */
export function judgedValue(
  run: RunSummary,
  judged: Judged,
): { readonly metric: JudgedMetric; readonly value: number } | null {
  if (judged === 'best') return run.best;
  return run.final && { metric: run.final.metric, value: run.final.mean };
}

/** Values of the finished runs of a group that have this metric. */
export const valuesOf = (group: CompareGroup, judged: Judged, metric: JudgedMetric): readonly number[] =>
  group.finished.flatMap((run) => {
    const value = judgedValue(run, judged);
    return value?.metric === metric && Number.isFinite(value.value) ? [value.value] : [];
  });

/** What most groups are judged by. */
export function judgedMetric(groups: readonly CompareGroup[], judged: Judged): JudgedMetric {
  const metrics = groups.flatMap(({ finished }) => finished.map((run) => judgedValue(run, judged)?.metric));
  const accuracies = metrics.filter((metric) => metric === 'accuracy').length;
  return accuracies * 2 >= metrics.filter((metric) => metric !== undefined).length ? 'accuracy' : 'loss';
}

/** Mean over finished seeds, with an interval from three on; of one run that is not finished its value so far. */
export function summaryOf(group: CompareGroup, judged: Judged, metric: JudgedMetric): Measured | null {
  const values = valuesOf(group, judged, metric);
  if (values.length > 0) {
    return { metric, value: mean(values), ci95: values.length >= seedsForInterval ? ci95OfFew(values) : null };
  }
  const open = group.runs.flatMap((run) => {
    const value = judgedValue(run, judged);
    return value?.metric === metric ? [value.value] : [];
  });
  return open.length > 0 ? { metric, value: mean(open), ci95: null } : null;
}

export interface DifferenceRow {
  readonly group: CompareGroup;
  /** Seeds that count. */
  readonly seeds: number;
  readonly difference: number;
  readonly probability: number;
  readonly pairs: number;
  /** null under three seeds on a side. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

export interface DifferenceTable {
  readonly metric: JudgedMetric;
  readonly baseline: CompareGroup | undefined;
  /** Best first. */
  readonly rows: readonly DifferenceRow[];
  /** Groups that cannot be judged, with the reason. */
  readonly leftOut: readonly { readonly group: CompareGroup; readonly reason: string }[];
}

/** Every other group against the baseline, over the values of finished seeds. */
export function differenceTable(
  groups: readonly CompareGroup[],
  judged: Judged,
  baselineKey: string | null,
): DifferenceTable {
  const metric = judgedMetric(groups, judged);
  const better = metric === 'accuracy' ? 'higher' : 'lower';
  const able = groups.filter((group) => valuesOf(group, judged, metric).length > 0);
  const baseline = able.find(({ key }) => key === baselineKey) ?? defaultBaseline(able, judged, metric);
  const leftOut = groups
    .filter((group) => !able.includes(group))
    .map((group) => ({ group, reason: whyLeftOut(group, judged, metric) }));
  if (!baseline) return { metric, baseline: undefined, rows: [], leftOut };
  const base = valuesOf(baseline, judged, metric);
  const rows = able
    .filter((group) => group !== baseline)
    .map((group) => {
      const values = valuesOf(group, judged, metric);
      const enough = values.length >= seedsForInterval && base.length >= seedsForInterval;
      return {
        group,
        seeds: values.length,
        difference: mean(values) - mean(base),
        probability: probabilityOfImprovement(values, base, better),
        pairs: values.length * base.length,
        interval: enough ? welchInterval(values, base) : null,
      };
    });
  const sign = better === 'higher' ? -1 : 1;
  return { metric, baseline, rows: rows.sort((a, b) => sign * (a.difference - b.difference)), leftOut };
}

/** The group with the most seeds; of several the oldest. */
function defaultBaseline(groups: readonly CompareGroup[], judged: Judged, metric: JudgedMetric) {
  const seeds = (group: CompareGroup): number => valuesOf(group, judged, metric).length;
  return groups.length === 0 ? undefined : groups.reduce((best, group) => (seeds(group) > seeds(best) ? group : best));
}

function whyLeftOut(group: CompareGroup, judged: Judged, metric: JudgedMetric): string {
  if (group.finished.length === 0) return 'no finished run';
  const other = group.finished.some((run) => {
    const value = judgedValue(run, judged);
    return value !== null && value.metric !== metric;
  });
  if (other) return metric === 'accuracy' ? 'is measured by loss' : 'is measured by accuracy';
  return judged === 'final' ? 'no final evaluation' : 'no validation';
}
