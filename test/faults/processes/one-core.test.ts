import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import type { CoreFrame } from '../../../src/shared/contract/messages.ts';
import { temporaryFolder } from '../../core/store/store-for-test.ts';
import { clientForTest, coreEntry, corePid, isAlive } from '../../core-client/client-for-test.ts';

/** Starts a core beside whatever is there; resolves to its first word and its exit code (null while it lives). */
async function anotherCore(home: string): Promise<{ readonly first: CoreFrame; readonly code: number | null }> {
  const child = spawn(process.execPath, [coreEntry, '--home', home], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  const [first] = (await once(child, 'message')) as [CoreFrame];
  if (first.type === 'fatal') {
    const [code] = (await once(child, 'exit')) as [number];
    return { first, code };
  }
  child.kill('SIGKILL');
  return { first, code: null };
}

it('a second core on one data folder is refused by name of the first, which goes on', async () => {
  const home = temporaryFolder();
  const client = clientForTest(home);
  await client.connection.request('app.info', null);
  const pid = corePid(home);
  const refused = await Promise.all([anotherCore(home), anotherCore(home), anotherCore(home)]);
  for (const { first, code } of refused) {
    expect(first).toMatchObject({
      type: 'fatal',
      error: { code: 'home-in-use', message: expect.stringContaining(`in use by process ${pid}`) },
    });
    expect(code).toBe(1);
  }
  expect(await client.connection.request('queue.get', null)).toMatchObject({ mode: 'open' });
});

it('a lock that a killed core left does not stand in the way', async () => {
  const home = temporaryFolder();
  const client = clientForTest(home);
  await client.connection.request('app.info', null);
  const pid = corePid(home);
  process.kill(pid, 'SIGKILL');
  await client.whenCore('connected', 2);
  expect(corePid(home)).not.toBe(pid);
});

it('SIGTERM ends a core in order, and its run can go on', async () => {
  const home = temporaryFolder();
  const client = clientForTest(home);
  const id = await client.launch({ iterations: 5000, paceMs: 4 });
  await client.when('run.points', (body) => body.id === id);
  const pid = corePid(home);
  process.kill(pid, 'SIGTERM');
  await client.whenState(id, 'paused');
  await client.whenCore('connected', 2);
  expect(isAlive(pid)).toBe(false);
  expect(await client.connection.request('runs.get', { id })).toMatchObject({ state: 'paused', resumable: 'yes' });
});
