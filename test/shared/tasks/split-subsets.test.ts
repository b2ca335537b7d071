import { describe, expect, it } from 'vitest';
import { drawSplitSubsets } from '../../../src/shared/tasks/split-subsets.ts';

// 0 train, 1 validation, 2 test, 3 unused
const labels = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
const codes = [0, 0, 0, 0, 0, 0, 1, 2, 2, 3, 0, 0];

const examplesOf = (subset: readonly { readonly example: number }[]): number[] => subset.map(({ example }) => example);

describe('subsets of a dataset that is split by example', () => {
  it('are its splits, whole', () => {
    const { train, validation, test } = drawSplitSubsets(labels, codes, { perClass: 0 }, 1);
    expect(examplesOf(train)).toEqual([0, 1, 2, 3, 4, 5, 10, 11]);
    expect(validation).toEqual([{ example: 6, label: 0 }]);
    expect(test).toEqual([
      { example: 7, label: 1 },
      { example: 8, label: 0 },
    ]);
  });

  it('have so many training examples of each class, those of fewer among those of more', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const [one, two, three] = [1, 2, 3].map((perClass) => drawSplitSubsets(labels, codes, { perClass }, seed));
      for (const [subsets, perClass] of [[one!, 1] as const, [two!, 2] as const, [three!, 3] as const]) {
        expect(subsets.train.filter(({ label }) => label === 0)).toHaveLength(perClass);
        expect(subsets.train.filter(({ label }) => label === 1)).toHaveLength(perClass);
        expect(subsets.train.every(({ example, label }) => codes[example] === 0 && labels[example] === label)).toBe(
          true,
        );
      }
      expect(examplesOf(two!.train)).toEqual(expect.arrayContaining(examplesOf(one!.train)));
      expect(examplesOf(three!.train)).toEqual(expect.arrayContaining(examplesOf(two!.train)));
      expect(three!.test).toEqual(one!.test);
    }
  });

  it('are the same for a seed and others for others', () => {
    const drawn = (seed: number) => examplesOf(drawSplitSubsets(labels, codes, { perClass: 2 }, seed).train).join();
    expect(drawn(7)).toBe(drawn(7));
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8].map(drawn)).size).toBeGreaterThan(1);
  });

  it('cannot be larger than a class', () => {
    expect(() => drawSplitSubsets(labels, codes, { perClass: 5 }, 1)).toThrow(
      'Class number 1 has 4 training examples, and task.perClass is 5.',
    );
  });
});
