import { mean } from '../../../src/shared/statistics/descriptive.ts';
import { ci95OfFew } from '../../../src/shared/statistics/intervals.ts';

/** What stands in the tables of docs/results.md, and how a cell is written. */

export interface Row {
  readonly label: string;
  /** Name of its file in resources/examples. */
  readonly example: string;
}

export interface Setting {
  readonly way: number;
  readonly shot: number;
}

export interface TableEvaluation {
  readonly mean: number;
  readonly ci95: number;
  readonly protocol: { readonly shot: number; readonly query: number };
}

/** The part of `innerloop runs --json` that is read here. */
export interface TableRun {
  readonly id: string;
  readonly name: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly iteration: number;
  readonly computeMs: number;
  readonly final: TableEvaluation | null;
  readonly untrained: TableEvaluation | null;
}

/** The cheap ones first: what is cut short then leaves the most cells. */
export const rows: readonly Row[] = [
  { label: 'MAML', example: 'few-shot-maml' },
  { label: 'ProtoNet, trained 20-way', example: 'few-shot-proto-net' },
  { label: 'FOMAML', example: 'few-shot-fomaml' },
  { label: 'ANIL', example: 'few-shot-anil' },
  { label: 'BOIL', example: 'few-shot-boil' },
  { label: 'Meta-SGD', example: 'few-shot-meta-sgd' },
  { label: 'Pretrained, linear head', example: 'few-shot-pretrain-linear' },
  { label: 'Pretrained, cosine head', example: 'few-shot-pretrain-cosine' },
  { label: 'From scratch', example: 'few-shot-from-scratch' },
  { label: 'MAML++', example: 'few-shot-maml-plus-plus' },
  { label: 'Reptile', example: 'few-shot-reptile' },
  { label: 'iMAML', example: 'few-shot-imaml' },
];

export const imageSettings: readonly Setting[] = [
  { way: 5, shot: 1 },
  { way: 5, shot: 5 },
  { way: 20, shot: 1 },
];

export const sinusoidRows: readonly Row[] = [
  { label: 'MAML', example: 'sinusoid-frequencies-maml' },
  { label: 'Meta-SGD', example: 'sinusoid-frequencies-meta-sgd' },
];

export const sinusoidShots = [5, 10, 20] as const;

const notRun = '-';

/** Accuracy in per cent of each row, and of its untrained network; rows without a run keep their place. */
export function imageTable(columns: readonly { readonly row: Row; readonly runs: readonly TableRun[] }[]): string {
  const lines = columns.map(({ row, runs }) => [
    row.label,
    cell(
      runs.flatMap(({ final }) => final ?? []),
      percent,
    ),
    cell(
      runs.flatMap(({ untrained }) => untrained ?? []),
      percent,
    ),
    String(runs.length),
    minutes(runs),
  ]);
  return markdown(['algorithm', 'accuracy %', 'untrained %', 'seeds', 'min a run'], lines);
}

/** Mean squared error of each row at each shot. */
export function sinusoidTable(
  entries: readonly {
    readonly row: Row;
    readonly runs: readonly TableRun[];
    readonly evaluations: readonly (readonly TableEvaluation[])[];
  }[],
): string {
  const lines = entries.map(({ row, runs, evaluations }) => [
    row.label,
    ...sinusoidShots.map((shot) =>
      cell(
        evaluations.flatMap((own) => own.find(({ protocol }) => protocol.shot === shot) ?? []),
        (value) => value.toFixed(2),
      ),
    ),
    String(runs.length),
    speed(runs),
    seconds(runs),
  ]);
  return markdown(
    ['trained at 5 shots', ...sinusoidShots.map((shot) => `${shot} shots`), 'seeds', 'iterations / s', 's a run'],
    lines,
  );
}

const percent = (share: number): string => (100 * share).toFixed(1);

/** Three seeds or more: mean and 95 % t interval over seeds; fewer: mean, with the interval over episodes in brackets. */
export function cell(evaluations: readonly TableEvaluation[], write: (value: number) => string): string {
  const means = evaluations.map((evaluation) => evaluation.mean);
  if (means.length === 0) return notRun;
  if (means.length >= 3) return `${write(mean(means))} ± ${write(ci95OfFew(means))}`;
  return `${write(mean(means))} (± ${write(mean(evaluations.map(({ ci95 }) => ci95)))})`;
}

/** From the start of a run's process to the end of its last evaluation; the mean over runs. */
function minutes(runs: readonly TableRun[]): string {
  if (runs.length === 0) return notRun;
  return mean(runs.map(({ startedAt, endedAt }) => (endedAt - startedAt) / 60_000)).toFixed(1);
}

function seconds(runs: readonly TableRun[]): string {
  if (runs.length === 0) return notRun;
  return mean(runs.map(({ startedAt, endedAt }) => (endedAt - startedAt) / 1000)).toFixed(0);
}

/** Of training alone. */
function speed(runs: readonly TableRun[]): string {
  if (runs.length === 0) return notRun;
  return mean(runs.map(({ iteration, computeMs }) => (1000 * iteration) / computeMs)).toFixed(0);
}

function markdown(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const write = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [write(head), write(head.map(() => '---')), ...lines.map(write)].join('\n');
}
