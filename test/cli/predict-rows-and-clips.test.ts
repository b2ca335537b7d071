import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { RequestHandlers } from '../../src/shared/contract/requests.ts';
import { cli, coreWithRuns, runSummary, temporaryFolder } from './harness.ts';

const facts = { labels: ['no', 'yes'], labelMode: 'single', iteration: 40, maxLength: null, computeMs: 3 } as const;
const yes = { labels: ['yes'], probabilities: [0.125, 0.875], tokens: null };
const core: Partial<RequestHandlers> = {
  ...coreWithRuns([runSummary({ id: 'r1', name: 'table' })]),
  'runs.table-columns': () => ({
    columns: [
      { kind: 'number', name: 'age', least: 1, mean: 20, most: 90, missing: 0 },
      { kind: 'category', name: 'city', categories: ['Rome'], missing: 0 },
    ],
  }),
  'runs.predict-rows': ({ rows }) => ({
    ...{ ...facts, labels: [...facts.labels] },
    predictions: rows.map(() => yes),
    notes: ['Without a value, "age" counts as missing.'],
  }),
  'runs.predict-audio': ({ clips }) => ({
    ...{ ...facts, labels: [...facts.labels] },
    predictions: clips.map(() => yes),
    heard: clips.map(() => ({ rate: 8000, samples: new Int16Array(8), seconds: 0.5 })),
    notes: ['"a.wav" was cut from 2 s to 1 s, as the clips of the dataset were.'],
  }),
};

it('asks of rows that are typed, and shows labels, probabilities and notes', async () => {
  const row = 'age=31,"city=Rome, Italy"';
  const { code, asked, output } = await cli(['predict', 'table', '--row', row, '--row', 'city='], { core });
  expect(code).toBe(0);
  expect(asked.at(-1)?.body).toEqual({ id: 'r1', rows: [{ age: '31', city: 'Rome, Italy' }, { city: '' }] });
  expect(output).toMatch(/yes +12\.5 % +87\.5 % +age=31, city=Rome, Italy/);
  expect(output).toContain('Without a value, "age" counts as missing.');
});

it('takes the columns of a file by name, leaves the others out and says so', async () => {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  writeFileSync(join(path, 'new.csv'), 'city,label,age\nRome,yes,31\n,no,\n');
  const { asked, json } = await cli(['predict', 'table', '--rows', 'new.csv', '--json'], { core, cwd: path });
  expect(asked.at(-1)?.body).toEqual({
    id: 'r1',
    rows: [
      { city: 'Rome', age: '31' },
      { city: '', age: '' },
    ],
  });
  expect(json()).toMatchObject({
    predictions: [{ row: { city: 'Rome', age: '31' }, label: 'yes', probabilities: { no: 0.125, yes: 0.875 } }, {}],
    notes: ['Left out, since the run did not learn from them: label.', expect.stringContaining('age')],
  });
  writeFileSync(join(path, 'short.csv'), 'city,age\nRome\n');
  const short = await cli(['predict', 'table', '--rows', 'short.csv'], { core, cwd: path });
  expect(short.errors).toContain('row 1, has 1 fields where the first line names 2.');
});

it('sends the bytes of WAV files', async () => {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  writeFileSync(join(path, 'a.wav'), 'RIFF');
  const { asked, output } = await cli(['predict', 'table', '--audio', 'a.wav'], { core, cwd: path });
  expect(asked.at(-1)?.body).toEqual({ id: 'r1', clips: [{ name: 'a.wav', bytes: new TextEncoder().encode('RIFF') }] });
  expect(output).toMatch(/yes +12\.5 % +87\.5 % +0\.50 +a\.wav/);
  expect(output).toContain('cut from 2 s to 1 s');
});

it('refuses a row that names no value, and two kinds at once, with 2', async () => {
  for (const words of [
    ['--row', 'age'],
    ['--row', 'age=1,age=2'],
    ['--row', 'age=1', '--audio', 'a.wav'],
  ]) {
    expect((await cli(['predict', 'table', ...words], { core })).code, words.join(' ')).toBe(2);
  }
});
