import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeLock } from '../../scripts/setup/lock.mjs';
import { temporaryFolder } from './temporary-folder.ts';

const holder = (pid: number, children: readonly number[] = []) =>
  JSON.stringify({ pid, host: hostname(), token: 'other', children });

function pidOfGoneProcess(): number {
  return Number(spawnSync(process.execPath, ['-e', 'console.log(process.pid)']).stdout.toString());
}

test('a second set-up waits, says for whom, and goes on when the first gives the lock back', async () => {
  const file = join(temporaryFolder(), 'setup.lock');
  const order: string[] = [];
  const { release } = await takeLock(file);
  let waiting: (holder: string) => void = () => undefined;
  const told = new Promise<string>((resolve) => {
    waiting = resolve;
  });
  const second = takeLock(file, { onWait: waiting, pollMs: 5 }).then((lock) => {
    order.push('second');
    return lock;
  });
  expect(await told).toContain(String(process.pid));
  order.push('first gives back');
  await release();
  await (await second).release();
  expect(order).toEqual(['first gives back', 'second']);
  expect(existsSync(file)).toBe(false);
});

test('the lock of a process that is gone is taken over', async () => {
  const file = join(temporaryFolder(), 'setup.lock');
  writeFileSync(file, holder(pidOfGoneProcess()));
  await (await takeLock(file, { pollMs: 5 })).release();
  expect(existsSync(file)).toBe(false);
});

test('a lock that a crash cut short is taken over', async () => {
  const file = join(temporaryFolder(), 'setup.lock');
  writeFileSync(file, '{"pid": 1');
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(file, longAgo, longAgo);
  await (await takeLock(file, { pollMs: 5 })).release();
});

test('after a set-up was killed, a program that it started keeps the lock until it ends', async () => {
  const file = join(temporaryFolder(), 'setup.lock');
  const program = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(program, 'exit');
  writeFileSync(file, holder(pidOfGoneProcess(), [program.pid ?? 0]));
  const order: string[] = [];
  await (
    await takeLock(file, {
      pollMs: 5,
      onWait: () => {
        order.push('waits');
        void ended.then(() => order.push('program ended'));
        program.stdin.end();
      },
    })
  ).release();
  await ended;
  expect(order).toEqual(['waits', 'program ended']);
});

test('ten at once never hold it together', async () => {
  const file = join(temporaryFolder(), 'setup.lock');
  writeFileSync(file, holder(pidOfGoneProcess()));
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      const { release } = await takeLock(file, { pollMs: 1 });
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      await release();
    }),
  );
  expect(most).toBe(1);
});
