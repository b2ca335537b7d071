import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RequestOf } from '../../src/shared/contract/requests.ts';
import {
  ask,
  go,
  newHome,
  photograph,
  pickNext,
  pictures,
  type RunningApp,
  removeHome,
  runReaches,
  startApp,
} from './app.ts';
import { coreOf, leftFor, trainersOf } from './processes.ts';

const longRun: RequestOf<'runs.launch'> = {
  config: {
    name: 'fault-{seed}',
    task: { kind: 'sinusoid' },
    outer: { iterations: 2_000_000 },
    evaluation: { every: 0, finalEpisodes: 20 },
    checkpoints: { every: 200 },
  },
  seeds: [1],
  start: 'now',
};

/** Points of the training loss that are stored now. */
async function storedLoss(running: RunningApp, id: string) {
  const { series } = await ask(running.page, 'runs.metrics', {
    id,
    keys: ['train/loss'],
    from: null,
    to: null,
    buckets: null,
  });
  return series[0];
}

/** Starts a long run and waits until it has points and a checkpoint. */
async function startLongRun(running: RunningApp): Promise<string> {
  const { ids } = await ask(running.page, 'runs.launch', longRun);
  const id = ids[0]!;
  await expect.poll(async () => (await storedLoss(running, id))?.stored ?? 0, { timeout: 90_000 }).toBeGreaterThan(300);
  await expect
    .poll(async () => (await ask(running.page, 'runs.checkpoints', { id })).length, { timeout: 30_000 })
    .toBeGreaterThan(0);
  return id;
}

