/** The Markdown table of a comparison, from what was measured. */

import { median } from '../../src/shared/statistics/descriptive.ts';
import { count, significant } from '../../src/shared/text/number-words.ts';
import type { Products } from './contestants.ts';
import type { FirstCall, Window } from './measured-process.ts';

export interface Result {
  readonly workload: string;
  /** "5 inner steps", "16x64". */
  readonly setting: string;
  readonly name: string;
  readonly who: 'ours' | 'peer';
  readonly products: Products;
  readonly first: FirstCall | null;
  /** One for each round. */
  readonly windows: readonly Window[];
  /** Why it could not be measured, wholly or from some round on. */
  readonly problem: string | null;
}

/** Median over the rounds' medians, milliseconds of one step; null when nothing was measured. */
export const medianMs = ({ windows }: Result): number | null =>
  windows.length === 0 ? null : median(windows.map(({ msPerStep }) => msPerStep));

export const peakMb = ({ windows }: Result): number | null =>
  windows.length === 0 ? null : Math.max(...windows.map((window) => window.peakMb));

const titles = [
  'workload',
  'setting',
  'engine',
  'median ms/step',
  'rounds from to',
  'fastest ms',
  'first call s',
  'peak MB (before the first step)',
  'time, ours = 1',
];

/** Lines of the table: the fastest first within each work. */
export function tableOf(results: readonly Result[]): string[] {
  const works = [...new Set(results.map(workOf))];
  const rows = works.flatMap((work) => {
    const own = results.filter((result) => workOf(result) === work);
    return own.toSorted((left, right) => speedOf(left) - speedOf(right)).map((result) => rowOf(result, oursAmong(own)));
  });
  return [titles, titles.map((_, i) => (i < 3 ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** One sentence for each work: who is fastest beside us, and our memory beside that of PyTorch's plain way; another for bfloat16. */
export function verdictsOf(results: readonly Result[]): string[] {
  return [...new Set(results.map(workOf))].flatMap((work) => {
    const own = results.filter((result) => workOf(result) === work);
    const ours = oursAmong(own);
    const inBfloat16 = own.find(({ who, products }) => who === 'ours' && products === 'bfloat16');
    return [
      ...(ours ? sentence(work, ours, [fastestPeer(own, 'float32')], own) : []),
      ...(inBfloat16
        ? sentence(
            `${work}, bfloat16 products`,
            inBfloat16,
            [fastestPeer(own, 'bfloat16'), fastestPeer(own, 'float32')],
            own,
          )
        : []),
    ];
  });
}

function sentence(
  about: string,
  ours: Result,
  peers: readonly (Result | undefined)[],
  all: readonly Result[],
): string[] {
  const ms = medianMs(ours);
  const measured = peers.filter((peer) => peer !== undefined);
  if (!ms || measured.length === 0) return [];
  const places = measured.map((peer, i) => {
    const ratio = medianMs(peer)! / ms;
    const which = i === 0 ? 'fastest peer' : `fastest ${peer.products} peer`;
    const place = ratio >= 1 ? `ahead of all: the ${which}, ${peer.name}, takes` : `behind ${peer.name}, which takes`;
    return `${i === 0 ? place : `the ${which}, ${peer.name}, takes`} ${ratio.toFixed(2)} times our time`;
  });
  const plain = all.find(({ name }) => plainTorch.includes(name));
  const plainMb = plain && peakMb(plain);
  const memory = plainMb ? `peak memory ${(peakMb(ours)! / plainMb).toFixed(2)} times that of ${plain.name}` : [];
  return [`${about}: ${[...places, memory].flat().join('; ')}.`];
}

const plainTorch = ['torch loop', 'torch eager'];

const fastestPeer = (results: readonly Result[], products: Products): Result | undefined =>
  results
    .filter((one) => one.who === 'peer' && one.products === products && one.windows.length > 0)
    .toSorted((left, right) => speedOf(left) - speedOf(right))[0];

/** Sentences about what did not go as it should: rows without numbers, peers that do other work than we. */
export function problemsOf(results: readonly Result[]): string[] {
  const failed = results.flatMap(({ problem, ...own }) =>
    problem === null ? [] : [`${workOf(own)}, ${own.name}: ${problem}`],
  );
  const unlike = results.flatMap((result) => {
    const ours = oursAmong(results.filter((other) => workOf(other) === workOf(result)))?.first?.parameters;
    const theirs = result.first?.parameters;
    if (ours === undefined || theirs === undefined || theirs === ours) return [];
    return [
      `${workOf(result)}, ${result.name}: it learns ${count(theirs)} numbers and we learn ${count(ours)}, so the work is not the same.`,
    ];
  });
  return [...failed, ...unlike];
}

/** "jax 0.10.2, torch 2.15.0+cu132, ..." */
export function versionsOf(results: readonly Result[]): string {
  const all = Object.assign({}, ...results.map(({ first }) => first?.versions ?? {})) as Record<string, string>;
  return Object.entries(all)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

const workOf = ({ workload, setting }: Pick<Result, 'workload' | 'setting'>): string => `${workload}, ${setting}`;

/** The first of ours is what all are compared with. */
const oursAmong = (results: readonly Result[]): Result | undefined => results.find(({ who }) => who === 'ours');

const speedOf = (result: Result): number => medianMs(result) ?? Number.POSITIVE_INFINITY;

function rowOf(result: Result, ours: Result | undefined): string[] {
  const { workload, setting, name, first, windows } = result;
  const ms = medianMs(result);
  const oursMs = ours && medianMs(ours);
  const medians = windows.map(({ msPerStep }) => msPerStep);
  return [
    workload,
    setting,
    result.who === 'ours' ? `**${name}**` : name,
    ms === null ? '-' : milliseconds(ms),
    ms === null ? '-' : `${milliseconds(Math.min(...medians))} to ${milliseconds(Math.max(...medians))}`,
    ms === null ? '-' : milliseconds(Math.min(...windows.map(({ fastestMs }) => fastestMs))),
    first === null ? '-' : (first.firstCallMs / 1000).toFixed(1),
    ms === null ? '-' : `${count(Math.round(peakMb(result)!))} (${count(Math.round(first?.beforeMb ?? 0))})`,
    ms === null || !oursMs ? '-' : (ms / oursMs).toFixed(2),
  ];
}

const milliseconds = (ms: number): string => (ms < 1000 ? significant(ms) : count(Math.round(ms)));
