import { expect, it } from 'vitest';
import { createImportProgress } from '../../../src/main/core/datasets/import-progress.ts';
import type { ImportJob } from '../../../src/shared/datasets/dataset.ts';

function started() {
  const told: ImportJob[] = [];
  const clock = { ms: 0 };
  const progress = createImportProgress(
    { id: 'a', name: 'pets', source: 'pets.zip', kind: 'image-classes' },
    () => clock.ms,
    (job) => told.push(job),
  );
  return { told, clock, progress };
}

it('tells every stage, and counts at most five times a second', () => {
  const { told, clock, progress } = started();
  progress.stage('converting', 1000);
  for (let done = 1; done <= 1000; done++) {
    clock.ms += 1;
    progress.done(done);
  }
  progress.end('done');
  expect(told.map(({ stage, done }) => [stage, done])).toEqual([
    ['converting', 0],
    ['converting', 200],
    ['converting', 400],
    ['converting', 600],
    ['converting', 800],
    ['converting', 1000],
    ['done', 1000],
  ]);
});

it('estimates what is left from the pace of the stage', () => {
  const { clock, progress } = started();
  clock.ms = 10_000;
  progress.stage('checking', 400);
  expect(progress.job().etaMs).toBeNull();
  clock.ms = 11_000;
  progress.done(100);
  expect(progress.job().etaMs).toBe(3000);
  progress.stage('converting', 0);
  clock.ms = 20_000;
  progress.done(50);
  expect(progress.job().etaMs).toBeNull();
});

it('lists at most 200 left out files and counts all', () => {
  const { progress } = started();
  progress.leaveOut(Array.from({ length: 150 }, (_, i) => ({ file: `${i}`, reason: 'x' })));
  progress.leaveOut(Array.from({ length: 150 }, (_, i) => ({ file: `${i}`, reason: 'x' })));
  expect(progress.job().leftOut).toHaveLength(200);
  expect(progress.job().leftOutTotal).toBe(300);
});
