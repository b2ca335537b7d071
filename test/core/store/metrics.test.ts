import { describe, expect, it } from 'vitest';
import {
  appendPoints,
  chunkPoints,
  metricKeys,
  metricSummaries,
  packAllTails,
  readSeries,
} from '../../../src/main/core/store/metrics.ts';
import { sealRun, unsealRun, verifySeal } from '../../../src/main/core/store/seals.ts';
import { storedRun, temporaryStore } from './store-for-test.ts';

const points = (from: number, to: number, value = (step: number) => Math.sin(step)): [number, number][] =>
  Array.from({ length: to - from + 1 }, (_, index) => [from + index, value(from + index)]);

function storeWithRun() {
  const db = temporaryStore();
  storedRun(db, 'a');
  const rows = () => db.handle.prepare('SELECT count(*) AS n FROM metric_points').pluck().get();
  const chunks = () => db.handle.prepare('SELECT count(*) AS n FROM metric_chunks').pluck().get();
  return { db, rows, chunks };
}

describe('a series', () => {
  it('comes back to the bit, in order, across rows and chunks', () => {
    const { db, rows, chunks } = storeWithRun();
    const all = points(1, 3 * chunkPoints + 100);
    for (let at = 0; at < all.length; at += 97) appendPoints(db, 'a', 'train/loss', all.slice(at, at + 97));
    expect(chunks()).toBe(3);
    expect(rows()).toBe(100);
    const { steps, values } = readSeries(db, 'a', 'train/loss');
    expect([...steps]).toEqual(all.map(([step]) => step));
    expect([...values]).toEqual(all.map(([, value]) => value));
  });

  it('packs several chunks out of one long batch', () => {
    const { db, rows, chunks } = storeWithRun();
    appendPoints(db, 'a', 'train/loss', points(1, 2 * chunkPoints + 1));
    expect([chunks(), rows()]).toEqual([2, 1]);
  });

  it('ignores steps that it has, so that a resumed run repeats nothing', () => {
    const { db } = storeWithRun();
    appendPoints(db, 'a', 'k', points(1, 50));
    const fresh = appendPoints(
      db,
      'a',
      'k',
      points(31, 60, () => 99),
    );
    expect(fresh.map(([step]) => step)).toEqual([51, 52, 53, 54, 55, 56, 57, 58, 59, 60]);
    expect(appendPoints(db, 'a', 'k', points(1, 60))).toEqual([]);
    const { steps, values } = readSeries(db, 'a', 'k');
    expect(steps).toHaveLength(60);
    expect(values[30]).toBe(Math.sin(31));
    expect(new Set(steps).size).toBe(60);
  });

  it('ignores a step that goes back within a batch', () => {
    const { db } = storeWithRun();
    appendPoints(db, 'a', 'k', [
      [1, 1],
      [3, 3],
      [2, 2],
      [3, 4],
      [4, 4],
    ]);
    expect([...readSeries(db, 'a', 'k').steps]).toEqual([1, 3, 4]);
  });

  it('is read by range, ends included, without touching other chunks', () => {
    const { db } = storeWithRun();
    appendPoints(db, 'a', 'k', points(1, 2500));
    expect([...readSeries(db, 'a', 'k', { from: 1023, to: 1026 }).steps]).toEqual([1023, 1024, 1025, 1026]);
    expect(readSeries(db, 'a', 'k', { from: 2499, to: null }).steps).toHaveLength(2);
    expect(readSeries(db, 'a', 'unknown').steps).toHaveLength(0);
  });

  it('belongs to one run', () => {
    const { db } = storeWithRun();
    storedRun(db, 'b');
    appendPoints(db, 'a', 'k', points(1, 3));
    appendPoints(db, 'b', 'k', points(1, 5));
    expect(readSeries(db, 'a', 'k').steps).toHaveLength(3);
    expect(metricKeys(db, 'b')).toEqual(['k']);
  });
});

describe('a summary', () => {
  it('has first, last, extremes and the best by the direction of the metric', () => {
    const { db } = storeWithRun();
    for (const key of ['train/loss', 'validation/accuracy', 'custom']) {
      appendPoints(db, 'a', key, [
        [1, 0.5],
        [2, 0.9],
      ]);
      appendPoints(db, 'a', key, [
        [3, 0.1],
        [4, 0.3],
      ]);
    }
    const common = { count: 4, first: 0.5, last: 0.3, min: 0.1, max: 0.9 };
    expect(metricSummaries(db, 'a')).toEqual([
      { key: 'custom', ...common, best: 0.3, bestStep: 4 },
      { key: 'train/loss', ...common, best: 0.1, bestStep: 3 },
      { key: 'validation/accuracy', ...common, best: 0.9, bestStep: 2 },
    ]);
  });
});

describe('the seal of a finished run', () => {
  it('packs all rows and finds a value that was changed behind it', () => {
    const { db, rows } = storeWithRun();
    appendPoints(db, 'a', 'k', points(1, 1500));
    expect(verifySeal(db, 'a')).toBe('unsealed');
    sealRun(db, 'a');
    expect(rows()).toBe(0);
    expect(verifySeal(db, 'a')).toBe('intact');
    const chunk = db.handle.prepare('SELECT rowid, points FROM metric_chunks LIMIT 1').get() as {
      rowid: number;
      points: Buffer;
    };
    chunk.points[8 + 7] = chunk.points[8 + 7]! ^ 1; // one bit of the first value
    db.handle.prepare('UPDATE metric_chunks SET points = ? WHERE rowid = ?').run(chunk.points, chunk.rowid);
    expect(verifySeal(db, 'a')).toBe('changed');
  });

  it('covers the config, and does not mind edits of name and note', () => {
    const { db } = storeWithRun();
    sealRun(db, 'a');
    db.handle.exec(`UPDATE runs SET name = 'x', note = 'y'`);
    expect(verifySeal(db, 'a')).toBe('intact');
    db.handle.exec(`UPDATE runs SET config = replace(config, '0.01', '0.02')`);
    expect(verifySeal(db, 'a')).toBe('changed');
  });

  it('comes off when the run goes on, and chunks of a short tail do not disturb later points', () => {
    const { db } = storeWithRun();
    appendPoints(db, 'a', 'k', points(1, 10));
    sealRun(db, 'a');
    unsealRun(db, 'a');
    appendPoints(db, 'a', 'k', points(5, 20));
    packAllTails(db, 'a');
    expect([...readSeries(db, 'a', 'k').steps]).toEqual(points(1, 20).map(([step]) => step));
    expect(verifySeal(db, 'a')).toBe('unsealed');
  });
});
