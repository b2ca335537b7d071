import { describe, expect, it } from 'vitest';
import {
  assignSlots,
  compareGroups,
  comparisonTitle,
  membersWords,
  shortNames,
} from '../../../src/renderer/features/compare/groups.ts';
import { runsNamed } from './runs.ts';

describe('groups', () => {
  it('are configs, all but the seed, with only finished runs counting', async () => {
    const groups = compareGroups(await runsNamed('maml-omni-20w1s-s', 'fomaml-omni-20w1s'), 'all-but-seed');
    expect(groups.map(({ name, short, runs, finished }) => [name, short, runs.length, finished.length])).toEqual([
      ['maml-omni-20w1s', 'maml', 5, 3],
      ['fomaml-omni-20w1s', 'fomaml', 3, 2],
    ]);
    expect(membersWords(groups[0]!, 'all-but-seed')).toBe('5 seeds, 3 done');
  });

  it('are single runs when asked for, each with a colour', async () => {
    const groups = compareGroups(await runsNamed('maml-omni-5w1s'), 'run');
    expect(groups.map(({ short }) => short)).toEqual(['s1', 's2', 's3', 's4', 's5']);
    expect(new Set(groups.map(({ colour }) => colour)).size).toBe(5);
    expect(membersWords(groups[1]!, 'run')).toBe('seed 2');
  });
});

describe('colours', () => {
  it('are those of the first run, unless another has it', () => {
    expect(assignSlots([3, 11, 4])).toEqual([3, 4, 5]);
  });

  it('repeat after eight', () => {
    const slots = assignSlots([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(slots.slice(0, 8)).size).toBe(8);
    expect(slots.slice(8)).toEqual([1, 2]);
  });
});

describe('short names', () => {
  it('leave out what all have, but never everything', () => {
    expect(shortNames(['maml-omni-20w1s', 'maml-omni-20w1s-ilr0.5'])).toEqual(['maml', 'ilr0.5']);
  });

  it('stay whole where they would be the same', () => {
    expect(shortNames(['a-x', 'a-x-x'])).toEqual(['a-x', 'a-x-x']);
    expect(shortNames(['alone'])).toEqual(['alone']);
  });
});

it('takes its title from what all runs have in common', async () => {
  expect(comparisonTitle(await runsNamed('maml-omni-20w1s'))).toBe('omniglot 20-way 1-shot');
  expect(comparisonTitle(await runsNamed('maml-omni-20w1s', 'maml-sine'))).toBe('Comparison');
});
