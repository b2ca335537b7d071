/** What stands in the table of docs/results.md, "Fine-tuning beside PyTorch". */

import { z } from 'zod';
import { mean } from '../../../src/shared/statistics/descriptive.ts';
import { ci95OfFew } from '../../../src/shared/statistics/intervals.ts';

export const contestants = ['PyTorch', 'Innerloop float32', 'Innerloop bfloat16'] as const;
export type ContestantName = (typeof contestants)[number];

/** One whole fine-tuning. Accuracies are shares; dev is that of the better epoch, whose weights are tested. */
export interface FineTuning {
  readonly who: ContestantName;
  readonly seed: number;
  readonly dev: number;
  readonly test: number;
  /** Mean cross-entropy on the test split. */
  readonly testLoss: number;
  /** Of training steps alone, and of the whole process. */
  readonly trainingSeconds: number;
  readonly wholeSeconds: number;
  readonly peakGb: number;
}

/** The line of JSON that peers/fine_tune.py ends with. */
export const peerResultSchema = z.object({
  seed: z.number(),
  dev: z.number(),
  test: z.number(),
  testLoss: z.number(),
  trainingSeconds: z.number(),
  wholeSeconds: z.number(),
  peakMb: z.number(),
  versions: z.record(z.string(), z.string()),
});

const peerMegabyte = 2 ** 20;

export const ofPeer = ({ peakMb, versions: _, ...rest }: z.infer<typeof peerResultSchema>): FineTuning => ({
  who: 'PyTorch',
  ...rest,
  peakGb: (peakMb * peerMegabyte) / 1e9,
});

/** The part of `innerloop show --json` that is read here. */
export const shownRunSchema = z.object({
  id: z.string(),
  computeMs: z.number(),
  startedAt: z.number(),
  endedAt: z.number(),
  best: z.object({ value: z.number() }),
  final: z.object({ mean: z.number(), perStep: z.array(z.object({ loss: z.number() })).min(1) }),
  log: z.array(z.object({ message: z.string() })),
});

/** Throws a plain sentence when the run's log does not tell its peak memory. */
export function ofRun(run: z.infer<typeof shownRunSchema>, who: ContestantName, seed: number): FineTuning {
  const peak = run.log.flatMap(({ message }) => /peak memory ([\d.]+) GB/.exec(message)?.[1] ?? []).at(-1);
  if (peak === undefined) throw new Error(`The log of run ${run.id} does not tell its peak memory.`);
  return {
    ...{ who, seed, dev: run.best.value, test: run.final.mean, testLoss: run.final.perStep.at(-1)!.loss },
    trainingSeconds: run.computeMs / 1000,
    wholeSeconds: (run.endedAt - run.startedAt) / 1000,
    peakGb: Number(peak),
  };
}

const titles = ['', 'seed', 'dev %', 'test %', 'test loss', 'training min', 'whole min', 'peak GB'];

/** A line for each seed, and the mean over seeds with its 95 % interval (Student's t) where there are three or more. */
export function fineTuningTable(all: readonly FineTuning[]): string {
  const lines = contestants.flatMap((who) => {
    const own = all.filter((one) => one.who === who);
    return [...own.map(seedLine), ...(own.length >= 3 ? [meanLine(who, own)] : [])];
  });
  const write = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [write(titles), write(titles.map((_, i) => (i === 0 ? '---' : '---:'))), ...lines.map(write)].join('\n');
}

/**
 * For each of ours, the test accuracy less that of its counterpart with the same seed: mean and 95 % interval over seeds.
 * Nothing where fewer than three seeds have both.
 */
export function differences(all: readonly FineTuning[]): string[] {
  return [
    difference(all, 'Innerloop float32', 'PyTorch'),
    difference(all, 'Innerloop bfloat16', 'PyTorch'),
    difference(all, 'Innerloop bfloat16', 'Innerloop float32'),
  ].flat();
}

function difference(all: readonly FineTuning[], who: ContestantName, from: ContestantName): string[] {
  const test = (name: ContestantName, seed: number) => all.find((one) => one.who === name && one.seed === seed)?.test;
  const seeds = [...new Set(all.map(({ seed }) => seed))];
  const points = seeds.flatMap((seed) => {
    const [own, other] = [test(who, seed), test(from, seed)];
    return own === undefined || other === undefined ? [] : [100 * (own - other)];
  });
  if (points.length < 3) return [];
  const [by, within] = [mean(points), ci95OfFew(points)];
  const verdict = Math.abs(by) <= within ? 'within what seeds differ by' : 'more than seeds differ by';
  return [`${who} less ${from} on test: ${signed(by)} ± ${within.toFixed(1)} points, ${verdict}.`];
}

const signed = (points: number): string => `${points < 0 ? '-' : '+'}${Math.abs(points).toFixed(1)}`;
const percent = (share: number): string => (100 * share).toFixed(1);
const minutes = (seconds: number): string => (seconds / 60).toFixed(1);

const seedLine = (one: FineTuning): string[] => [
  one.who,
  String(one.seed),
  percent(one.dev),
  percent(one.test),
  one.testLoss.toFixed(3),
  minutes(one.trainingSeconds),
  minutes(one.wholeSeconds),
  one.peakGb.toFixed(2),
];

function meanLine(who: ContestantName, own: readonly FineTuning[]): string[] {
  const of = (number: (one: FineTuning) => number): number[] => own.map(number);
  const spread = (values: readonly number[], digits: number): string =>
    `${mean(values).toFixed(digits)} ± ${ci95OfFew(values).toFixed(digits)}`;
  const cells = [
    spread(
      of(({ dev }) => 100 * dev),
      1,
    ),
    spread(
      of(({ test }) => 100 * test),
      1,
    ),
    spread(
      of(({ testLoss }) => testLoss),
      3,
    ),
    minutes(mean(of(({ trainingSeconds }) => trainingSeconds))),
    minutes(mean(of(({ wholeSeconds }) => wholeSeconds))),
    Math.max(...of(({ peakGb }) => peakGb)).toFixed(2),
  ];
  return [who, 'all', ...cells].map((cell) => `**${cell}**`);
}
