import { describe, expect, it } from 'vitest';
import type { InnerloopError } from '../../../src/shared/contract/errors.ts';
import type { SplitPlan } from '../../../src/shared/datasets/dataset.ts';
import { type PlannedClass, planSplits } from '../../../src/shared/datasets/split-plan.ts';

/** Omniglot small1: five alphabets of different sizes. */
const alphabets = { Balinese: 24, Early_Aramaic: 22, Greek: 24, Korean: 40, Latin: 26 };
const classes: PlannedClass[] = Object.entries(alphabets).flatMap(([group, count]) =>
  Array.from({ length: count }, (_, i) => ({ name: `${group}/character${i + 1}`, group })),
);

const count = (splits: readonly string[]) => ({
  train: splits.filter((split) => split === 'train').length,
  validation: splits.filter((split) => split === 'validation').length,
  test: splits.filter((split) => split === 'test').length,
});

const drawn = (by: 'group' | 'class', train: number, validation: number, seed = 1): SplitPlan => ({
  kind: 'drawn',
  by,
  train,
  validation,
  seed,
});

const refusalOf = (plan: SplitPlan): InnerloopError => {
  try {
    planSplits(plan, classes);
  } catch (thrown) {
    return thrown as InnerloopError;
  }
  throw new Error('The plan was accepted.');
};

describe('drawn by class', () => {
  it('gives each split its share, the rest being test', () => {
    expect(count(planSplits(drawn('class', 0.64, 0.16), classes))).toEqual({ train: 87, validation: 22, test: 27 });
  });

  it('follows from the seed', () => {
    const first = planSplits(drawn('class', 0.5, 0.2, 7), classes);
    expect(planSplits(drawn('class', 0.5, 0.2, 7), classes)).toEqual(first);
    expect(planSplits(drawn('class', 0.5, 0.2, 8), classes)).not.toEqual(first);
  });

  it('takes every share, also none and all', () => {
    expect(count(planSplits(drawn('class', 1, 0), classes))).toEqual({ train: 136, validation: 0, test: 0 });
    expect(count(planSplits(drawn('class', 0, 0), classes))).toEqual({ train: 0, validation: 0, test: 136 });
    expect(count(planSplits(drawn('class', 0.8, 0.2), classes)).test).toBe(0);
  });

  it('gives every split with a share a class, as long as there are enough', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      expect(count(planSplits(drawn('class', 0.98, 0.01, seed), classes.slice(0, 3)))).toEqual({
        train: 1,
        validation: 1,
        test: 1,
      });
    }
    expect(count(planSplits(drawn('class', 0.6, 0.2), classes.slice(0, 1))).train).toBe(1);
    expect(planSplits(drawn('class', 0.6, 0.2), [])).toEqual([]);
  });
});

describe('drawn by group', () => {
  it.each([1, 2, 3, 4, 5, 6])('keeps alphabets whole, and gives each split one (seed %i)', (seed) => {
    const splits = planSplits(drawn('group', 0.64, 0.16, seed), classes);
    const splitsOfGroup = new Map<string, Set<string>>();
    classes.forEach(({ group }, i) => {
      splitsOfGroup.set(group, (splitsOfGroup.get(group) ?? new Set()).add(splits[i]!));
    });
    expect([...splitsOfGroup.values()].every((of) => of.size === 1)).toBe(true);
    const { train, validation, test } = count(splits);
    expect(Math.min(validation, test)).toBeGreaterThanOrEqual(22);
    expect(train).toBeGreaterThanOrEqual(62);
  });

  it('puts a dataset of one group into one split', () => {
    const one = classes.filter(({ group }) => group === 'Greek');
    expect(count(planSplits(drawn('group', 0.64, 0.16), one))).toEqual({ train: 24, validation: 0, test: 0 });
  });
});

describe('assigned', () => {
  it('puts named groups where they are told, and the others into the rest', () => {
    const plan: SplitPlan = {
      kind: 'assigned',
      by: 'group',
      assign: { Greek: 'test', Latin: 'unused' },
      rest: 'train',
    };
    const splits = planSplits(plan, classes);
    const of = (group: string) => new Set(splits.filter((_, i) => classes[i]!.group === group));
    expect([of('Greek'), of('Latin'), of('Korean')]).toEqual([
      new Set(['test']),
      new Set(['unused']),
      new Set(['train']),
    ]);
  });

  it('puts named classes where they are told', () => {
    const plan: SplitPlan = {
      kind: 'assigned',
      by: 'class',
      assign: { 'Greek/character3': 'validation' },
      rest: 'test',
    };
    expect(count(planSplits(plan, classes))).toEqual({ train: 0, validation: 1, test: 135 });
  });

  it('refuses names that do not exist, each with the nearest that does', () => {
    const refusal = refusalOf({
      kind: 'assigned',
      by: 'group',
      assign: { Greeek: 'test', Klingon: 'train' },
      rest: 'unused',
    });
    expect(refusal.code).toBe('invalid-request');
    expect(refusal.message).toBe('There is no group "Greeek". Did you mean "Greek"? There is no group "Klingon".');
    expect(refusal.fields[0]).toMatchObject({ path: 'splits.assign.Greeek', nearest: 'Greek' });
  });

  it('takes __proto__ for a name like any other', () => {
    const plan: SplitPlan = { kind: 'assigned', by: 'group', assign: {}, rest: 'train' };
    expect(planSplits(plan, [{ name: 'a', group: '__proto__' }])).toEqual(['train']);
  });
});

it('refuses shares of more than everything', () => {
  expect(refusalOf(drawn('class', 0.9, 0.2)).message).toBe(
    'The splits add up to more than all classes: train 0.9 and validation 0.2; together at most 1.',
  );
});
