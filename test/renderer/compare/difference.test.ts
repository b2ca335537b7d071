import { describe, expect, it } from 'vitest';
import { differenceTable, judgedMetric, summaryOf } from '../../../src/renderer/features/compare/difference.ts';
import { compareGroups } from '../../../src/renderer/features/compare/groups.ts';
import { intervalScale } from '../../../src/renderer/features/compare/interval-plot.tsx';
import { compareProtocols } from '../../../src/renderer/features/compare/protocols.ts';
import { welchInterval } from '../../../src/shared/statistics/intervals.ts';
import { runsNamed, withBest } from './runs.ts';

async function groupsOf(base: readonly number[], other: readonly number[]) {
  const [maml, fomaml] = [await runsNamed('maml-omni-5w1s'), await runsNamed('fomaml-omni-5w1s')];
  return compareGroups(
    [...base.map((value, i) => withBest(maml[i]!, value)), ...other.map((value, i) => withBest(fomaml[i]!, value))],
    'all-but-seed',
  );
}

describe('the difference from a baseline', () => {
  it('has Welch’s interval and the share of pairs won', async () => {
    const [a, b] = [
      [0.9, 0.92, 0.94],
      [0.95, 0.93, 0.97, 0.99],
    ];
    const table = differenceTable(await groupsOf(a, b), 'best', null);
    expect(table.baseline?.name).toBe('fomaml-omni-5w1s'); // it has the most seeds
    const [row] = table.rows;
    expect(row).toMatchObject({ seeds: 3, pairs: 12 });
    expect(row!.interval).toMatchObject({ low: welchInterval(a, b).low, high: welchInterval(a, b).high });
    expect(row!.probability).toBeCloseTo(1 / 12, 9); // 0.94 beats 0.93
  });

  it('has no interval under three seeds on a side', async () => {
    const [row] = differenceTable(await groupsOf([0.9, 0.92, 0.94], [0.95, 0.93]), 'best', null).rows;
    expect(row!.interval).toBeNull();
    expect(row!.difference).toBeCloseTo(0.02, 9);
  });

  it('leaves out what is not finished or measured otherwise, with the reason', async () => {
    const queued = await runsNamed('maml-omni-20w1s-ilr0.5');
    const mixed = compareGroups(
      [
        ...(await runsNamed('maml-omni-5w1s')),
        ...(await runsNamed('maml-sine-10p')),
        ...queued.filter(({ state }) => state === 'running'),
      ],
      'all-but-seed',
    );
    const table = differenceTable(mixed, 'best', null);
    expect(table.metric).toBe('accuracy');
    expect(table.rows).toEqual([]);
    expect(table.leftOut.map(({ reason }) => reason).sort()).toEqual(['is measured by loss', 'no finished run']);
  });

  it('counts a lower loss as better', async () => {
    const sine = compareGroups(await runsNamed('maml-sine', 'fomaml-sine'), 'all-but-seed');
    expect(judgedMetric(sine, 'best')).toBe('loss');
    const fomaml = sine.find(({ name }) => name.startsWith('fomaml'))!;
    const [row] = differenceTable(sine, 'best', fomaml.key).rows;
    expect(row!.difference).toBeLessThan(0);
    expect(row!.probability).toBeGreaterThan(0.5);
  });
});

it('sums a group up with an interval only from three seeds on', async () => {
  const [three, two] = await groupsOf([0.9, 0.92, 0.94], [0.95, 0.93]);
  expect(summaryOf(three!, 'best', 'accuracy')?.ci95).toBeGreaterThan(0);
  expect(summaryOf(two!, 'best', 'accuracy')).toMatchObject({ value: 0.94, ci95: null });
});

describe('protocols', () => {
  it('of one config do not differ', async () => {
    const { differing, common } = compareProtocols(await runsNamed('maml-omni-5w1s'), 'final');
    expect(differing).toEqual([]);
    expect(common).toMatchObject({ episodes: '600', split: 'test', 'batch norm': 'transductive' });
  });

  it('name the fields in which runs were measured otherwise', async () => {
    const runs = await runsNamed('maml-omni-5w1s', 'maml-omni-20w1s-s');
    const { differing } = compareProtocols(runs, 'best');
    expect(differing.map(({ field }) => field)).toEqual(['task', 'inner steps']);
  });
});

it('scales intervals to most of them, with zero', async () => {
  const [group] = await groupsOf([0.9], []);
  const row = (low: number, high: number) => ({
    group: group!,
    seeds: 3,
    difference: (low + high) / 2,
    probability: 1,
    pairs: 9,
    interval: { low, high },
  });
  const scale = intervalScale([row(0.1, 0.3), row(0.2, 0.4), row(-6, -5)])!;
  expect(scale.low).toBeLessThanOrEqual(0);
  expect(scale.low).toBeGreaterThan(-1); // the far one becomes an arrow
  expect(scale.high).toBeGreaterThan(0.4);
  expect(intervalScale([])).toBeNull();
});
