import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cell, imageTable, rows, sinusoidRows, type TableEvaluation, type TableRun } from './tables.ts';

const measured = (mean: number, ci95 = 0.01): TableEvaluation => ({ mean, ci95, protocol: { shot: 1, query: 15 } });
const percent = (share: number): string => (100 * share).toFixed(1);

it('writes the t interval over three seeds, and over episodes in brackets where there are fewer', () => {
  expect(cell([measured(0.7), measured(0.72), measured(0.74)], percent)).toBe('72.0 ± 5.0'); // 4.303 * 2 / sqrt(3)
  expect(cell([measured(0.7, 0.01), measured(0.72, 0.02)], percent)).toBe('71.0 (± 1.5)');
  expect(cell([], percent)).toBe('-');
});

it('keeps the place of a row that has not been run', () => {
  const run: TableRun = {
    ...{ id: 'a', name: 'a', startedAt: 0, endedAt: 90_000, iteration: 500, computeMs: 50_000 },
    ...{ final: measured(0.5), untrained: measured(0.2) },
  };
  const [first, second] = rows as [(typeof rows)[number], (typeof rows)[number]];
  const lines = imageTable([
    { row: first, runs: [run] },
    { row: second, runs: [] },
  ]).split('\n');
  expect(lines.slice(2)).toEqual([
    `| ${first.label} | 50.0 (± 1.0) | 20.0 (± 1.0) | 1 | 1.5 |`,
    `| ${second.label} | - | - | 0 | - |`,
  ]);
});

it('has an example for each row', () => {
  const examples = readdirSync(join(import.meta.dirname, '../../../resources/examples'));
  for (const { example } of [...rows, ...sinusoidRows]) expect(examples).toContain(`${example}.json`);
});
