import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeModelFolder } from '../core/models/model-folder.ts';
import {
  accessibilityProblems,
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

/** Models and exports in the real window: paths come from its shell's dialogs alone. */
describe('models and exports in the window', () => {
  const home = newHome();
  const folder = mkdtempSync(join(tmpdir(), 'innerloop-e2e-models-'));
  let running: RunningApp;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    running = await startApp(home);
  });
  afterAll(async () => {
    await running.quit();
    removeHome(home);
    rmSync(folder, { recursive: true, force: true });
  });

  it('explains what a model is, and imports one', async () => {
    const { app, page } = running;
    await page.getByRole('heading', { name: 'Start with one small run' }).waitFor();
    await go(page, '/models');
    await page.getByRole('heading', { name: 'No models yet' }).waitFor();
    await photograph(page, 'no-models');
    await pickNext(app, await writeModelFolder(folder, 'tiny-bert'));
    await page.getByRole('button', { name: 'Import a folder' }).click();
    await page.getByRole('heading', { name: 'tiny-bert' }).waitFor();
    const [model] = await ask(page, 'models.list', null);
    expect(model).toMatchObject({ name: 'tiny-bert', family: 'bert', layers: 2, state: 'ready' });
    expect(await accessibilityProblems(page)).toEqual([]);
    await photograph(page, 'models');
  });

  it('says what is wrong with a folder that is none', async () => {
    const { app, page } = running;
    await pickNext(app, folder);
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('alert').filter({ hasText: 'is not a Hugging Face folder: it has no config.json' }).waitFor();
  });

  it('exports every point of a run into the folder that was named', async () => {
    const { app, page } = running;
    const config = { task: { kind: 'sinusoid' }, outer: { iterations: 20 }, evaluation: { finalEpisodes: 10 } };
    const { ids } = await ask(page, 'runs.launch', { config, seeds: [1], start: 'now' });
    await runReaches(page, ids[0]!, ['completed']);
    await go(page, `/runs/${ids[0]}/overview`);
    await page.locator('.run-head').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Export…' }).click();
    const to = join(folder, 'exported');
    await nameNext(app, to);
    await page.getByRole('button', { name: 'Choose a folder…' }).click();
    await page.getByText('written into exported').waitFor();
    const { series } = await ask(page, 'runs.metrics', { id: ids[0]!, keys: [], from: null, to: null, buckets: null });
    const points = series.reduce((sum, { stored }) => sum + stored, 0);
    const rows = readFileSync(join(to, 'metrics.csv'), 'utf8').trimEnd().split('\r\n');
    expect(points).toBeGreaterThan(20);
    expect(rows).toHaveLength(points + 1);
  });

  it('lets the window name no path by itself', async () => {
    const { page } = running;
    const body = { id: 'x', format: 'csv', to: join(folder, 'elsewhere') };
    await expect(ask(page, 'runs.export' as 'runs.get', body as { id: string })).rejects.toThrow('may not ask');
    const model = { source: folder, name: null };
    await expect(ask(page, 'models.import' as 'models.get', model as never)).rejects.toThrow('may not ask');
  });
});

/** The next save dialog gives this path. */
async function nameNext(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, named) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: named });
  }, path);
}
