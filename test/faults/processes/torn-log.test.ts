import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inTransaction, openDatabase } from '../../../src/main/core/store/database.ts';
import { appendPoints, readSeries } from '../../../src/main/core/store/metrics.ts';
import { migrate } from '../../../src/main/core/store/migrate.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { storedRun, temporaryFolder } from '../../core/store/store-for-test.ts';

it('a write-ahead log torn or damaged anywhere (300 times) leaves whole transactions and no gap', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a.db');
  const db = openDatabase(path);
  migrate(db, { backUp: () => undefined });
  storedRun(db, 'a');
  db.handle.pragma('wal_checkpoint(TRUNCATE)');
  const batch = 7;
  for (let commit = 0; commit < 40; commit++) {
    inTransaction(db, () => {
      for (const key of ['x', 'y']) {
        appendPoints(
          db,
          'a',
          key,
          Array.from({ length: batch }, (_, index) => [commit * batch + index + 1, commit] as const),
        );
      }
    });
  }
  copyFileSync(path, join(folder, 'base.db')); // as a power cut leaves it: the log not written back
  const log = readFileSync(`${path}-wal`);
  db.handle.close();

  const random = createRandom(3, 'torn-log');
  const lengths = new Set<number>();
  for (let round = 0; round < 300; round++) {
    const torn = Buffer.from(log.subarray(0, round % 3 === 0 ? random.integer(log.length) : log.length));
    if (round % 3 === 1) torn[random.integer(torn.length)]! ^= 1 << random.integer(8);
    if (round % 3 === 2) torn.fill(0, random.integer(torn.length), random.integer(torn.length));
    const copy = join(folder, 'copy.db');
    copyFileSync(join(folder, 'base.db'), copy);
    writeFileSync(`${copy}-wal`, torn);
    const opened = openDatabase(copy);
    const x = [...readSeries(opened, 'a', 'x').steps];
    expect(x).toEqual(Array.from({ length: x.length }, (_, index) => index + 1));
    expect(x.length % batch).toBe(0);
    expect([...readSeries(opened, 'a', 'y').steps]).toEqual(x);
    expect(opened.handle.pragma('quick_check', { simple: true })).toBe('ok');
    opened.handle.close();
    lengths.add(x.length);
  }
  expect(lengths.size).toBeGreaterThan(10); // it did tear at many places
});
