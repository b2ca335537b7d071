import { describe, expect, it } from 'vitest';
import { datasetsSplitCommand } from '../../src/main/cli/commands/datasets.ts';
import { parseArguments } from '../../src/main/cli/parse-arguments.ts';
import { drawnPlan, planOf } from '../../src/main/cli/split-options.ts';
import { defaultSplitPlan } from '../../src/shared/datasets/dataset.ts';

const plan = (words: string) =>
  planOf(parseArguments(datasetsSplitCommand, ['data', ...words.split(' ').filter(Boolean)]));

describe('--split of an import', () => {
  it('keeps the default for what is left out', () => {
    expect(drawnPlan('')).toEqual(defaultSplitPlan);
    expect(drawnPlan('by=group,seed=4')).toEqual({
      kind: 'drawn',
      by: 'group',
      train: 0.64,
      validation: 0.16,
      seed: 4,
    });
    expect(drawnPlan('train=1, validation=0')).toMatchObject({ train: 1, validation: 0 });
  });

  it.each([
    ['by=letter', '--split by is "letter"; allowed: group or class.'],
    ['train=2', '--split train is "2"; allowed: a number from 0 to 1.'],
    ['train=', '--split train is ""; allowed: a number from 0 to 1.'],
    ['seed=1.5', '--split seed is "1.5"; allowed: a whole number from 0 to 2147483647.'],
    ['trian=0.5', '--split has no part "trian"; allowed: by, train, validation, seed.'],
    ['train=0.9', 'Train 0.9 and validation 0.16 are more than all classes; together at most 1.'],
  ])('refuses %s', (text, sentence) => {
    expect(() => drawnPlan(text)).toThrow(sentence);
  });
});

describe('datasets split', () => {
  it('assigns names to splits, the rest to train unless said', () => {
    expect(plan('--by group --assign test=Sanskrit,Tagalog --assign unused=Greek,Latin')).toEqual({
      kind: 'assigned',
      by: 'group',
      assign: { Sanskrit: 'test', Tagalog: 'test', Greek: 'unused', Latin: 'unused' },
      rest: 'train',
    });
    expect(plan('--by group --rest test')).toEqual({ kind: 'assigned', by: 'group', assign: {}, rest: 'test' });
  });

  it('draws by fractions otherwise', () => {
    expect(plan('--train 0.5 --validation 0.25 --seed 9')).toEqual({
      kind: 'drawn',
      by: 'class',
      train: 0.5,
      validation: 0.25,
      seed: 9,
    });
    expect(plan('')).toEqual(defaultSplitPlan);
  });

  it('refuses both ways at once, and unreadable assignments', () => {
    expect(() => plan('--assign test=A --seed 2')).toThrow(/use one way or the other/);
    for (const wrong of ['--assign tset=A', '--assign test=', '--assign A'])
      expect(() => plan(wrong)).toThrow(/SPLIT=NAME,NAME/);
  });
});
