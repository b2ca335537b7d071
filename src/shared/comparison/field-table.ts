import { labelOfPath } from '../run-config/field-label.ts';
import { fields } from '../run-config/fields.ts';
import { flatten, stableJson } from '../run-config/grouping.ts';
import { fromScratch } from '../run-config/start-model.ts';
import type { RunSummary } from '../runs/run.ts';
import { mean } from '../statistics/descriptive.ts';
import { ci95OfFew } from '../statistics/intervals.ts';
import { valueWord } from '../sweeps/sweep-text.ts';

/**
 * A result against a field of the config: one line for each way in which the runs differ otherwise (seeds apart), one
 * place for each value of the field, the mean over seeds at each place. Pure; the window draws it and the terminal
 * prints it.
 */

export type ComparedRun = Pick<RunSummary, 'id' | 'number' | 'name' | 'state' | 'config' | 'final' | 'best'>;

export interface FieldChoice {
  readonly path: string;
  readonly label: string;
  /** `numbers` can stand on an axis; anything else is a row of words. */
  readonly values: 'numbers' | 'words';
}

export interface Place {
  /** A number, or the index of a word in the order of the first runs. */
  readonly at: number;
  readonly word: string;
}

export interface SeedValue {
  readonly id: string;
  readonly number: number;
  readonly seed: number;
  readonly value: number;
}

export interface FieldPoint {
  readonly place: Place;
  /** Of each run at this place, by number of the run. */
  readonly seeds: readonly SeedValue[];
  readonly mean: number;
  /** Half width, Student's t over seeds; null under three, of which an interval says nothing. */
  readonly ci95: number | null;
}

export interface FieldLine {
  readonly key: string;
  /** What its runs have in common and others have not: "Scratch", "Inner rate 0.1"; "All runs" where there is one line. */
  readonly label: string;
  /** In the order of the places; a place without a run is missing. */
  readonly points: readonly FieldPoint[];
}

export interface FieldTable {
  readonly field: FieldChoice;
  readonly metric: 'accuracy' | 'loss';
  /** `final`: the evaluation at the end. `best`: the best validation, where no run has a final evaluation. */
  readonly measured: 'final' | 'best';
  readonly places: readonly Place[];
  readonly lines: readonly FieldLine[];
  /** Labels of other fields that change along a line: they follow from the field, or were changed with it. */
  readonly along: readonly string[];
  readonly leftOut: readonly { readonly number: number; readonly reason: string }[];
}

/** Fewer seeds than this get no interval. */
export const seedsForInterval = 3;

const aside = new Set(['name', 'tags', 'note', 'seed']);
/** They change how a run is computed and kept, not what: they part no lines. */
const technical = (path: string): boolean => path === 'device' || /^(engine|checkpoints)\./.test(path);

/** Fields in which these runs differ, numbers first, each in the order of the form. */
export function fieldChoices(runs: readonly ComparedRun[]): readonly FieldChoice[] {
  const leaves = runs.map(({ config }) => flatten(config));
  const choices = differingPaths(leaves).map((path): FieldChoice => {
    const known = leaves.map((each) => each.get(path)).filter((value) => value !== undefined);
    const numeric = known.every((value) => typeof value === 'number') && distinct(known) > 1;
    return { path, label: labelOfPath(path), values: numeric ? 'numbers' : 'words' };
  });
  return [
    ...choices.filter(({ values }) => values === 'numbers'),
    ...choices.filter(({ values }) => values === 'words'),
  ];
}

type Leaves = ReadonlyMap<string, unknown>;

const distinct = (values: readonly unknown[]): number => new Set(values.map(stableJson)).size;

function differingPaths(leaves: readonly Leaves[]): readonly string[] {
  const paths = new Set(leaves.flatMap((each) => [...each.keys()]));
  const rank = new Map(fields.map(({ path }, index) => [path, index]));
  return [...paths]
    .filter((path) => !aside.has(path) && distinct(leaves.map((each) => each.get(path))) > 1)
    .sort((a, b) => (rank.get(a) ?? fields.length) - (rank.get(b) ?? fields.length));
}

interface Counted {
  readonly run: ComparedRun;
  readonly leaves: Leaves;
  readonly value: number;
}

/** The results of completed runs against one field in which they differ. */
export function fieldTable(runs: readonly ComparedRun[], field: FieldChoice): FieldTable {
  const done = runs.filter(({ state }) => state === 'completed');
  const measured = done.some(({ final }) => final !== null) || done.length === 0 ? 'final' : 'best';
  const metric = usualMetric(done, measured);
  const counted: Counted[] = [];
  const leftOut: { number: number; reason: string }[] = [];
  for (const run of [...runs].sort((a, b) => a.number - b.number)) {
    const leaves = flatten(run.config);
    const value = resultOf(run, measured);
    const reason = whyNot(run, value, metric, measured) ?? whyNowhere(leaves, field);
    if (reason !== null) leftOut.push({ number: run.number, reason });
    else counted.push({ run, leaves, value: value!.value });
  }
  const places = placesOf(counted, field);
  const { parting, dropped } = partingPaths(counted, field.path);
  const lines = linesOf(counted, field, places, parting);
  return { field, metric, measured, places, lines, along: alongLines(counted, parting, dropped), leftOut };
}

