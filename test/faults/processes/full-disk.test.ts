import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answerRequest } from '../../../src/main/core/answer.ts';
import { readSeries } from '../../../src/main/core/store/metrics.ts';
import { openStore } from '../../../src/main/core/store/open-store.ts';
import { homeLayout } from '../../../src/main/files/home.ts';
import { coreForTest, type TestCore } from '../../core/runs/core-for-test.ts';
import { temporaryFolder } from '../../core/store/store-for-test.ts';

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const stepsOf = ({ context }: TestCore, id: string) => [...readSeries(context.db, id, 'train/loss').steps];

describe('a database that cannot grow', () => {
  it('pauses the run, answers requests in plain words, and loses nothing when there is space again', async () => {
    const test = await coreForTest();
    const { handle } = test.context.db;
    const [id] = (await test.launch({ iterations: 100_000, paceMs: 1 })) as [string];
    await test.when('run.points', (body) => body.id === id);
    handle.pragma(`max_page_count = ${Number(handle.pragma('page_count', { simple: true }))}`);
    await untilThrows(() => test.core.handlers['settings.set']({ key: 'filler', value: 'x'.repeat(9000) }));
    const ask = { id: 1, name: 'settings.set', body: { key: 'filler', value: 'x'.repeat(9000) } };
    const refusal = { type: 'refusal', error: { code: 'no-space', message: expect.stringMatching(/disk is full/) } };
    expect(await answerRequest(test.core.handlers, ask)).toMatchObject(refusal);
    const announced = () =>
      test.events.flatMap((event) =>
        event.name === 'run.points' ? (event.body.points['train/loss'] ?? []).map(([step]) => step) : [],
      );
    await new Promise((settle) => setTimeout(settle, 1500)); // several commits fail meanwhile
    expect(stepsOf(test, id)).toEqual(expect.arrayContaining(announced()));
    handle.pragma('max_page_count = 1000000');
    const run = await test.whenState(id, 'paused');
    expect(stepsOf(test, id)).toEqual(upTo(run.iteration));
    const log = await test.core.handlers['runs.log']({ id, after: 0, limit: 100 });
    expect(log.entries.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^The disk was full/));
    expect(run.resumable).toBe('yes');
  });
});

/** A small disk of its own, where this machine lets us mount one. */
function smallDisk(megabytes: number): string | null {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

const mayMount = (() => {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!mayMount)(`a full disk${mayMount ? '' : ' (skipped: this machine does not let us mount one)'}`, () => {
  it('loses no committed row, and the store works again after freeing space', () => {
    const home = smallDisk(4)!;
    const layout = homeLayout(home);
    const store = openStore(layout, 1, 0);
    const insert = store.db.handle.prepare('INSERT INTO settings VALUES (?, ?)');
    const count = () => store.db.handle.prepare('SELECT count(*) FROM settings').pluck().get() as number;
    const before = count();
    const filler = join(home, 'filler');
    const free = statfsSync(home);
    writeFileSync(filler, Buffer.alloc(free.bavail * free.bsize - 300_000));
    let written = 0;
    expect(() => {
      for (; written < 10_000; written++) insert.run(`key ${written}`, 'x'.repeat(500));
    }).toThrow(/full|disk/i);
    expect(written).toBeGreaterThan(10);
    expect(() => insert.run('again', 'x'.repeat(500_000))).toThrow();
    expect(count()).toBe(before + written);
    rmSync(filler);
    insert.run('after', 'x');
    expect(count()).toBe(before + written + 1);
    expect(store.db.handle.pragma('integrity_check', { simple: true })).toBe('ok');
    store.close();
  });

  it('leaves no half backup behind', async () => {
    const { backUp } = await import('../../../src/main/core/store/backup.ts');
    const home = smallDisk(8)!;
    const layout = homeLayout(home);
    const store = openStore(layout, 1, 0);
    const insert = store.db.handle.prepare('INSERT INTO settings VALUES (?, ?)');
    for (let row = 0; row < 200; row++) insert.run(`key ${row}`, 'x'.repeat(5000));
    store.db.handle.pragma('wal_checkpoint(TRUNCATE)');
    const free = statfsSync(home);
    writeFileSync(join(home, 'filler'), Buffer.alloc(free.bavail * free.bsize - 200_000));
    expect(() => backUp(store.db, layout, 'test', 0)).toThrow(/full|disk/i);
    mkdirSync(layout.backups, { recursive: true });
    expect(readdirSync(layout.backups)).toEqual([]);
    store.close();
    expect(existsSync(layout.database)).toBe(true);
  });
});

async function untilThrows(work: () => unknown): Promise<void> {
  for (let round = 0; round < 200; round++) {
    try {
      await work();
    } catch (error) {
      expect(String(error)).toMatch(/full/);
      return;
    }
  }
  throw new Error('It never failed.');
}
