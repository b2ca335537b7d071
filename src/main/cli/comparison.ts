import { metricInfo } from '../../shared/metrics/catalog.ts';
import { valueAtPath } from '../../shared/run-config/fields.ts';
import { configDifferences, type FieldDifference, groupKeyOf, stableJson } from '../../shared/run-config/grouping.ts';
import { isFinished, type Protocol, type RunSummary } from '../../shared/runs/run.ts';
import { mean, standardDeviation } from '../../shared/statistics/descriptive.ts';
import { ci95OfFew, probabilityOfImprovement, welchInterval } from '../../shared/statistics/intervals.ts';
import { groupBy } from './group-by.ts';

/** Statistics over groups of runs; pure, so that every number can be tested. */

export type GroupBy = 'all-but-seed' | readonly string[];

export interface MeasuredRun {
  readonly run: RunSummary;
  /** null when the run has no such value. */
  readonly value: number | null;
  readonly protocol: Protocol | null;
}

export interface GroupStatistics {
  /** A, B, C ... */
  readonly label: string;
  /** Numbers of its runs. */
  readonly runs: readonly number[];
  readonly values: readonly number[];
  /** Finished runs with a value; the statistics are over these. */
  readonly n: number;
  readonly mean: number | null;
  readonly sd: number | null;
  /** Half width, Student's t over seeds; null with fewer than 3, of which an interval says nothing. */
  readonly ci95: number | null;
  readonly protocol: Protocol | null;
}

export interface PairStatistics {
  readonly a: string;
  readonly b: string;
  /** mean(a) - mean(b). */
  readonly difference: number;
  /** Welch's 95 % interval; null where a side has fewer than 2 values. */
  readonly low: number | null;
  readonly high: number | null;
  readonly probabilityOfImprovement: number;
  /** Pairs of runs that were compared. */
  readonly count: number;
}

export interface Comparison {
  readonly metric: string;
  readonly groups: readonly GroupStatistics[];
  readonly pairs: readonly PairStatistics[];
  /** Fields in which the groups' configs differ, one value for each group. */
  readonly differences: readonly FieldDifference[];
  /** What makes the numbers less comparable than they look. */
  readonly notes: readonly string[];
}

/** Groups in the order of their first run. */
export function groupRuns(measured: readonly MeasuredRun[], by: GroupBy): readonly (readonly MeasuredRun[])[] {
  const keyOf = ({ run }: MeasuredRun): string =>
    by === 'all-but-seed'
      ? groupKeyOf(run.config)
      : stableJson(by.map((path) => valueAtPath(run.config, path) ?? null));
  return [...groupBy(measured, keyOf).values()];
}

export function compareGroups(groups: readonly (readonly MeasuredRun[])[], metric: string): Comparison {
  const statistics = groups.map((members, i) => statisticsOf(members, labelOf(i)));
  const better = betterOf(groups, metric);
  const pairs = statistics.flatMap((a, i) => statistics.slice(i + 1).flatMap((b) => pairOf(a, b, better)));
  const configs = groups.map((members) => ({ ...members[0]!.run.config, name: '', note: '', tags: [], seed: 0 }));
  return { metric, groups: statistics, pairs, differences: configDifferences(configs), notes: notesOn(groups) };
}

const labelOf = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : `${labelOf(Math.floor(index / 26) - 1)}${labelOf(index % 26)}`;

const counts = ({ run, value }: MeasuredRun): boolean =>
  value !== null && isFinished(run.state) && run.state !== 'failed';

function statisticsOf(members: readonly MeasuredRun[], label: string): GroupStatistics {
  const values = members.filter(counts).map(({ value }) => value as number);
  const n = values.length;
  return {
    label,
    runs: members.map(({ run }) => run.number),
    values,
    n,
    mean: n > 0 ? mean(values) : null,
    sd: n > 1 ? standardDeviation(values) : null,
    ci95: n > 2 ? ci95OfFew(values) : null,
    protocol: members.find(({ protocol }) => protocol !== null)?.protocol ?? null,
  };
}

function betterOf(groups: readonly (readonly MeasuredRun[])[], metric: string): 'higher' | 'lower' {
  const final = groups.flat().find(({ run }) => run.final)?.run.final;
  const known = metricInfo(metric).better;
  if (known !== 'neither') return known;
  return final?.metric === 'accuracy' ? 'higher' : 'lower';
}

function pairOf(a: GroupStatistics, b: GroupStatistics, better: 'higher' | 'lower'): PairStatistics[] {
  if (a.mean === null || b.mean === null) return [];
  const interval = a.n > 1 && b.n > 1 ? welchInterval(a.values, b.values) : null;
  return [
    {
      a: a.label,
      b: b.label,
      difference: a.mean - b.mean,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      probabilityOfImprovement: probabilityOfImprovement(a.values, b.values, better),
      count: a.n * b.n,
    },
  ];
}

function notesOn(groups: readonly (readonly MeasuredRun[])[]): string[] {
  const all = groups.flat();
  const left = all.filter((one) => !counts(one)).map(({ run }) => `${run.number} (${run.state})`);
  const protocols = all.flatMap(({ protocol }) => (protocol ? [protocol] : []));
  const keys = [
    'way',
    'shot',
    'query',
    'episodes',
    'episodeSeed',
    'split',
    'batchNorm',
    'innerSteps',
    'lossReduction',
    'dataset',
  ] as const;
  const differing = keys.filter((key) => new Set(protocols.map((protocol) => stableJson(protocol[key]))).size > 1);
  return [
    ...(left.length > 0 ? [`Not counted, since they are not finished or have no such value: ${left.join(', ')}.`] : []),
    ...(differing.length > 0
      ? [`The protocols differ in ${differing.join(', ')}: the numbers do not measure the same thing.`]
      : []),
  ];
}
