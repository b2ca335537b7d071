import type { DatasetClass, SplitPlan } from '../../../shared/datasets/dataset.ts';
import type { Split } from '../../../shared/runs/run.ts';

/** The splits in the order in which they are shown, and their words. */
export const splitOrder: readonly Split[] = ['train', 'validation', 'test', 'unused'];

export const splitWords: Readonly<Record<Split, string>> = {
  train: 'Train',
  validation: 'Validation',
  test: 'Test',
  unused: 'Unused',
};

/** The split of each class, in class order. */
export type Assignment = readonly Split[];

/** Splits being edited: what is saved, what they are now, and what they were before each change. */
export interface SplitDraft {
  readonly saved: Assignment;
  readonly now: Assignment;
  readonly past: readonly Assignment[];
}

export const assignmentOf = (classes: readonly DatasetClass[]): Assignment => classes.map(({ split }) => split);

export const draftOf = (classes: readonly DatasetClass[]): SplitDraft => {
  const saved = assignmentOf(classes);
  return { saved, now: saved, past: [] };
};

/** Moves classes (by position) to a split; the same draft when they are all there. */
export function moveClasses(draft: SplitDraft, members: readonly number[], to: Split): SplitDraft {
  const moved = new Set(members);
  if (members.every((position) => draft.now[position] === to)) return draft;
  const now = draft.now.map((split, position) => (moved.has(position) ? to : split));
  return { ...draft, now, past: [...draft.past, draft.now] };
}

export function undoMove(draft: SplitDraft): SplitDraft {
  const before = draft.past.at(-1);
  return before ? { ...draft, now: before, past: draft.past.slice(0, -1) } : draft;
}

export const sameSplits = (a: Assignment, b: Assignment): boolean =>
  a.length === b.length && a.every((split, position) => split === b[position]);

/** What is moved as one: a group (the part of it that is in one split), or a class. */
export interface Unit {
  readonly key: string;
  readonly label: string;
  /** Positions of its classes. */
  readonly members: readonly number[];
  /** In another split than the saved one. */
  readonly moved: 'yes' | 'no';
}

export type UnitsBySplit = Readonly<Record<Split, readonly Unit[]>>;

/** The class's name without its group's: "Greek/character05" is "character05". */
export const shortName = ({ name, group }: Pick<DatasetClass, 'name' | 'group'>): string =>
  group !== '' && name.startsWith(`${group}/`) ? name.slice(group.length + 1) : name;

export const hasGroups = (classes: readonly DatasetClass[]): boolean =>
  new Set(classes.map(({ group }) => group)).size > 1;

/** Groups or classes of each split, in the order of the classes. */
export function unitsOf(
  classes: readonly DatasetClass[],
  { now, saved }: SplitDraft,
  by: 'group' | 'class',
): UnitsBySplit {
  const found: Record<Split, Map<string, { label: string; members: number[]; moved: boolean }>> = {
    train: new Map(),
    validation: new Map(),
    test: new Map(),
    unused: new Map(),
  };
  classes.forEach((member, position) => {
    const split = now[position]!;
    const key = by === 'group' ? member.group : String(position);
    const label = by === 'group' ? member.group || 'No group' : member.name;
    const unit = found[split].get(key) ?? { label, members: [], moved: false };
    unit.members.push(position);
    unit.moved ||= saved[position] !== split;
    found[split].set(key, unit);
  });
  const listed = (split: Split): readonly Unit[] =>
    [...found[split]].map(([key, { label, members, moved }]) => ({
      key: `${split} ${key}`,
      label,
      members,
      moved: moved ? 'yes' : 'no',
    }));
  return { train: listed('train'), validation: listed('validation'), test: listed('test'), unused: listed('unused') };
}

export type PlannedSplits =
  | { readonly ok: true; readonly plan: SplitPlan }
  | { readonly ok: false; readonly message: string };

/**
 * The plan that saves an assignment: by group while every group is whole, else by the names of classes. Refused while
 * two classes of one name are in different splits, since a name stands for one class.
 */
export function planOf(classes: readonly DatasetClass[], now: Assignment): PlannedSplits {
  const byGroup = hasGroups(classes) ? oneSplitEach(classes, now, 'group') : null;
  if (byGroup?.torn === null) return { ok: true, plan: assignedPlan('group', byGroup.splits) };
  const { splits, torn } = oneSplitEach(classes, now, 'name');
  if (torn === null) return { ok: true, plan: assignedPlan('class', splits) };
  const [name, one, other] = torn;
  return {
    ok: false,
    message: `${name} would be in two splits, ${splitWords[one].toLowerCase()} and ${splitWords[other].toLowerCase()}.`,
  };
}

function oneSplitEach(classes: readonly DatasetClass[], now: Assignment, key: 'group' | 'name') {
  const splits = new Map<string, Split>();
  let torn: readonly [name: string, one: Split, other: Split] | null = null;
  classes.forEach((member, position) => {
    const split = now[position]!;
    const known = splits.get(member[key]);
    if (known !== undefined && known !== split) torn ??= [member[key], known, split];
    splits.set(member[key], known ?? split);
  });
  return { splits, torn: torn as readonly [string, Split, Split] | null };
}

/** The split that most names have is the rest, so that the plan stays short. */
function assignedPlan(by: 'group' | 'class', splits: ReadonlyMap<string, Split>): SplitPlan {
  const sizes = splitOrder.map((split) => [...splits.values()].filter((each) => each === split).length);
  const rest = splitOrder[sizes.indexOf(Math.max(...sizes))]!;
  const assign = Object.fromEntries([...splits].filter(([, split]) => split !== rest));
  return { kind: 'assigned', by, assign, rest };
}

/** How many classes a split has. */
export const countIn = (now: Assignment, split: Split): number => now.filter((each) => each === split).length;
