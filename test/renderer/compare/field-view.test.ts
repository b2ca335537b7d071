import { describe, expect, it } from 'vitest';
import {
  chooseField,
  fieldCsv,
  fieldNotes,
  fieldScale,
  fieldSentence,
  fieldSubtitle,
  lineSlots,
  placeShares,
  valueScale,
} from '../../../src/renderer/features/compare/field-view.ts';
import { defaultView, parseView } from '../../../src/renderer/features/compare/use-compare-view.ts';
import { type FieldTable, fieldChoices, fieldTable } from '../../../src/shared/comparison/field-table.ts';
import { withValue } from '../../../src/shared/run-config/fields.ts';
import type { RunSummary } from '../../../src/shared/runs/run.ts';
import { runsNamed } from './runs.ts';

const [template] = await runsNamed('maml');
const shots = [1, 5, 20];
const runs = shots.flatMap((shot) => [1, 2, 3].map((seed) => runOf(shot, seed)));

function runOf(shot: number, seed: number, change: Partial<RunSummary> = {}): RunSummary {
  const number = shots.indexOf(shot) * 3 + seed;
  const config = withValue({ ...template!.config, seed }, 'task.shot', shot);
  const final = { metric: 'accuracy', mean: 0.5 + shot / 100 + seed / 1000 } as RunSummary['final'];
  return { ...template!, id: `r${number}`, number, state: 'completed', config, final, ...change };
}
const tableOf = (some: readonly RunSummary[], path = 'task.shot'): FieldTable =>
  fieldTable(some, chooseField(fieldChoices(some), path)!);

describe('results against a field', () => {
  it('stand on a log axis unasked where the field spreads tenfold, and never at 0 or at words', () => {
    expect(fieldScale(tableOf(runs), 'auto')).toBe('log');
    expect(fieldScale(tableOf(runs), 'linear')).toBe('linear');
    expect(fieldScale(tableOf(runs.slice(0, 6)), 'auto')).toBe('linear');
    const zero = { ...tableOf(runs), places: [{ at: 0, word: '0' }] };
    expect(fieldScale(zero, 'log')).toBe('linear');
  });

  it('have places from one end to the other, evenly for words and for equal ratios', () => {
    const places = [1, 10, 100].map((at) => ({ at, word: String(at) }));
    const shares = placeShares({ ...tableOf(runs), places }, 'log');
    expect(shares[1]).toBeCloseTo(0.5);
    expect(shares[1]! - shares[0]!).toBeCloseTo(shares[2]! - shares[1]!);
    const words = { path: 'x', label: 'X', values: 'words' } as const;
    expect(placeShares({ ...tableOf(runs), field: words }, 'linear')[0]).toBeCloseTo(1 / 6);
    expect(placeShares({ ...tableOf(runs), places: [{ at: 3, word: '3' }] }, 'linear')).toEqual([0.5]);
  });

  it('show accuracies in percent, never beyond 0 and 100', () => {
    const wide = runs.map((run, index) => ({
      ...run,
      final: { metric: 'accuracy', mean: index % 2 } as RunSummary['final'],
    }));
    const { min, max } = valueScale(tableOf(wide), 5, 'linear');
    expect([min, max]).toEqual([0, 100]);
  });

  it('say why there is no interval, and what is left out', () => {
    expect(fieldSubtitle(tableOf(runs))).toContain('95 % CI (t),');
    expect(fieldSubtitle(tableOf(runs.filter(({ config }) => config.seed < 3)))).toContain('no interval under 3 seeds');
    expect(fieldSubtitle(tableOf(runs.slice(1)))).toContain('from 3 seeds on');
    const open = tableOf([...runs, runOf(20, 3, { id: 'o', number: 10, state: 'running' })]);
    expect(fieldNotes(open)).toEqual(['Left out: 1 running.']);
  });

  it('are a sentence for screen readers and a table of every run for spreadsheets', () => {
    expect(fieldSentence(tableOf(runs))).toContain('Final accuracy (%) against Shot. All runs: 51.2 ± 0.2 % at 1');
    const [head, first, ...rest] = fieldCsv(tableOf(runs)).trim().split('\n');
    expect(head).toBe('line,task.shot,run,seed,final_accuracy,mean,ci95,n');
    expect(first).toMatch(/^All runs,1,1,1,0\.511,0\.512,0\.00248\d+,3$/);
    expect(rest).toHaveLength(8);
  });

  it('give each line a colour of its own', () => {
    const split = runs.map((run, index) => ({
      ...run,
      config: withValue(run.config, 'inner.rate', index % 2 ? 0.1 : 0.2),
    }));
    expect(new Set(lineSlots(tableOf(split))).size).toBe(2);
  });

  it('are kept with the view of a comparison', () => {
    expect(parseView(JSON.stringify({ ...defaultView, field: 'task.shot', fieldScale: 'log' }))).toMatchObject({
      field: 'task.shot',
      fieldScale: 'log',
    });
    expect(parseView(JSON.stringify({ fieldScale: 'odd', field: 3 }))).toMatchObject({
      field: null,
      fieldScale: 'auto',
    });
  });
});
