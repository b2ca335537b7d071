import { InnerloopError } from '../contract/errors.ts';
import { createRandom } from '../random/random.ts';
import type { Split } from '../runs/run.ts';
import { nearestWord } from '../text/nearest-word.ts';
import type { SplitPlan } from './dataset.ts';

/** What a plan needs to know of a class. */
export interface PlannedClass {
  readonly name: string;
  readonly group: string;
}

/**
 * The split of each class, in the order given. A class, or with `by: 'group'` a whole group, is in one split only.
 * Throws `invalid-request` for fractions over 1 and for names that do not exist, with the nearest name that does.
 */
export function planSplits(plan: SplitPlan, classes: readonly PlannedClass[]): readonly Split[] {
  const key = plan.by === 'group' ? (member: PlannedClass) => member.group : (member: PlannedClass) => member.name;
  const sizes = new Map<string, number>();
  for (const member of classes) sizes.set(key(member), (sizes.get(key(member)) ?? 0) + 1);
  const splitOf = plan.kind === 'drawn' ? draw(plan, sizes) : assign(plan, sizes);
  return classes.map((member) => splitOf.get(key(member))!);
}

type DrawnPlan = Extract<SplitPlan, { kind: 'drawn' }>;
type AssignedPlan = Extract<SplitPlan, { kind: 'assigned' }>;

interface Share {
  readonly split: Split;
  readonly wanted: number;
  taken: number;
}

/**
 * Units (groups or classes) in seeded order, each to the split that is furthest below its share of the classes.
 * Every split with a share gets a unit as long as there are enough: the last units are kept for empty splits.
 */
function draw(plan: DrawnPlan, sizes: ReadonlyMap<string, number>): ReadonlyMap<string, Split> {
  const test = 1 - plan.train - plan.validation;
  if (test < -1e-9) {
    throw new InnerloopError(
      'invalid-request',
      `The splits add up to more than all classes: train ${plan.train} and validation ${plan.validation}; together at most 1.`,
    );
  }
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const shares: readonly Share[] = (
    [
      ['train', plan.train],
      ['validation', plan.validation],
      ['test', test],
    ] as const
  )
    .filter(([, fraction]) => fraction > 1e-9)
    .map(([split, fraction]) => ({ split, wanted: fraction * total, taken: 0 }));
  const units = createRandom(plan.seed, `splits/${plan.by}`).shuffle([...sizes.keys()]);
  const splitOf = new Map<string, Split>();
  units.forEach((unit, position) => {
    const empty = shares.filter((share) => share.taken === 0);
    const open = units.length - position <= empty.length ? empty : shares;
    const share = open.reduce((best, next) => (next.wanted - next.taken > best.wanted - best.taken ? next : best));
    share.taken += sizes.get(unit)!;
    splitOf.set(unit, share.split);
  });
  return splitOf;
}

function assign(plan: AssignedPlan, sizes: ReadonlyMap<string, number>): ReadonlyMap<string, Split> {
  const names = [...sizes.keys()];
  const fields = Object.keys(plan.assign)
    .filter((name) => !sizes.has(name))
    .map((name) => unknownName(name, plan.by, names));
  if (fields.length > 0) {
    throw new InnerloopError('invalid-request', fields.map(({ message }) => message).join(' '), { fields });
  }
  return new Map(names.map((name) => [name, Object.hasOwn(plan.assign, name) ? plan.assign[name]! : plan.rest]));
}

function unknownName(name: string, by: 'group' | 'class', names: readonly string[]) {
  const nearest = nearestWord(name, names);
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  const shown = names.slice(0, 20).join(', ');
  return {
    path: `splits.assign.${name}`,
    message: `There is no ${by} "${name}".${hint}`,
    allowed: names.length > 20 ? `${shown} and ${names.length - 20} more` : shown,
    ...(nearest === undefined ? {} : { nearest }),
  };
}