describe.skipIf(process.platform !== 'linux')(
  'kill -9 in the real app (finds processes through /proc, so on Linux)',
  () => {
    const home = newHome();
    let running: RunningApp;

    beforeAll(async () => {
      mkdirSync(pictures, { recursive: true });
      running = await startApp(home);
    });
    afterEach(async () => {
      for (const id of (await ask(running.page, 'queue.get', null)).running) {
        await ask(running.page, 'runs.stop', { id, how: 'now' });
        await runReaches(running.page, id, ['stopped', 'failed', 'interrupted']);
      }
    });
    afterAll(async () => {
      await running.quit();
      removeHome(home);
    });

    it('a killed trainer fails its run with the signal, and the window says so', async () => {
      const id = await startLongRun(running);
      await go(running.page, `/runs/${id}/overview`);
      const before = (await storedLoss(running, id))!;
      process.kill(trainersOf(home)[0]!.pid, 'SIGKILL');
      const run = await runReaches(running.page, id, ['failed'], 30_000);
      expect(run.failure).toMatchObject({ code: 'trainer-died' });
      expect(run.failure!.message).toContain('SIGKILL');
      await running.page
        .getByText(/SIGKILL/)
        .first()
        .waitFor({ timeout: 5000 });
      await photograph(running.page, 'run-failed');
      const after = (await storedLoss(running, id))!;
      expect([...after.values.slice(0, before.stored)]).toEqual([...before.values]);
      expect(run.resumable).toBe('yes');
    });

    it('a killed core comes back, the window reconnects, no point is lost and the next run works', async () => {
      const id = await startLongRun(running);
      await go(running.page, `/runs/${id}/overview`);
      const before = (await storedLoss(running, id))!;
      const core = coreOf(home)!;
      const trainers = trainersOf(home).map(({ pid }) => pid);
      process.kill(core.pid, 'SIGKILL');
      await expect.poll(() => coreOf(home)?.pid ?? core.pid, { timeout: 30_000 }).not.toBe(core.pid);
      const run = await runReaches(running.page, id, ['interrupted', 'running', 'paused'], 60_000);
      const after = (await storedLoss(running, id))!;
      expect([...after.values.slice(0, before.stored)]).toEqual([...before.values]);
      await expect
        .poll(() => trainers.filter((pid) => leftFor(home).some((seen) => seen.pid === pid)), { timeout: 30_000 })
        .toEqual([]);
      expect(run.resumable).toBe('yes');
      const next = await startLongRun(running);
      expect((await ask(running.page, 'runs.get', { id: next })).state).toBe('running');
    });

    it('a killed window leaves no orphan, and the next start tells the truth', async () => {
      const id = await startLongRun(running);
      const before = (await storedLoss(running, id))!;
      running.app.process().kill('SIGKILL');
      await expect.poll(() => leftFor(home).map(({ command }) => command), { timeout: 60_000 }).toEqual([]);
      running = await startApp(home);
      const run = await runReaches(running.page, id, ['interrupted', 'paused'], 30_000);
      expect(run.resumable).toBe('yes');
      const after = (await storedLoss(running, id))!;
      expect([...after.values.slice(0, before.stored)]).toEqual([...before.values]);
      await ask(running.page, 'runs.resume', { id });
      await expect
        .poll(async () => (await ask(running.page, 'runs.get', { id })).iteration, { timeout: 90_000 })
        .toBeGreaterThan(run.iteration);
    });

    it('quitting asks while a run is active: keeping it runs on, leaving pauses it with a checkpoint', async () => {
      const id = await startLongRun(running);
      await running.app.evaluate(({ dialog, app }) => {
        const asked: string[] = [];
        dialog.showMessageBox = async (...given: unknown[]) => {
          asked.push((given.at(-1) as { message: string }).message);
          return { response: 1, checkboxChecked: false };
        };
        (globalThis as unknown as { asked: string[] }).asked = asked;
        app.quit();
      });
      const asked = () => running.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
      await expect.poll(asked).toEqual(['A run is active.']);
      const before = (await ask(running.page, 'runs.get', { id })).iteration;
      await expect.poll(async () => (await ask(running.page, 'runs.get', { id })).iteration).toBeGreaterThan(before);
      await running.quit(); // answers "Pause and quit"
      await expect.poll(() => leftFor(home).map(({ command }) => command), { timeout: 30_000 }).toEqual([]);
      running = await startApp(home);
      const run = await ask(running.page, 'runs.get', { id });
      expect([run.state, run.resumable]).toEqual(['paused', 'yes']);
    });

    it('a file that is no archive is refused by name in the window, and nothing is added', async () => {
      const { page, app } = running;
      const broken = join(home, 'broken-drawings.zip');
      writeFileSync(broken, 'PK\u0003\u0004 this is not a zip');
      await go(page, '/datasets');
      await pickNext(app, broken);
      const before = (await ask(page, 'datasets.list', null)).length;
      await page.getByRole('button', { name: 'Import' }).first().click();
      await page.getByRole('button', { name: 'File', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('alert').filter({ hasText: 'broken-drawings.zip' }).waitFor();
      expect(await dialog.getByRole('button', { name: 'Start import' }).getAttribute('aria-disabled')).toBe('true');
      await photograph(page, 'import-refused');
      expect((await ask(page, 'datasets.list', null)).length).toBe(before);
    });

    it('three wrong fields are each named in the form, and the launch waits', async () => {
      const { page } = running;
      await go(page, '/new?preset=finn-sinusoid');
      await page.getByRole('heading', { name: 'New run' }).waitFor();
      for (const [label, value] of [
        [/^Steps/, '0'],
        [/^Meta-batch/, '2.5'],
        [/^Iterations/, 'many'],
      ] as const) {
        const input = page.getByLabel(label).first();
        await input.fill(value);
        await input.blur();
      }
      await page.getByText('Fix 3 fields to launch').waitFor();
      expect(await page.locator('[aria-invalid=true]').count()).toBe(3);
      await photograph(page, 'new-run-wrong');
      const said = await page
        .locator('[aria-invalid=true]')
        .evaluateAll((inputs) =>
          inputs.map(
            (input) =>
              document.getElementById(input.getAttribute('aria-describedby')?.split(' ')[0] ?? '')?.textContent,
          ),
        );
      expect(said).toEqual([
        expect.stringContaining('Steps is 0; allowed: a whole number from 1 to 100.'),
        expect.stringContaining('Meta-batch is 2.5; allowed: a whole number from 1 to 1000.'),
        expect.stringContaining('Iterations is "many"; allowed: a whole number from 1 to 10,000,000.'),
      ]);
    });
  },
);
