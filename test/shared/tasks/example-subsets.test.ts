import { describe, expect, it } from 'vitest';
import { drawExampleSubsets, subsetProblem } from '../../../src/shared/tasks/example-subsets.ts';

const classes = Array.from({ length: 12 }, (_, index) => ({
  index,
  name: `class ${index}`,
  split: index < 4 ? ('train' as const) : ('test' as const),
  firstExample: 20 * index,
  examples: 20,
}));
const task = { classSplit: 'test', classes: 5, perClass: 5, validationPerClass: 2, testPerClass: 10 } as const;
const examplesOf = (part: readonly { readonly example: number }[]) => part.map(({ example }) => example);

describe('few-shot subsets', () => {
  it('take examples of the drawn classes, each in one part only', () => {
    const { classes: drawn, train, validation, test } = drawExampleSubsets(classes, task, 1);
    expect(drawn).toHaveLength(5);
    expect(drawn.every(({ split }) => split === 'test')).toBe(true);
    expect([train.length, validation.length, test.length]).toEqual([25, 10, 50]);
    const all = [...train, ...validation, ...test];
    expect(new Set(examplesOf(all)).size).toBe(85);
    for (const { example, label } of all) expect(Math.floor(example / 20)).toBe(drawn[label]!.index);
  });

  it('hold fewer examples as the beginning of more, beside the same classes and test examples', () => {
    const many = drawExampleSubsets(classes, { ...task, perClass: 0 }, 3);
    for (const perClass of [1, 5]) {
      const few = drawExampleSubsets(classes, { ...task, perClass }, 3);
      expect(few.classes).toEqual(many.classes);
      expect(few.test).toEqual(many.test);
      expect(few.validation).toEqual(many.validation);
      expect(few.train).toHaveLength(5 * perClass);
      expect(examplesOf(many.train)).toEqual(expect.arrayContaining(examplesOf(few.train)));
    }
    const unvalidated = drawExampleSubsets(classes, { ...task, validationPerClass: 0 }, 3);
    expect(unvalidated.test).toEqual(many.test);
  });

  it('are others for another seed, and the same for the same', () => {
    expect(drawExampleSubsets(classes, task, 1)).toEqual(drawExampleSubsets(classes, task, 1));
    expect(drawExampleSubsets(classes, task, 1).test).not.toEqual(drawExampleSubsets(classes, task, 2).test);
    const drawn = [1, 2, 3, 4].map((seed) => drawExampleSubsets(classes, task, seed).classes.map(({ index }) => index));
    expect(new Set(drawn.map(String)).size).toBeGreaterThan(1);
  });

  it('take all classes of a split, or of all splits, in the order of the dataset', () => {
    const indexes = (more: object) =>
      drawExampleSubsets(classes, { ...task, classes: 0, ...more }, 1).classes.map(({ index }) => index);
    expect(indexes({ classSplit: 'train' })).toEqual([0, 1, 2, 3]);
    expect(indexes({ classSplit: 'all' })).toEqual(classes.map(({ index }) => index));
  });

  it.each([
    [{ classSplit: 'unused' }, 'task.classSplit', /has no classes/],
    [{ classes: 9 }, 'task.classes', /at most 8/],
    [{ testPerClass: 18 }, 'task.testPerClass', /leave none to train on/],
    [{ perClass: 9 }, 'task.perClass', /leave 8, and task.perClass is 9/],
    [{ validationPerClass: 20, testPerClass: 1 }, 'task.validationPerClass', /leave none/],
  ])('name the field that asks for too much: %j', (more, path, words) => {
    const problem = subsetProblem(classes, { ...task, ...more } as typeof task);
    expect(problem?.path).toBe(path);
    expect(problem?.message).toMatch(words);
    expect(() => drawExampleSubsets(classes, { ...task, ...more } as typeof task, 1)).toThrow(words);
  });
});
