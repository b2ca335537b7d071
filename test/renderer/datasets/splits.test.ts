import { describe, expect, it } from 'vitest';
import {
  draftOf,
  moveClasses,
  planOf,
  shortName,
  undoMove,
  unitsOf,
} from '../../../src/renderer/features/datasets/splits.ts';
import type { DatasetClass } from '../../../src/shared/datasets/dataset.ts';
import { planSplits } from '../../../src/shared/datasets/split-plan.ts';
import type { Split } from '../../../src/shared/runs/run.ts';

function library(...groups: readonly (readonly [group: string, classes: number, split: Split])[]): DatasetClass[] {
  const classes: DatasetClass[] = [];
  for (const [group, size, split] of groups) {
    for (let index = 0; index < size; index++) {
      const name = group === '' ? `class${classes.length}` : `${group}/c${index}`;
      classes.push({ index: classes.length, name, group, firstExample: classes.length * 20, examples: 20, split });
    }
  }
  return classes;
}

const omniglot = library(['Greek', 3, 'train'], ['Latin', 2, 'train'], ['Korean', 2, 'test']);

describe('moving', () => {
  it('takes a whole group and can be undone, step by step', () => {
    const start = draftOf(omniglot);
    const greek = unitsOf(omniglot, start, 'group').train[0]!;
    const moved = moveClasses(start, greek.members, 'validation');
    const both = moveClasses(moved, [3], 'unused');
    expect(both.now).toEqual(['validation', 'validation', 'validation', 'unused', 'train', 'test', 'test']);
    expect(undoMove(both).now).toEqual(moved.now);
    expect(undoMove(undoMove(both)).now).toEqual(start.now);
    expect(undoMove(start)).toBe(start);
  });

  it('to where everything is already is no change', () => {
    const start = draftOf(omniglot);
    expect(moveClasses(start, [0, 1], 'train')).toBe(start);
  });

  it('marks what is not where it was saved', () => {
    const moved = moveClasses(draftOf(omniglot), [3, 4], 'validation');
    expect(unitsOf(omniglot, moved, 'group').validation).toMatchObject([{ label: 'Latin', moved: 'yes' }]);
    expect(unitsOf(omniglot, moved, 'group').train).toMatchObject([{ label: 'Greek', moved: 'no' }]);
  });

  it('shows a group in each split that it has classes in', () => {
    const torn = moveClasses(draftOf(omniglot), [0], 'test');
    const units = unitsOf(omniglot, torn, 'group');
    expect(units.train.find(({ label }) => label === 'Greek')?.members).toEqual([1, 2]);
    expect(units.test.find(({ label }) => label === 'Greek')?.members).toEqual([0]);
  });
});

describe('the plan that saves', () => {
  const plan = (classes: readonly DatasetClass[], now: readonly Split[]) => {
    const planned = planOf(classes, now);
    if (!planned.ok) throw new Error(planned.message);
    return planned.plan;
  };

  it('names groups while every group is whole', () => {
    const moved = moveClasses(draftOf(omniglot), [3, 4], 'validation').now;
    const made = plan(omniglot, moved);
    expect(made).toMatchObject({ kind: 'assigned', by: 'group' });
    expect(planSplits(made, omniglot)).toEqual(moved);
  });

  it('names classes once a group is torn', () => {
    const moved = moveClasses(draftOf(omniglot), [1], 'unused').now;
    const made = plan(omniglot, moved);
    expect(made).toEqual({
      kind: 'assigned',
      by: 'class',
      rest: 'train',
      assign: { 'Greek/c1': 'unused', 'Korean/c0': 'test', 'Korean/c1': 'test' },
    });
    expect(planSplits(made, omniglot)).toEqual(moved);
  });

  it('names classes where there are no groups', () => {
    const flat = library(['', 4, 'train']);
    const moved = moveClasses(draftOf(flat), [2], 'test').now;
    expect(planSplits(plan(flat, moved), flat)).toEqual(moved);
  });

  it('is refused when one name would be in two splits', () => {
    const twins = library(['A', 2, 'train'], ['B', 2, 'test']).map((member) => ({
      ...member,
      name: shortName(member),
    }));
    expect(planOf(twins, ['train', 'train', 'test', 'test']).ok).toBe(true); // groups are whole
    expect(planOf(twins, ['train', 'test', 'test', 'test'])).toEqual({
      ok: false,
      message: 'c0 would be in two splits, train and test.',
    });
  });
});

it('shortens names by their group', () => {
  expect(shortName({ name: 'Greek/c1', group: 'Greek' })).toBe('c1');
  expect(shortName({ name: 'cat', group: '' })).toBe('cat');
});
