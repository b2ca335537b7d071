import { describe, expect, it } from 'vitest';
import { compareGroups, groupRuns, type MeasuredRun } from '../../src/main/cli/comparison.ts';
import { withValue } from '../../src/shared/run-config/fields.ts';
import { evaluation, runSummary } from './harness.ts';

function measured(
  number: number,
  rate: number,
  value: number | null,
  state: 'completed' | 'running' = 'completed',
): MeasuredRun {
  const base = runSummary({ number, state });
  const config = withValue(withValue(base.config, 'inner.rate', rate), 'seed', number);
  const final = value === null ? null : evaluation({ mean: value });
  return { run: { ...base, config, final }, value, protocol: final?.protocol ?? null };
}
const runs = [
  measured(1, 0.01, 1),
  measured(2, 0.02, 4),
  measured(3, 0.01, 2),
  measured(4, 0.02, 5),
  measured(5, 0.01, 3),
];

describe('comparing runs', () => {
  it('groups by everything but the seed, or by the asked fields', () => {
    expect(groupRuns(runs, 'all-but-seed').map((group) => group.map(({ run }) => run.number))).toEqual([
      [1, 3, 5],
      [2, 4],
    ]);
    expect(groupRuns(runs, ['inner.rate'])).toHaveLength(2);
    expect(groupRuns(runs, ['outer.rate'])).toHaveLength(1);
  });

  it('gives mean, sd and a Student interval over seeds from three on', () => {
    const { groups } = compareGroups(groupRuns(runs, 'all-but-seed'), 'final evaluation');
    expect(groups[0]).toMatchObject({ label: 'A', n: 3, mean: 2, sd: 1 });
    expect(groups[0]?.ci95).toBeCloseTo(4.302653 / Math.sqrt(3), 5); // t(0.975, 2) sd / sqrt(n)
    expect(groups[1]).toMatchObject({ label: 'B', n: 2, mean: 4.5, ci95: null });
  });

  it('gives the difference with its interval and the probability of improvement, lower being better for a loss', () => {
    const { pairs, differences } = compareGroups(groupRuns(runs, 'all-but-seed'), 'final evaluation');
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({ a: 'A', b: 'B', difference: -2.5, probabilityOfImprovement: 1, count: 6 });
    expect(pairs[0]!.low!).toBeLessThan(-2.5);
    expect(pairs[0]!.high!).toBeGreaterThan(-2.5);
    expect(differences).toEqual([{ path: 'inner.rate', values: [0.01, 0.02] }]);
  });

  it('says which runs are not counted and in what the protocols differ', () => {
    const unfinished = measured(6, 0.01, 9, 'running');
    const other = measured(7, 0.02, 4);
    const protocol = { ...evaluation().protocol, episodes: 50 };
    const { groups, notes } = compareGroups(
      groupRuns([...runs, unfinished, { ...other, protocol }], 'all-but-seed'),
      'final evaluation',
    );
    expect(groups[0]).toMatchObject({ n: 3, mean: 2, runs: [1, 3, 5, 6] });
    expect(notes).toEqual([
      'Not counted, since they are not finished or have no such value: 6 (running).',
      'The protocols differ in episodes: the numbers do not measure the same thing.',
    ]);
  });
});
