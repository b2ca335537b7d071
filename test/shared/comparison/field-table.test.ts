import { describe, expect, it } from 'vitest';
import { type ComparedRun, fieldChoices, fieldTable } from '../../../src/shared/comparison/field-table.ts';
import { withValue } from '../../../src/shared/run-config/fields.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';
import type { RunConfig } from '../../../src/shared/run-config/schema.ts';

const base = presetById('finn-sinusoid').config;
let number = 0;

function run(
  value: number | null,
  settings: Readonly<Record<string, unknown>>,
  change: Partial<ComparedRun> = {},
): ComparedRun {
  number += 1;
  const config = Object.entries(settings).reduce<RunConfig>((all, [path, of]) => withValue(all, path, of), base);
  const final = value === null ? null : ({ metric: 'loss', mean: value } as ComparedRun['final']);
  return { id: `r${number}`, number, name: `r${number}`, state: 'completed', config, final, best: null, ...change };
}
const tableOf = (runs: readonly ComparedRun[], path: string) => {
  const choice = fieldChoices(runs).find((each) => each.path === path);
  if (!choice) throw new Error(`${path} is no choice`);
  return fieldTable(runs, choice);
};
const drawn = (runs: readonly ComparedRun[], path: string) =>
  tableOf(runs, path).lines.map(({ label, points }) => [label, points.map(({ place, mean }) => [place.word, mean])]);

describe('fields to put results against', () => {
  it('are those in which runs differ, numbers first, without seeds and names', () => {
    const runs = [
      run(1, { 'task.shot': 1, 'algorithm.kind': 'maml', seed: 1, name: 'a' }),
      run(1, { 'task.shot': 5, 'algorithm.kind': 'anil', seed: 2, name: 'b', 'inner.rate': 0.5 }),
    ];
    expect(fieldChoices(runs)).toEqual([
      { path: 'task.shot', label: 'Shot', values: 'numbers' },
      { path: 'inner.rate', label: 'Inner rate', values: 'numbers' },
      { path: 'algorithm.kind', label: 'Method', values: 'words' },
    ]);
  });
});

describe('results against a field', () => {
  it('call a start without a model what it is, and other starts by their names', () => {
    const tuned = (value: number, start: string, perClass: number) => {
      const { config } = presetById('fine-tune-images');
      const started = withValue(withValue(config, 'algorithm.start', start), 'task.perClass', perClass);
      return { ...run(value, {}), config: started };
    };
    const runs = [tuned(1, 'scratch', 1), tuned(2, 'scratch', 5), tuned(3, 'maml-glyphs', 1)];
    expect(tableOf(runs, 'task.perClass').lines.map(({ label }) => label)).toEqual(['from scratch', 'maml-glyphs']);
  });

  it('have a line for each way in which the runs differ otherwise, with Student intervals from three seeds on', () => {
    const runs = [1, 2, 3].flatMap((seed) => [
      run(seed, { seed, 'task.shot': 5, 'algorithm.kind': 'maml' }),
      run(10 * seed, { seed, 'task.shot': 1, 'algorithm.kind': 'maml' }),
      ...(seed < 3 ? [run(100 * seed, { seed, 'task.shot': 1, 'algorithm.kind': 'anil' })] : []),
    ]);
    const { lines, places, metric, measured } = tableOf(runs, 'task.shot');
    expect([metric, measured, places.map(({ word }) => word)]).toEqual(['loss', 'final', ['1', '5']]);
    expect(lines.map(({ label }) => label)).toEqual(['MAML', 'ANIL']);
    const [one, five] = lines[0]!.points;
    expect([one?.mean, five?.mean]).toEqual([20, 2]);
    expect(five?.ci95).toBeCloseTo((4.30265 * 1) / Math.sqrt(3), 3);
    expect(five?.seeds.map(({ value }) => value)).toEqual([1, 2, 3]);
    expect(lines[1]!.points.map(({ mean, ci95 }) => [mean, ci95])).toEqual([[150, null]]);
  });

  it('are not parted by fields that follow from the others, and name those', () => {
    const of = (shot: number, rate: number, iterations: number) =>
      run(shot, { 'task.shot': shot, 'inner.rate': rate, 'outer.iterations': iterations });
    const runs = [of(1, 0.1, 10), of(5, 0.1, 50), of(1, 0.5, 20), of(5, 0.5, 100)];
    expect(drawn(runs, 'task.shot')).toEqual([
      [
        'Inner rate 0.1',
        [
          ['1', 1],
          ['5', 5],
        ],
      ],
      [
        'Inner rate 0.5',
        [
          ['1', 1],
          ['5', 5],
        ],
      ],
    ]);
    expect(tableOf(runs, 'task.shot').along).toEqual(['Outer iterations']);
  });

  it('are one line where nothing else differs, also by engine and device', () => {
    const runs = [
      run(1, { 'task.shot': 1 }),
      run(5, { 'task.shot': 5 }),
      run(5, { 'task.shot': 5, 'engine.xla': 'on' }),
    ];
    expect(drawn(runs, 'task.shot')).toEqual([
      [
        'All runs',
        [
          ['1', 1],
          ['5', 5],
        ],
      ],
    ]);
    expect(tableOf(runs, 'task.shot').along).toEqual(['XLA']);
  });

  it('stand at words in the order of the runs', () => {
    const runs = [run(3, { 'outer.optimizer': 'sgd' }), run(4, { 'outer.optimizer': 'adam' })];
    expect(drawn(runs, 'outer.optimizer')).toEqual([
      [
        'All runs',
        [
          ['SGD', 3],
          ['Adam', 4],
        ],
      ],
    ]);
    expect(tableOf(runs, 'outer.optimizer').places.map(({ at }) => at)).toEqual([0, 1]);
  });

  it('leave out, with the reason, what is not finished, has no result, or has no such field', () => {
    const open = run(1, { 'model.hidden': [40] }, { state: 'running' });
    const none = run(null, {});
    const conv = { ...base, model: { kind: 'conv4', filters: 8 } } as unknown as RunConfig;
    const runs = [
      open,
      none,
      run(1, {}, { config: conv }),
      run(2, {}, { config: withValue(conv, 'model.filters', 16) }),
      run(3, {}),
    ];
    const { leftOut, places } = tableOf(runs, 'model.filters');
    expect(places.map(({ at }) => at)).toEqual([8, 16]);
    expect(leftOut.map(({ reason }) => reason)).toEqual(['running', 'no final evaluation', 'has no Filters']);
  });

  it('are the best validation where no run has a final evaluation', () => {
    const best = { metric: 'accuracy', value: 0.9, ci95: 0, iteration: 1 } as const;
    const runs = [run(null, { 'task.shot': 1 }, { best }), run(null, { 'task.shot': 5 }, { best })];
    const { measured, metric, lines } = tableOf(runs, 'task.shot');
    expect([measured, metric, lines[0]?.points[0]?.mean]).toEqual(['best', 'accuracy', 0.9]);
  });
});
