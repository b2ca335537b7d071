import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nothingToShow, readSubjects } from '../../../src/main/core/runs/read-predicted.ts';
import type { TrainerDataset } from '../../../src/shared/contract/trainer.ts';
import { temporaryFolder } from '../store/store-for-test.ts';

const facts = { id: 'd', name: 'd', version: 1, digest: '', splitsFile: '', labels: ['no', 'yes'] };

function written(name: string, lines: readonly unknown[]): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

const table = (rowsFile: string): TrainerDataset => ({
  ...facts,
  ...{ kind: 'table-classes', rowsFile, rows: 3 },
  columns: [
    { kind: 'number', name: 'age', least: 1, mean: 20, most: 90, missing: 1 },
    { kind: 'category', name: 'city', categories: ['Bonn', 'Rome'], missing: 1 },
  ],
});

it('reads rows of a table as words: numbers in full, categories by name, missing cells as null', async () => {
  const rowsFile = written('rows.jsonl', [
    [0, 31.5, 1],
    [1, 2, 0],
    [1, null, null],
  ]);
  const found = await readSubjects('', table(rowsFile), [2, 0]);
  expect([...found.keys()].toSorted()).toEqual([0, 2]);
  expect(found.get(0)).toEqual({ ...nothingToShow, row: ['31.5', 'Rome'] });
  expect(found.get(2)).toEqual({ ...nothingToShow, row: [null, null] });
});

it('reads the file and the seconds of clips, with the place by which a waveform is asked for', async () => {
  const clipsFile = written('clips.jsonl', [
    { file: 'a/1.wav', label: 0, seconds: 0.5 },
    { file: 'b/2.wav', label: 1, seconds: 1.25 },
  ]);
  const dataset: TrainerDataset = {
    ...facts,
    ...{ kind: 'audio-classes', waveformsFile: '', clipsFile, layout: { rate: 8000, samples: 8000 }, clips: 2 },
  };
  const found = await readSubjects('', dataset, [1]);
  expect([...found]).toEqual([[1, { ...nothingToShow, clip: { index: 1, file: 'b/2.wav', seconds: 1.25 } }]]);
});

it('names the damaged line of a table', async () => {
  const rowsFile = written('rows.jsonl', [[0, 1, 1], ['x']]);
  await expect(readSubjects('', table(rowsFile), [1])).rejects.toMatchObject({
    code: 'bad-file',
    message: '"rows.jsonl", line 2, is no row of this dataset: it is damaged. Import it again.',
  });
});
