import { describe, expect, it } from 'vitest';
import type { Line } from '../../../src/renderer/charts/series.ts';
import { compareSeries } from '../../../src/renderer/features/compare/compare-series.ts';
import { compareGroups } from '../../../src/renderer/features/compare/groups.ts';
import { runsNamed } from './runs.ts';

const options = { smoothing: 0, patterns: 'on', band: 'ci95' } as const;
const line = (scale: number): Line => ({ steps: [0, 1, 2], values: [scale, 2 * scale, 3 * scale] });

describe('what is drawn of a group', () => {
  it('is the mean of its finished seeds with a band, and the unfinished ones beside it', async () => {
    const runs = await runsNamed('maml-omni-20w1s-s');
    const groups = compareGroups(runs, 'all-but-seed');
    const { series, means } = compareSeries(groups, (id) => line(runs.findIndex((run) => run.id === id) + 1), options);
    expect(means).toBe('some');
    expect(series.map(({ key, width }) => [key, width ?? 'mean'])).toEqual([
      [groups[0]!.key, 'mean'],
      ...runs.filter(({ state }) => state !== 'completed').map(({ id }) => [id, 'thin']),
    ]);
    expect(series[0]!.band).toBeDefined();
    expect(new Set(series.map(({ colour }) => colour)).size).toBe(1);
  });

  it('is single lines under three finished seeds', async () => {
    const runs = (await runsNamed('fomaml-omni-20w1s')).slice(0, 2);
    const { series, means } = compareSeries(compareGroups(runs, 'all-but-seed'), () => line(1), options);
    expect(means).toBe('none');
    expect(series.map(({ key }) => key)).toEqual(runs.map(({ id }) => id));
    expect(series.every(({ band }) => band === undefined)).toBe(true);
  });

  it('is nothing for a run without points', async () => {
    const groups = compareGroups(await runsNamed('maml-omni-5w1s'), 'run');
    expect(compareSeries(groups, () => undefined, options).series).toEqual([]);
  });
});

it('keeps the raw line behind a smoothed one, and the width of its band', async () => {
  const groups = compareGroups(await runsNamed('maml-omni-5w1s'), 'all-but-seed');
  const lineOf = (id: string): Line => ({ steps: [0, 1, 2], values: [0, Number(id.at(-1)), 10] });
  const plain = compareSeries(groups, lineOf, options).series[0]!;
  const [smooth] = compareSeries(groups, lineOf, { ...options, smoothing: 0.9 }).series;
  expect(smooth!.raw).toEqual({ steps: plain.steps, values: plain.values });
  expect(smooth!.values[2]).toBeLessThan(plain.values[2]!);
  const widthAt = (series: typeof plain, index: number) => series.band!.high[index]! - series.band!.low[index]!;
  expect(widthAt(smooth!, 1)).toBeCloseTo(widthAt(plain, 1), 9);
});

it('draws what is beyond thirty lines as background, and says how many', async () => {
  const [run] = await runsNamed('maml-omni-5w1s');
  const many = Array.from({ length: 33 }, (_, index) => ({ ...run!, id: `x${index}`, number: index + 1 }));
  const { series, context } = compareSeries(compareGroups(many, 'run'), () => line(1), options);
  expect(context).toBe(3);
  expect(series.slice(30).map(({ colour }) => colour)).toEqual(['context', 'context', 'context']);
});
