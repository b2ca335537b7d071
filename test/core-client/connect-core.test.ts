import { mkdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/main/core/store/open-store.ts';
import { coreSocket, homeLayout } from '../../src/main/files/home.ts';
import { temporaryFolder } from '../core/store/store-for-test.ts';
import { clientForTest, corePid, isAlive, processGone } from './client-for-test.ts';

describe('a client', () => {
  it('starts a core, asks it, and takes it along when it goes', async () => {
    const home = temporaryFolder();
    const { connection, states } = clientForTest(home, { electronVersion: '45.0.0' });
    const info = await connection.request('app.info', null);
    expect(info).toMatchObject({ home, firstStart: 'yes' });
    const doctor = await connection.request('app.doctor', { check: 'fresh' });
    expect(doctor.find(({ key }) => key === 'electron')?.value).toBe('45.0.0');
    expect(doctor.map(({ key }) => key)).toEqual([
      'electron',
      'node',
      'tensorflow',
      'device',
      'xla',
      'sqlite',
      'home',
      'memory',
    ]);
    const pid = corePid(home);
    await connection.close();
    expect(isAlive(pid)).toBe(false);
    expect(states.map(({ state }) => state)).toEqual(['connected']);
    await expect(connection.request('app.info', null)).rejects.toMatchObject({ code: 'core-unavailable' });
    await connection.close(); // twice does no harm
  });

  it('is refused in the core’s own words, with code and fields', async () => {
    const { connection } = clientForTest(temporaryFolder());
    const config = { inner: { rate: -1 }, outer: { iterations: 'many' }, typo: 1 };
    await expect(connection.request('runs.launch', { config, seeds: [1], start: 'now' })).rejects.toMatchObject({
      code: 'invalid-config',
      fields: expect.arrayContaining([
        expect.objectContaining({ path: 'inner.rate' }),
        expect.objectContaining({ path: 'outer.iterations' }),
        expect.objectContaining({ path: 'typo' }),
      ]),
    });
    await expect(connection.request('runs.get', { id: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(connection.request('runs.get', { id: '' })).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(connection.request('no.such' as 'app.info', null)).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('gets typed arrays as they are', async () => {
    const client = clientForTest(temporaryFolder());
    const id = await client.launch({ iterations: 12 });
    await client.whenState(id, 'completed');
    const request = { id, keys: ['train/loss'], from: 3, to: 5, buckets: null };
    const { series } = await client.connection.request('runs.metrics', request);
    expect(series[0]?.steps).toEqual(Float64Array.of(3, 4, 5));
    expect(series[0]?.values).toEqual(Float64Array.of(1 / 3, 1 / 4, 1 / 5));
  });
});

describe('two clients of one data folder', () => {
  it('share one core, whoever started it, and both hear what happens', async () => {
    const home = temporaryFolder();
    const first = clientForTest(home);
    await first.connection.request('app.info', null);
    const pid = corePid(home);
    const second = clientForTest(home);
    const id = await second.launch({ iterations: 5 });
    await Promise.all([first.whenState(id, 'completed'), second.whenState(id, 'completed')]);
    expect(corePid(home)).toBe(pid);
    expect(await first.storedSteps(id)).toEqual(await second.storedSteps(id));
  });

  it('keep it until the last one goes', async () => {
    const home = temporaryFolder();
    const first = clientForTest(home);
    await first.connection.request('app.info', null);
    const second = clientForTest(home);
    const id = await second.launch({ iterations: 3000, paceMs: 5 });
    await second.when('run.points', (body) => body.id === id);
    const pid = corePid(home);
    await first.connection.close();
    expect((await second.connection.request('runs.get', { id })).state).toBe('running');
    await second.connection.close();
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false); // its channel closes a moment before it is gone
    const after = clientForTest(home);
    expect(await after.connection.request('runs.get', { id })).toMatchObject({ state: 'paused', resumable: 'yes' });
  });

  it('that start at the same moment find one core', async () => {
    const home = temporaryFolder();
    const clients = [1, 2, 3].map(() => clientForTest(home));
    const infos = await Promise.all(clients.map(({ connection }) => connection.request('app.info', null)));
    expect(new Set(infos.map(({ home: found }) => found)).size).toBe(1);
    const list = await clients[0]!.connection.request('queue.get', null);
    expect(list.mode).toBe('open');
  });

  it('speak over a socket that only this user can open', async () => {
    const home = temporaryFolder();
    const { connection } = clientForTest(home);
    await connection.request('app.info', null);
    expect(statSync(join(home, 'core.sock')).mode & 0o777).toBe(0o600);
  });

  it('find each other also when the path of the folder is too long for a socket', async () => {
    const home = join(temporaryFolder(), 'a-long-name-'.repeat(10));
    mkdirSync(home);
    const place = coreSocket(home, { env: process.env, platform: process.platform });
    expect(place.path.startsWith(home)).toBe(false);
    const first = clientForTest(home);
    await first.connection.request('app.info', null);
    expect(statSync(place.path).mode & 0o777).toBe(0o600);
    expect(statSync(place.folder!).mode & 0o077).toBe(0);
    const pid = corePid(home);
    await clientForTest(home).connection.request('app.info', null);
    expect(corePid(home)).toBe(pid);
  });
});

describe('a core that cannot start', () => {
  it('because the folder was written by a newer Innerloop says so to everybody who asks', async () => {
    const home = temporaryFolder();
    const store = openStore(homeLayout(home), 1, 0);
    store.db.handle.pragma('user_version = 99');
    store.close();
    const client = clientForTest(home);
    await expect(client.connection.request('app.info', null)).rejects.toMatchObject({
      code: 'newer-schema',
      message: expect.stringMatching(/newer Innerloop/),
    });
    expect(client.states.map(({ state }) => state)).toEqual(['failed']);
  });

  it('because it dies each time is tried three times more and then given up, with the reason', async () => {
    const client = clientForTest(temporaryFolder(), { coreEntry: '/nowhere/core/index.ts' });
    await client.whenCore('failed');
    expect(client.states.map(({ state }) => state)).toEqual(['restarting', 'restarting', 'restarting', 'failed']);
    expect(client.states.at(-1)?.message).toMatch(/died 4 times in five minutes.*core\.log/);
    await expect(client.connection.request('app.info', null)).rejects.toMatchObject({ code: 'core-unavailable' });
  });
});

describe('a core that dies', () => {
  it('is started again; who waited for an answer is told, who asks later is answered', async () => {
    const home = temporaryFolder();
    const client = clientForTest(home);
    await client.connection.request('app.info', null);
    const pid = corePid(home);
    process.kill(pid, 'SIGSTOP'); // so that the request is surely under way when it dies
    const pending = client.connection.request('app.info', null);
    process.kill(pid, 'SIGKILL');
    await expect(pending).rejects.toMatchObject({ code: 'core-unavailable' });
    await client.whenCore('connected', 2);
    expect(client.states.map(({ state }) => state)).toEqual(['connected', 'restarting', 'connected']);
    expect(await client.connection.request('queue.get', null)).toMatchObject({ running: [] });
    expect(corePid(home)).not.toBe(pid);
  });

  it('of another client is replaced by one of one’s own', async () => {
    const home = temporaryFolder();
    const first = clientForTest(home);
    await first.connection.request('app.info', null);
    const second = clientForTest(home);
    await second.connection.request('app.info', null);
    process.kill(corePid(home), 'SIGKILL');
    await Promise.all([first.whenCore('connected', 2), second.whenCore('connected', 2)]);
    await first.connection.request('app.info', null);
    await second.connection.request('app.info', null);
  });

  it('is not started again by a client that is leaving', async () => {
    const home = temporaryFolder();
    const client = clientForTest(home);
    await client.connection.request('app.info', null);
    const pid = corePid(home);
    const closed = client.connection.close();
    process.kill(pid, 'SIGKILL');
    await closed;
    await processGone(pid);
    expect(client.states.map(({ state }) => state)).toEqual(['connected']);
  });
});

it('a process that speaks another language is cut off and does no harm', async () => {
  const home = temporaryFolder();
  const client = clientForTest(home);
  await client.connection.request('app.info', null);
  for (const noise of [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    Buffer.alloc(64, 0xff),
    Buffer.from([0, 0, 0, 2, 1, 1]),
  ]) {
    const socket = connect(join(home, 'core.sock'));
    socket.on('error', () => undefined);
    socket.resume();
    const closed = new Promise((settle) => socket.on('close', settle));
    socket.write(noise);
    await closed;
  }
  expect(await client.connection.request('queue.get', null)).toMatchObject({ running: [] });
});
