import { describe, expect, it } from 'vitest';
import { change } from '../../../src/main/core/store/database.ts';
import { insertEvaluation } from '../../../src/main/core/store/evaluations.ts';
import { writeQueue } from '../../../src/main/core/store/queue-positions.ts';
import {
  costsOf,
  getRun,
  insertRun,
  removeRun,
  runsInBin,
  runsInStates,
  runsOfGroup,
  updateRun,
} from '../../../src/main/core/store/runs.ts';
import { addTag, removeTag, tagsOf } from '../../../src/main/core/store/tags.ts';
import { groupKeyOf } from '../../../src/shared/run-config/grouping.ts';
import { runSummarySchema } from '../../../src/shared/runs/run.ts';
import { evaluationOf } from './facts.ts';
import { configWith, storedRun, temporaryStore } from './store-for-test.ts';

describe('a stored run', () => {
  it('begins queued, with the next number, and fits the contract', () => {
    const db = temporaryStore();
    storedRun(db, 'a');
    storedRun(db, 'b');
    expect(getRun(db, 'a')).toMatchObject({ number: 1, state: 'queued', queuePosition: null, resumable: 'no' });
    expect(getRun(db, 'b')?.number).toBe(2);
    expect(runSummarySchema.parse(getRun(db, 'a'))).toEqual(getRun(db, 'a'));
    expect(getRun(db, 'c')).toBeUndefined();
  });

  it('keeps every fact that it is given', () => {
    const db = temporaryStore();
    const dataset = { id: 'd', name: 'Omniglot', version: 2, digest: 'ab' };
    const config = configWith({ seed: 7, note: 'why' });
    insertRun(db, { id: 'a', name: 'n', config, groupKey: 'g', costKey: 'c', dataset, createdAt: 1 });
    const final = evaluationOf('a', { kind: 'final' });
    insertEvaluation(db, final);
    const facts = {
      state: 'completed',
      phase: 'saving',
      startedAt: 2,
      endedAt: 3,
      computeMs: 1.5,
      iteration: 10,
      iterationsPerSecond: 4.5,
      etaMs: 100,
      trainLoss: 0.25,
      best: { metric: 'accuracy', value: 0.5, ci95: 0.01, iteration: 8 },
      failure: { code: 'x', message: 'y', detail: null },
      starred: 'yes',
      archived: 'yes',
      deletedAt: 9,
    } as const;
    expect(updateRun(db, 'a', { ...facts, finalEvaluationId: final.id })).toBe(true);
    expect(getRun(db, 'a')).toMatchObject({ ...facts, dataset, final, config: { note: 'why', seed: 7 } });
    expect(updateRun(db, 'nobody', facts)).toBe(false);
  });

  it('of an older version, without fields that came later, is read as what it meant then', () => {
    const db = temporaryStore();
    storedRun(db, 'a');
    const whole = getRun(db, 'a')!;
    change(db, "UPDATE runs SET config = json_remove(config, '$.engine', '$.outer.clip', '$.evaluation.episodeSeed')");
    expect(getRun(db, 'a')).toEqual(whole);
  });

  it('shows edited tags and notes in its config', () => {
    const db = temporaryStore();
    storedRun(db, 'a', { config: configWith({ note: 'old', tags: ['launched'] }) });
    updateRun(db, 'a', { note: 'new' });
    for (const tag of ['z', 'y', 'z']) addTag(db, 'a', tag);
    removeTag(db, 'a', 'nothing');
    expect(getRun(db, 'a')?.config).toMatchObject({ note: 'new', tags: ['z', 'y'] });
    removeTag(db, 'a', 'z');
    expect(tagsOf(db, 'a')).toEqual(['y']);
  });

  it('knows its place in the queue', () => {
    const db = temporaryStore();
    for (const id of ['a', 'b', 'c']) storedRun(db, id);
    writeQueue(db, [
      { runId: 'c', urgency: 'now' },
      { runId: 'a', urgency: 'queue' },
    ]);
    expect(['a', 'b', 'c'].map((id) => getRun(db, id)?.queuePosition)).toEqual([2, null, 1]);
  });

  it('takes everything that belongs to it along when it is removed', () => {
    const db = temporaryStore();
    storedRun(db, 'a');
    addTag(db, 'a', 't');
    insertEvaluation(db, evaluationOf('a', {}));
    writeQueue(db, [{ runId: 'a', urgency: 'now' }]);
    expect(removeRun(db, 'a')).toBe(true);
    for (const table of ['tags', 'evaluations', 'queue_positions']) {
      expect(db.handle.prepare(`SELECT count(*) AS n FROM ${table}`).get()).toEqual({ n: 0 });
    }
  });
});

describe('questions about runs', () => {
  it('finds runs by state, group and seed, and those in the bin', () => {
    const db = temporaryStore();
    const config = configWith();
    for (const id of ['a', 'b', 'c']) storedRun(db, id);
    storedRun(db, 'other', { config: configWith({ seed: 2 }) });
    updateRun(db, 'b', { state: 'running' });
    updateRun(db, 'c', { deletedAt: 50 });
    expect(runsInStates(db, ['queued'])).toEqual(['a', 'c', 'other']);
    expect(runsOfGroup(db, groupKeyOf(config), 1)).toEqual(['b', 'a']);
    expect(runsInBin(db, null)).toEqual(['c']);
    expect(runsInBin(db, 50)).toEqual([]);
    expect(runsInBin(db, 51)).toEqual(['c']);
  });

  it('gives the time per iteration of completed runs of equal cost', () => {
    const db = temporaryStore();
    for (const id of ['a', 'b', 'c']) storedRun(db, id, { costKey: 'k' });
    updateRun(db, 'a', { state: 'completed', computeMs: 100, iteration: 10 });
    updateRun(db, 'b', { state: 'stopped', computeMs: 1, iteration: 10 });
    updateRun(db, 'c', { state: 'completed', computeMs: 300, iteration: 10 });
    expect(costsOf(db, 'k')).toEqual([30, 10]);
  });
});