function resultOf(run: ComparedRun, measured: FieldTable['measured']) {
  if (measured === 'best') return run.best;
  return run.final && { metric: run.final.metric, value: run.final.mean };
}

function usualMetric(runs: readonly ComparedRun[], measured: FieldTable['measured']): FieldTable['metric'] {
  const metrics = runs.flatMap((run) => resultOf(run, measured)?.metric ?? []);
  return metrics.filter((metric) => metric === 'accuracy').length * 2 >= metrics.length ? 'accuracy' : 'loss';
}

function whyNot(
  run: ComparedRun,
  result: ReturnType<typeof resultOf>,
  metric: FieldTable['metric'],
  measured: FieldTable['measured'],
): string | null {
  if (run.state !== 'completed') return run.state;
  if (!result) return measured === 'final' ? 'no final evaluation' : 'no validation';
  if (result.metric !== metric) return `measured by ${result.metric}`;
  return Number.isFinite(result.value) ? null : 'its result is not a number';
}

const whyNowhere = (leaves: Leaves, { path, label, values }: FieldChoice): string | null =>
  values === 'numbers' && typeof leaves.get(path) !== 'number' ? `has no ${label}` : null;

/** Numbers ascending; words in the order of the runs. */
function placesOf(counted: readonly Counted[], { path, values }: FieldChoice): readonly Place[] {
  const found = new Map(counted.map(({ leaves }) => [stableJson(leaves.get(path)), leaves.get(path)]));
  if (values === 'words') return [...found.values()].map((value, at) => ({ at, word: wordOf(path, value) }));
  return [...found.values()].map((value) => ({ at: Number(value), word: String(value) })).sort((a, b) => a.at - b.at);
}

/**
 * The fewest fields that part the runs at each place: a field is dropped, the last of the form first, when the place and
 * the other fields say its value. So what follows from a swept field (the iterations of an epoch) parts no lines.
 */
function partingPaths(counted: readonly Counted[], axis: string) {
  const all = differingPaths(counted.map(({ leaves }) => leaves)).filter((path) => path !== axis);
  const dropped: string[] = [];
  let parting = all.filter((path) => !technical(path));
  for (const path of [...parting].reverse()) {
    const others = parting.filter((other) => other !== path);
    if (!follows(counted, [axis, ...others], path)) continue;
    parting = others;
    dropped.unshift(path);
  }
  return { parting, dropped: [...dropped, ...all.filter(technical)] };
}

/** Whether runs that are alike in these fields are alike in that one too. */
function follows(counted: readonly Counted[], from: readonly string[], path: string): boolean {
  const values = new Map<string, string>();
  for (const { leaves } of counted) {
    const key = keyOf(leaves, from);
    const value = stableJson(leaves.get(path));
    const known = values.get(key);
    if (known !== undefined && known !== value) return false;
    values.set(key, value);
  }
  return true;
}

const keyOf = (leaves: Leaves, paths: readonly string[]): string =>
  stableJson(paths.map((path) => leaves.get(path) ?? null));

function linesOf(
  counted: readonly Counted[],
  { path, values }: FieldChoice,
  places: readonly Place[],
  parting: readonly string[],
): readonly FieldLine[] {
  const members = grouped(counted, ({ leaves }) => keyOf(leaves, parting));
  return [...members].map(([key, line]) => ({
    key,
    label: parting.map((each) => partingWord(each, line[0]!.leaves.get(each))).join(', ') || 'All runs',
    points: places.flatMap((place) => {
      const here = line.filter(({ leaves }) =>
        values === 'numbers' ? leaves.get(path) === place.at : wordOf(path, leaves.get(path)) === place.word,
      );
      return here.length === 0 ? [] : [pointOf(place, here)];
    }),
  }));
}

function pointOf(place: Place, here: readonly Counted[]): FieldPoint {
  const seeds = here.map(({ run, value }) => ({ id: run.id, number: run.number, seed: run.config.seed, value }));
  const values = seeds.map(({ value }) => value);
  return { place, seeds, mean: mean(values), ci95: values.length >= seedsForInterval ? ci95OfFew(values) : null };
}

/** Labels of dropped fields that take several values within a line. */
function alongLines(counted: readonly Counted[], parting: readonly string[], dropped: readonly string[]) {
  const members = grouped(counted, ({ leaves }) => keyOf(leaves, parting));
  return dropped
    .filter((path) => [...members.values()].some((line) => distinct(line.map(({ leaves }) => leaves.get(path))) > 1))
    .map(labelOfPath);
}

function grouped<Item>(
  items: readonly Item[],
  keyOfItem: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

const bare = new Set(['On', 'Off', 'All', 'None', 'Random', 'Mean', 'Value', 'Norm']);

/** Numbers and words that say little need their label; names of methods, datasets and models speak for themselves. */
function partingWord(path: string, value: unknown): string {
  const word = wordOf(path, value);
  return typeof value === 'string' && !bare.has(word) ? word : `${labelOfPath(path)} ${word}`;
}

function wordOf(path: string, value: unknown): string {
  if (value === undefined) return '–';
  if (path === 'algorithm.start' && value === fromScratch) return 'from scratch';
  const choices = fields.find((field) => field.path === path)?.choices;
  return (typeof value === 'string' && choices?.[value]) || (value === '' ? 'none' : valueWord(value));
}
