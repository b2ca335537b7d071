import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { insertEvaluation } from '../../../src/main/core/store/evaluations.ts';
import { insertPredictions } from '../../../src/main/core/store/predictions.ts';
import { InnerloopError } from '../../../src/shared/contract/errors.ts';
import type { TrainerDataset } from '../../../src/shared/contract/trainer.ts';
import type { ExamplePredictions } from '../../../src/shared/runs/example-predictions.ts';
import { evaluationOf } from '../store/facts.ts';
import { temporaryFolder } from '../store/store-for-test.ts';
import { testExport } from './export-for-test.ts';

const said: ExamplePredictions = {
  labels: ['ham', 'spam, or worse'],
  labelMode: 'single',
  examples: Int32Array.of(3, 1),
  truth: Uint8Array.of(1, 0, 0, 1),
  probabilities: Float32Array.of(0.25, 0.75, 0.1, 0.9),
};
const dataset = { id: 'd', name: 'mails', version: 1, digest: 'abc' };

function withPredictions(forTrainer: () => TrainerDataset | null, predictions = said) {
  const nothing = () => ({ errors: [], advice: [] });
  const test = testExport({ datasets: { check: nothing, factsFor: () => null, forTrainer } });
  const { protocol } = evaluationOf('r1', {});
  const evaluation = evaluationOf('r1', { iteration: 9, protocol: { ...protocol, dataset } });
  insertEvaluation(test.context.db, evaluation);
  insertPredictions(test.context.db, evaluation.id, predictions);
  return test;
}

function textsOf(lines: readonly object[]): TrainerDataset {
  const examplesFile = join(temporaryFolder(), 'examples.jsonl');
  writeFileSync(examplesFile, lines.map((line) => `${JSON.stringify({ labels: [0], ...line })}\n`).join(''));
  const facts = {
    splitsFile: '',
    labels: said.labels as string[],
    labelMode: 'single',
    examples: lines.length,
  } as const;
  return { kind: 'text-classes', ...dataset, examplesFile, ...facts };
}

const rowsOf = (to: string): string[] => readFileSync(join(to, 'predictions.csv'), 'utf8').trimEnd().split('\r\n');
const head = 'position,truth,predicted,probability of ham,"probability of spam, or worse",text,pair';

it('predictions stand in the CSV in the order of the dataset, with whole texts', async () => {
  const texts = [
    { text: 'zero' },
    { text: 'one "quoted"', pair: 'and, two' },
    { text: 'x' },
    { text: 'y'.repeat(5000) },
  ];
  const { exported, to } = withPredictions(() => textsOf(texts));
  await exported('predictions');
  expect(rowsOf(to)).toEqual([
    head,
    `1,"spam, or worse","spam, or worse",${Math.fround(0.1)},${Math.fround(0.9)},"one ""quoted""","and, two"`,
    `3,ham,"spam, or worse",0.25,0.75,${'y'.repeat(5000)},`,
  ]);
});

it('predictions are written without texts when the dataset is gone, and several labels into one field', async () => {
  const gone = () => {
    throw new InnerloopError('not-found', 'The dataset "mails" was removed from the library.');
  };
  const several: ExamplePredictions = { ...said, labelMode: 'multi', truth: Uint8Array.of(1, 1, 0, 0) };
  const { exported, to } = withPredictions(gone, several);
  await exported('predictions');
  expect(rowsOf(to)).toEqual([
    head,
    `1,,"spam, or worse",${Math.fround(0.1)},${Math.fround(0.9)},,`,
    '3,"ham|spam, or worse","spam, or worse",0.25,0.75,,',
  ]);
});

it('a run without predictions is refused, and no folder is left', async () => {
  const { exported } = testExport();
  await expect(exported('predictions')).rejects.toMatchObject({
    code: 'not-found',
    message: 'r1 is measured in episodes: there are no predictions of single examples.',
  });
});
