import { describe, expect, it } from 'vitest';
import { balanceOf } from '../../../src/renderer/features/datasets/balance.ts';
import type { DatasetClass } from '../../../src/shared/datasets/dataset.ts';
import type { Split } from '../../../src/shared/runs/run.ts';

const member = (index: number, group: string, examples: number, split: Split): DatasetClass => ({
  index,
  name: `c${index}`,
  group,
  firstExample: 0,
  examples,
  split,
});
const splitsOf = (classes: readonly DatasetClass[]) => classes.map(({ split }) => split);

describe('with groups', () => {
  const classes = [
    member(0, 'A', 20, 'test'),
    member(1, 'B', 20, 'train'),
    member(2, 'C', 20, 'train'),
    member(3, 'C', 20, 'train'),
  ];

  it('has a bar of classes for each, by split and then size', () => {
    const balance = balanceOf(classes, splitsOf(classes));
    expect(balance).toMatchObject({ of: 'groups', fewest: 1, most: 2 });
    expect(balance.bars.map(({ label, total }) => [label, total])).toEqual([
      ['C', 2],
      ['B', 1],
      ['A', 1],
    ]);
    expect(balance.stretches).toEqual([
      { split: 'train', from: 0, count: 2 },
      { split: 'test', from: 2, count: 1 },
    ]);
  });

  it('divides the bar of a group in two splits, and has no stretches then', () => {
    const balance = balanceOf(classes, ['test', 'train', 'train', 'validation']);
    expect(balance.bars[0]!.parts).toEqual([
      { split: 'train', amount: 1 },
      { split: 'validation', amount: 1 },
    ]);
    expect(balance.stretches).toEqual([]);
  });
});

describe('without groups', () => {
  it('has a bar of examples for each class', () => {
    const classes = [member(0, '', 5, 'train'), member(1, '', 9, 'train')];
    const balance = balanceOf(classes, splitsOf(classes));
    expect(balance.bars.map(({ total }) => total)).toEqual([9, 5]);
    expect(balance).toMatchObject({ of: 'classes', joined: 1, fewest: 5, most: 9 });
  });

  it('joins neighbours of one split when there are too many to draw, and says how many', () => {
    const classes = Array.from({ length: 1000 }, (_, index) =>
      member(index, '', 10 + (index % 7), index < 700 ? 'train' : 'test'),
    );
    const balance = balanceOf(classes, splitsOf(classes));
    expect(balance.joined).toBe(8);
    expect(balance.bars.length).toBeLessThanOrEqual(140);
    expect(balance.bars.flatMap(({ members }) => members)).toHaveLength(1000);
    expect(balance.bars[0]!.total).toBe(16);
    expect(balance.stretches.map(({ split }) => split)).toEqual(['train', 'test']);
  });
});

it('of nothing is empty', () => {
  expect(balanceOf([], [])).toMatchObject({ bars: [], fewest: 0, most: 0 });
});
