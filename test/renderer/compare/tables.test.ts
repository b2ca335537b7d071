import { describe, expect, it } from 'vitest';
import { configRows, tableText } from '../../../src/renderer/features/compare/config-table.ts';
import { pointsCsv } from '../../../src/renderer/features/compare/export-csv.ts';
import { compareGroups } from '../../../src/renderer/features/compare/groups.ts';
import { parseSaved, withComparison } from '../../../src/renderer/features/compare/saved-comparisons.ts';
import { defaultView, parseView } from '../../../src/renderer/features/compare/use-compare-view.ts';
import { extended } from '../../../src/renderer/features/compare/use-run-lines.ts';
import { runsNamed } from './runs.ts';

describe('the config table', () => {
  it('marks what is not the usual value', async () => {
    const groups = compareGroups(await runsNamed('maml-omni-20w1s', 'fomaml-omni-20w1s'), 'all-but-seed');
    const rows = configRows(groups, 'all-but-seed').filter(({ differs }) => differs === 'yes');
    expect(rows.map(({ label, values, looks }) => [label, values, looks])).toEqual([
      ['Method', ['MAML', 'FOMAML', 'MAML', 'MAML'], ['same', 'odd', 'same', 'same']],
      ['Inner rate', ['0.1', '0.1', '0.05', '0.5'], ['same', 'same', 'odd', 'odd']],
    ]);
  });

  it('knows seeds only for single runs', async () => {
    const runs = await runsNamed('maml-omni-5w1s');
    expect(configRows(compareGroups(runs, 'all-but-seed'), 'all-but-seed').some(({ path }) => path === 'seed')).toBe(
      false,
    );
    const rows = configRows(compareGroups(runs, 'run'), 'run').filter(({ differs }) => differs === 'yes');
    expect(rows.map(({ path }) => path)).toEqual(['seed']);
    expect(
      tableText(
        compareGroups(runs.slice(0, 2), 'run'),
        rows.map((row) => ({ ...row, values: ['1', '2'] })),
      ),
    ).toBe('Field\tmaml-omni-5w1s-s1\tmaml-omni-5w1s-s2\nSeed\t1\t2');
  });

  it('has a dash where a config has no such field', async () => {
    const groups = compareGroups(await runsNamed('maml-omni-5w1s', 'maml-sine'), 'all-but-seed');
    const way = configRows(groups, 'all-but-seed').find(({ path }) => path === 'task.way');
    expect(way?.values).toEqual(['–', '5']);
  });
});

it('exports every point with all that it can be drawn over', async () => {
  const [run] = await runsNamed('maml-omni-5w1s');
  const named = { ...run!, name: 'a "b", c' };
  const csv = pointsCsv(
    [named],
    'train/loss',
    () => ({ steps: [1, 2], values: [0.1, 1 / 3] }),
    (_, step) => (step === 1 ? 0.5 : null),
  );
  expect(csv.split('\n')).toEqual([
    'run,name,seed,metric,iteration,tasks,compute_seconds,value',
    `${run!.id},"a ""b"", c",1,train/loss,1,32,0.5,0.1`,
    `${run!.id},"a ""b"", c",1,train/loss,2,64,,${1 / 3}`,
    '',
  ]);
});

it('lets a line grow, without points that it has already', () => {
  const grown = extended({ steps: [1, 2], values: [5, 6] }, [
    [2, 6],
    [3, 7],
  ]);
  expect([[...(grown.steps as Float64Array)], [...(grown.values as Float64Array)]]).toEqual([
    [1, 2, 3],
    [5, 6, 7],
  ]);
});

describe('what is kept', () => {
  it('of views: only what is known', () => {
    expect(parseView('{"axis":"tasks","band":"sd","smoothing":{"train/loss":0.6,"x":2}}')).toEqual({
      ...defaultView,
      axis: 'tasks',
      smoothing: { 'train/loss': 0.6 },
    });
    expect(parseView('{')).toEqual(defaultView);
    expect(parseView('null')).toEqual(defaultView);
  });

  it('of comparisons: those with a name and runs, the newest of a name', () => {
    expect(parseSaved('[{"name":"a","runs":["r1"]},{"name":"b","runs":[]},7]')).toEqual([{ name: 'a', runs: ['r1'] }]);
    expect(parseSaved('x')).toEqual([]);
    const saved = withComparison([{ name: 'a', runs: ['r1'] }], { name: 'a', runs: ['r2'] });
    expect(saved).toEqual([{ name: 'a', runs: ['r2'] }]);
  });
});
