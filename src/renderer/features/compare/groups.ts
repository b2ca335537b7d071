import { curveName, familyLabels, taskFacts } from '../../../shared/run-config/task-facts.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { slotOf } from '../../charts/palette.ts';
import { commonName } from '../runs/run-groups.ts';

export type Grouping = 'all-but-seed' | 'run';
export type Slot = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What is compared: the seeds of one config, or one run. */
export interface CompareGroup {
  /** The config's group key, or the run's id. */
  readonly key: string;
  readonly name: string;
  /** The name without what all names share; for ends of lines and heads of columns. */
  readonly short: string;
  readonly colour: Slot;
  readonly runs: readonly RunSummary[];
  /** Runs that count in statistics. */
  readonly finished: readonly RunSummary[];
}

/** Fewer finished seeds than this get no interval and no mean line. */
export const seedsForInterval = 3;

/** One group a config (or a run), oldest first; each keeps the colour of its first run unless another has it. */
export function compareGroups(runs: readonly RunSummary[], grouping: Grouping): readonly CompareGroup[] {
  const members = new Map<string, RunSummary[]>();
  for (const run of [...runs].sort((a, b) => a.number - b.number)) {
    const key = grouping === 'run' ? run.id : run.groupKey;
    const known = members.get(key);
    if (known) known.push(run);
    else members.set(key, [run]);
  }
  const lists = [...members];
  const colours = assignSlots(lists.map(([, [first]]) => first!.number));
  const names = distinctNames(lists.map(([, group]) => nameOf(group, grouping)));
  const short = shortNames(names);
  return lists.map(([key, group], index) => ({
    key,
    name: names[index]!,
    short: short[index]!,
    colour: colours[index]!,
    runs: group,
    finished: group.filter(({ state }) => state === 'completed'),
  }));
}

const nameOf = (group: readonly RunSummary[], grouping: Grouping): string =>
  grouping === 'run' ? group[0]!.name : commonName(group.map(({ name }) => name));

/** Two groups of one name get their numbers after it. */
function distinctNames(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** Slots by creation; a slot that is taken gives way to the next free one, and after eight they repeat. */
export function assignSlots(numbers: readonly number[]): readonly Slot[] {
  const taken = new Set<Slot>();
  return numbers.map((number) => {
    let slot = slotOf(number);
    for (let tries = 0; taken.has(slot) && tries < 8; tries++) slot = slotOf(slot + 1);
    if (taken.size === 8) taken.clear();
    taken.add(slot);
    return slot;
  });
}

/** Names without the parts (between dashes) that all of them have; a name that would be empty keeps its first part. */
export function shortNames(names: readonly string[]): readonly string[] {
  if (names.length < 2) return names;
  const parts = names.map((name) => name.split('-'));
  const shared = new Set(parts[0]!.filter((part) => parts.every((other) => other.includes(part))));
  const short = parts.map((own) => own.filter((part) => !shared.has(part)).join('-') || own[0]!);
  return new Set(short).size === names.length ? short : names;
}

/** "5 seeds", "3 seeds, 1 running", "2 of 3 done": how many runs a group has and how many count. */
export function membersWords({ runs, finished }: CompareGroup, grouping: Grouping): string {
  if (grouping === 'run' || runs.length === 1) {
    const [run] = runs;
    return run!.state === 'completed' ? `seed ${run!.config.seed}` : `seed ${run!.config.seed}, ${run!.state}`;
  }
  const seeds = `${runs.length} seeds`;
  const open = runs.length - finished.length;
  if (open === 0) return seeds;
  const running = runs.filter(({ state }) => state === 'running' || state === 'starting').length;
  return running === open ? `${seeds}, ${running} running` : `${seeds}, ${finished.length} done`;
}

/** What all runs have in common, as a title; "Comparison" where it is nothing. */
export function comparisonTitle(runs: readonly RunSummary[]): string {
  const titles = new Set(runs.map(taskTitle));
  return titles.size === 1 ? [...titles][0]! : 'Comparison';
}

function taskTitle({ config, dataset }: RunSummary): string {
  const { task } = config;
  switch (task.kind) {
    case 'sinusoid':
      return `${curveName(task.variant)}, ${task.shot} points`;
    case 'binary-points':
      return `${familyLabels[task.family]} ${task.shot}-shot`;
    case 'text-classes':
      return `${dataset?.name ?? task.dataset}, fine-tuned`;
    case 'table-classes':
    case 'audio-classes':
      return `${dataset?.name ?? task.dataset}, ${task.perClass === 0 ? 'all' : task.perClass} ${taskFacts[task.kind].counted} per label`;
    case 'image-examples':
      return `${dataset?.name ?? task.dataset}, ${task.classes || 'all'} classes of ${task.perClass || 'all'}`;
    case 'image-classes':
      return `${dataset?.name ?? task.dataset} ${task.labels === 'classes' ? `${task.way}-way` : 'one against rest'} ${task.shot}-shot`;
  }
}
