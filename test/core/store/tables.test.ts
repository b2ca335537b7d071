import { describe, expect, it } from 'vitest';
import { checkpointsOf, putCheckpoint, type StoredCheckpoint } from '../../../src/main/core/store/checkpoints.ts';
import { evaluationsOf, hasValidation, insertEvaluation } from '../../../src/main/core/store/evaluations.ts';
import { appendLog, readLog } from '../../../src/main/core/store/log.ts';
import { queueEntries, writeQueue } from '../../../src/main/core/store/queue-positions.ts';
import { getRun, updateRun } from '../../../src/main/core/store/runs.ts';
import { allSettings, getSetting, setSetting } from '../../../src/main/core/store/settings.ts';
import { forgetTrainer, recordedTrainers, recordTrainer } from '../../../src/main/core/store/trainers.ts';
import { evaluationOf } from './facts.ts';
import { storedRun, temporaryStore } from './store-for-test.ts';

describe('checkpoints', () => {
  const checkpoint = (iteration: number, roles: StoredCheckpoint['roles']): StoredCheckpoint => ({
    id: `c${iteration}`,
    runId: 'a',
    iteration,
    createdAt: iteration,
    file: `${iteration}.safetensors`,
    bytes: 10,
    sha256: 'ab',
    roles,
    validation: null,
  });

  it('hand best and last on to a newer one, keep periodic ones, and drop those without a role', () => {
    const db = temporaryStore();
    storedRun(db, 'a');
    putCheckpoint(db, checkpoint(10, ['best', 'last']));
    putCheckpoint(db, checkpoint(20, ['last', 'periodic']));
    expect(putCheckpoint(db, checkpoint(30, ['last']))).toEqual([]);
    expect(putCheckpoint(db, checkpoint(40, ['best', 'last'])).map(({ id }) => id)).toEqual(['c10', 'c30']);
    expect(checkpointsOf(db, 'a').map(({ iteration, roles }) => [iteration, roles])).toEqual([
      [20, ['periodic']],
      [40, ['best', 'last']],
    ]);
  });

  it('are replaced by one of the same file, and make a run resumable when it has left its trainer', () => {
    const db = temporaryStore();
    storedRun(db, 'a');
    putCheckpoint(db, checkpoint(10, ['last']));
    putCheckpoint(db, { ...checkpoint(10, ['best', 'last']), id: 'again' });
    expect(checkpointsOf(db, 'a').map(({ id }) => id)).toEqual(['again']);
    updateRun(db, 'a', { state: 'running' });
    expect(getRun(db, 'a')?.resumable).toBe('no');
    updateRun(db, 'a', { state: 'interrupted' });
    expect(getRun(db, 'a')?.resumable).toBe('yes');
    updateRun(db, 'a', { state: 'completed' });
    expect(getRun(db, 'a')?.resumable).toBe('no');
  });
});

it('evaluations come back whole and in order', () => {
  const db = temporaryStore();
  storedRun(db, 'a');
  const later = evaluationOf('a', { kind: 'final', iteration: 5, createdAt: 20 });
  const earlier = evaluationOf('a', { iteration: 4, createdAt: 10 });
  insertEvaluation(db, later);
  insertEvaluation(db, earlier);
  expect(evaluationsOf(db, 'a')).toEqual([earlier, later]);
  expect(hasValidation(db, 'a', 4)).toBe(true);
  expect(hasValidation(db, 'a', 5)).toBe(false); // that one is final
});

it('the log counts its lines per run and is read in pages', () => {
  const db = temporaryStore();
  storedRun(db, 'a');
  storedRun(db, 'b');
  for (let line = 1; line <= 5; line++) appendLog(db, 'a', { at: line, level: 'info', message: `line ${line}` });
  expect(appendLog(db, 'b', { at: 9, level: 'warn', message: 'other' }).seq).toBe(1);
  const page = readLog(db, 'a', 2, 2);
  expect(page.total).toBe(5);
  expect(page.entries).toEqual([
    { seq: 3, at: 3, level: 'info', message: 'line 3' },
    { seq: 4, at: 4, level: 'info', message: 'line 4' },
  ]);
});

it('settings are replaced by key', () => {
  const db = temporaryStore();
  expect(getSetting(db, 'theme')).toBeNull();
  setSetting(db, 'theme', 'dark');
  setSetting(db, 'theme', 'light');
  expect(allSettings(db)).toEqual({ theme: 'light' });
});

it('the queue keeps its order', () => {
  const db = temporaryStore();
  for (const id of ['a', 'b', 'c']) storedRun(db, id);
  const order = ['c', 'a', 'b'].map((runId) => ({ runId, urgency: 'queue' as const }));
  writeQueue(db, order);
  writeQueue(db, [...order].reverse());
  expect(queueEntries(db).map(({ runId }) => runId)).toEqual(['b', 'a', 'c']);
});

it('trainers are remembered until they are seen to end', () => {
  const db = temporaryStore();
  const record = { runId: 'a', pid: 5, token: 't', startedAt: 1 };
  recordTrainer(db, record);
  recordTrainer(db, { ...record, pid: 6 });
  expect(recordedTrainers(db)).toEqual([{ ...record, pid: 6 }]);
  forgetTrainer(db, 'a');
  expect(recordedTrainers(db)).toEqual([]);
});
