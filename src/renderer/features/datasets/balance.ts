import type { DatasetClass } from '../../../shared/datasets/dataset.ts';
import type { Split } from '../../../shared/runs/run.ts';
import { type Assignment, hasGroups, splitOrder } from './splits.ts';

export interface BalanceBar {
  readonly label: string;
  /** Classes (bars are groups) or examples (bars are classes) in each split, splits in their order. */
  readonly parts: readonly { readonly split: Split; readonly amount: number }[];
  readonly total: number;
  /** Positions of the classes that it stands for. */
  readonly members: readonly number[];
}

export interface Balance {
  readonly of: 'groups' | 'classes';
  readonly bars: readonly BalanceBar[];
  /** Neighbouring classes that one bar is the mean of; 1 when each has its own. */
  readonly joined: number;
  readonly fewest: number;
  readonly most: number;
  /** Where whole bars of one split stand side by side: from (first bar) on, so many. */
  readonly stretches: readonly { readonly split: Split; readonly from: number; readonly count: number }[];
}

const mostBars = 140;

/**
 * How evenly a dataset is filled: classes per group where there are groups, else examples per class. Bars of one split
 * stand together, the longest first; a group in several splits has a bar of several parts.
 */
export function balanceOf(classes: readonly DatasetClass[], now: Assignment): Balance {
  const grouped = hasGroups(classes);
  const bars = grouped ? groupBars(classes, now) : classBars(classes, now);
  const amounts = bars.map(({ total }) => total);
  const whole = bars.every(({ parts }) => parts.length === 1);
  const sorted = [...bars].sort((a, b) => (whole ? rank(a) - rank(b) : 0) || b.total - a.total);
  const joined = Math.ceil(sorted.length / mostBars);
  const shown = whole && joined > 1 ? joinBars(sorted, joined) : sorted.slice(0, mostBars);
  return {
    of: grouped ? 'groups' : 'classes',
    bars: shown,
    joined: whole ? joined : 1,
    fewest: amounts.length > 0 ? Math.min(...amounts) : 0,
    most: Math.max(0, ...amounts),
    stretches: whole ? stretchesOf(shown) : [],
  };
}

const rank = ({ parts }: BalanceBar): number => splitOrder.indexOf(parts[0]!.split);

function groupBars(classes: readonly DatasetClass[], now: Assignment): BalanceBar[] {
  const groups = new Map<string, number[]>();
  classes.forEach(({ group }, position) => {
    const members = groups.get(group);
    if (members) members.push(position);
    else groups.set(group, [position]);
  });
  return [...groups].map(([group, members]) => ({
    label: group || 'No group',
    members,
    total: members.length,
    parts: splitOrder
      .map((split) => ({ split, amount: members.filter((position) => now[position] === split).length }))
      .filter(({ amount }) => amount > 0),
  }));
}

const classBars = (classes: readonly DatasetClass[], now: Assignment): BalanceBar[] =>
  classes.map(({ name, examples }, position) => ({
    label: name,
    members: [position],
    total: examples,
    parts: [{ split: now[position]!, amount: examples }],
  }));

/** Means of so many neighbours of the same split. */
function joinBars(bars: readonly BalanceBar[], size: number): BalanceBar[] {
  const joined: BalanceBar[] = [];
  for (let start = 0; start < bars.length; ) {
    const { split } = bars[start]!.parts[0]!;
    let end = start;
    while (end < bars.length && end - start < size && bars[end]!.parts[0]!.split === split) end++;
    const part = bars.slice(start, end);
    const amount = part.reduce((sum, { total }) => sum + total, 0) / part.length;
    const label = part.length === 1 ? part[0]!.label : `${part[0]!.label} and ${part.length - 1} more`;
    joined.push({ label, total: amount, parts: [{ split, amount }], members: part.flatMap(({ members }) => members) });
    start = end;
  }
  return joined;
}

function stretchesOf(bars: readonly BalanceBar[]): Balance['stretches'] {
  return splitOrder.flatMap((split) => {
    const from = bars.findIndex(({ parts }) => parts[0]!.split === split);
    const count = bars.filter(({ parts }) => parts[0]!.split === split).length;
    return count === 0 ? [] : [{ split, from, count }];
  });
}
