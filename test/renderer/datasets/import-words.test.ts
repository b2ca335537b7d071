import { expect, it } from 'vitest';
import { jobLine, progressWords, stepStates } from '../../../src/renderer/features/datasets/import-words.ts';
import type { ImportJob } from '../../../src/shared/datasets/dataset.ts';

const job = (part: Partial<ImportJob>): ImportJob => ({
  id: 'j',
  name: 'animals',
  source: 'animals.zip',
  stage: 'scanning',
  done: 0,
  total: 0,
  startedAt: 0,
  etaMs: null,
  classes: null,
  examples: null,
  leftOut: [],
  leftOutTotal: 0,
  duplicates: 0,
  kind: 'image-classes',
  warnings: [],
  datasetId: null,
  error: null,
  ...part,
});

it('walks through its steps', () => {
  expect(stepStates(job({ stage: 'converting' }))).toEqual(['done', 'done', 'now', 'ahead']);
  expect(new Set(stepStates(job({ stage: 'done' })))).toEqual(new Set(['done']));
  expect(new Set(stepStates(job({ stage: 'failed' })))).toEqual(new Set(['ahead']));
});

it('says how far it has come, also while the end is not known', () => {
  expect(progressWords(job({}))).toBe('Opening');
  expect(progressWords(job({ done: 1 }))).toBe('1 file found');
  expect(progressWords(job({ stage: 'checking', done: 2900, total: 48_000 }))).toBe('2,900 of 48,000 files');
  const texts = { kind: 'text-classes' as const, done: 500, total: 2000 };
  expect(progressWords(job({ ...texts, stage: 'checking' }))).toBe('25 % checked');
  expect(progressWords(job({ ...texts, stage: 'converting' }))).toBe('500 of 2,000 texts');
});

it('ends with what became of it', () => {
  const error = { code: 'bad-file', message: 'The archive is broken.' };
  expect(jobLine(job({ stage: 'failed', error }))).toBe('animals: The archive is broken.');
  expect(jobLine(job({ stage: 'done' }))).toBe('animals added');
});
