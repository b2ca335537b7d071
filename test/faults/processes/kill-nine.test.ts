import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import BetterSqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { homeLayout } from '../../../src/main/files/home.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { temporaryFolder } from '../../core/store/store-for-test.ts';
import { clientForTest, corePid, isAlive, processGone, type TestClient } from '../../core-client/client-for-test.ts';

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const behaviour = { iterations: 400, paceMs: 4 } as const;

/** Pid of the trainer of a run, read beside the core. */
function trainerPid(home: string): number {
  const db = new BetterSqlite(homeLayout(home).database, { readonly: true });
  try {
    return db.prepare('SELECT pid FROM trainers').pluck().get() as number;
  } finally {
    db.close();
  }
}

const training = (client: TestClient, id: string, from = 20) =>
  client.when('run.changed', ({ run }) => run.id === id && run.state === 'running' && run.iteration >= from);

describe('kill -9', () => {
  it('of the trainer: the run has failed by SIGKILL, no point is lost, and the next run works', async () => {
    const home = temporaryFolder();
    const client = clientForTest(home);
    const id = await client.launch(behaviour);
    await training(client, id);
    process.kill(trainerPid(home), 'SIGKILL');
    const run = await client.whenState(id, 'failed');
    expect(run.failure?.message).toMatch(/SIGKILL/);
    const stored = await client.storedSteps(id);
    expect(stored).toEqual(upTo(stored.length));
    expect(stored).toEqual(client.announcedSteps(id));
    const next = await client.launch({ iterations: 5 });
    await client.whenState(next, 'completed');
  });

  it('of the core: the trainer ends, the new core tells the truth, no announced point is lost, and the run is resumed', async () => {
    const home = temporaryFolder();
    const client = clientForTest(home);
    const id = await client.launch(behaviour);
    await training(client, id);
    const trainer = trainerPid(home);
    process.kill(corePid(home), 'SIGKILL');
    await client.whenCore('connected', 2);
    const announced = client.announcedSteps(id);
    const run = await client.connection.request('runs.get', { id });
    expect(run).toMatchObject({ state: 'interrupted', resumable: 'yes', phase: null });
    const stored = await client.storedSteps(id);
    expect(stored).toEqual(upTo(stored.length));
    expect(stored).toEqual(expect.arrayContaining(announced));
    await processGone(trainer);
    await client.connection.request('runs.resume', { id });
    await client.whenState(id, 'completed');
    expect(await client.storedSteps(id)).toEqual(upTo(behaviour.iterations));
  });

  it('of the core, with a trainer that does not notice: the next start ends it', async () => {
    const home = temporaryFolder();
    const client = clientForTest(home);
    const id = await client.launch({ ...behaviour, ignoreDisconnect: 'yes' });
    await training(client, id);
    const trainer = trainerPid(home);
    process.kill(corePid(home), 'SIGKILL');
    await client.whenCore('connected', 2);
    await processGone(trainer);
    expect(await client.connection.request('runs.get', { id })).toMatchObject({ state: 'interrupted' });
  });

  it('of the app: its core pauses the run with a checkpoint and ends, and nothing is left running', async () => {
    const home = temporaryFolder();
    const { app, id } = await startApp(home);
    const core = corePid(home);
    const trainer = trainerPid(home);
    app.kill('SIGKILL');
    await processGone(core);
    expect(isAlive(trainer)).toBe(false);
    const client = clientForTest(home);
    const run = await client.connection.request('runs.get', { id });
    expect(run).toMatchObject({ state: 'paused', resumable: 'yes' });
    const stored = await client.storedSteps(id);
    expect(stored).toEqual(upTo(run.iteration));
  });

  it('of the app and the core at once: the trainer ends by itself', async () => {
    const home = temporaryFolder();
    const { app, id } = await startApp(home);
    const core = corePid(home);
    const trainer = trainerPid(home);
    app.kill('SIGKILL');
    process.kill(core, 'SIGKILL');
    await processGone(core);
    await processGone(trainer);
    const run = await clientForTest(home).connection.request('runs.get', { id });
    expect(run.state).toBe('interrupted');
  });

  it('of the core at four random moments of one run: each time it goes on, and in the end every step is there once', async () => {
    const home = temporaryFolder();
    const random = createRandom(7, 'kill-moments');
    const iterations = 700;
    let id: string | null = null;
    for (let round = 0; round < 4; round++) {
      const client = clientForTest(home);
      if (id === null) id = await client.launch({ ...behaviour, iterations });
      else await client.connection.request('runs.resume', { id });
      const target = 15 + random.integer(60); // the first checkpoint stands at 10
      await client.when('run.changed', ({ run }) => run.state === 'running' && run.iteration >= target);
      process.kill(corePid(home), 'SIGKILL');
      await client.whenCore('connected', 2);
      const stored = await client.storedSteps(id);
      expect(stored).toEqual(upTo(stored.length));
      expect(stored).toEqual(expect.arrayContaining(client.announcedSteps(id)));
      await client.connection.close();
    }
    const client = clientForTest(home);
    await client.connection.request('runs.resume', { id: id! });
    await client.whenState(id!, 'completed');
    expect(await client.storedSteps(id!)).toEqual(upTo(iterations));
  });
});

/** An app of its own that has launched a run; resolves when points have come. */
async function startApp(home: string): Promise<{ readonly app: ChildProcess; readonly id: string }> {
  const program = resolve(import.meta.dirname, 'fixtures/app.ts');
  const app = spawn(process.execPath, [program, home, JSON.stringify(behaviour)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void app.kill('SIGKILL'));
  for await (const line of createInterface({ input: app.stdout! })) {
    if (line.startsWith('training ')) return { app, id: line.slice('training '.length) };
  }
  throw new Error('The app ended before its run was training.');
}
