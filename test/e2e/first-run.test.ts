import { existsSync, mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accessibilityProblems,
  ask,
  go,
  newHome,
  omniglotSmall1,
  openRunId,
  photograph,
  pickNext,
  pictures,
  type RunningApp,
  removeHome,
  runReaches,
  showTheme,
  startApp,
} from './app.ts';
import { leftFor } from './processes.ts';

const everyRun = {
  filter: '',
  view: 'active',
  sort: { by: 'created', order: 'ascending' },
  limit: 100,
  offset: 0,
} as const;

/** A newcomer's first hour, in the real window: quick-start, own drawings, a launch, two seeds side by side. */
describe('a first hour in the window', () => {
  const home = newHome();
  let running: RunningApp;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    running = await startApp(home);
  });
  afterAll(async () => {
    await running.quit();
    removeHome(home);
  });

  it('greets with quick-starts and says on what it will compute', async () => {
    const { page } = running;
    await page.getByRole('heading', { name: 'Start with one small run' }).waitFor();
    expect(await page.getByRole('button', { name: /^Start/ }).count()).toBeGreaterThanOrEqual(2);
    await page
      .getByText(/TensorFlow 2\.21/)
      .first()
      .waitFor({ timeout: 60_000 });
    await photograph(page, 'first-start');
  });

  it('runs the sinusoid quick-start live, and its error falls with adaptation steps', async () => {
    const { page } = running;
    const card = page.locator('.qs', { hasText: 'Sinusoid regression' });
    await card.getByRole('button', { name: /Start/ }).click();
    const id = await openRunId(page);
    const progress = page.getByRole('progressbar', { name: 'Progress of the run' });
    const chart = page.getByRole('img', { name: /Meta-train loss|Query loss/i }).first();
    await chart.waitFor();
    const read = async () =>
      `${await chart.getAttribute('aria-label')} ${await progress.getAttribute('aria-valuetext')}`;
    await page.waitForFunction(() =>
      /[1-9]\d* of/.test(document.querySelector('.runprog [role=progressbar]')?.getAttribute('aria-valuetext') ?? ''),
    );
    const first = await read();
    await expect.poll(read, { timeout: 30_000 }).not.toBe(first); // the chart moves
    await photograph(page, 'run-live');

    const run = await runReaches(page, id, ['completed', 'failed']);
    expect(run.state, run.failure?.message).toBe('completed');
    const steps = run.final!.perStep;
    expect(steps.at(-1)!.loss).toBeLessThan(steps[1]!.loss);
    expect(steps[1]!.loss).toBeLessThan(steps[0]!.loss);
    expect(run.final!.mean).toBeLessThan(run.untrained!.mean);
    expect(run.final!.protocol.episodes).toBe(600);
    await page.getByText('Completed').first().waitFor();
    await page.waitForTimeout(500);
    await photograph(page, 'run-completed');
  });

  it('imports drawings that the user picked', async () => {
    const { page, app } = running;
    expect(existsSync(omniglotSmall1), 'the small Omniglot set stands beside the project').toBe(true);
    await go(page, '/datasets');
    await pickNext(app, omniglotSmall1);
    await page.getByRole('button', { name: 'Import' }).first().click();
    await photograph(page, 'import-dialog');
    await importPicked(running);
    const dataset = (await ask(page, 'datasets.list', null)).find(({ name }) => /small1/.test(name))!;
    expect([dataset.classes, dataset.examples]).toEqual([136, 2720]);
    expect(dataset.splits.train.classes + dataset.splits.validation.classes + dataset.splits.test.classes).toBe(136);
    await page.getByRole('button', { name: `Show ${dataset.name}` }).click();
    await page.waitForTimeout(800);
    await photograph(page, 'datasets');
  });

  it('launches MAML 5-way 1-shot on them for two seeds, and opens one while it runs', async () => {
    const { page } = running;
    const dataset = (await ask(page, 'datasets.list', null)).find(({ name }) => /small1/.test(name))!;
    await go(page, `/new?dataset=${encodeURIComponent(dataset.name)}`);
    await page.getByRole('heading', { name: 'New run' }).waitFor();
    const fill = async (label: RegExp, value: string) => {
      const input = page.getByRole('textbox', { name: label }).first();
      await input.fill(value);
      await input.blur();
    };
    await fill(/^Iterations/, '60');
    await fill(/^Meta-batch/, '4');
    await fill(/^Every/, '20');
    await fill(/^Episodes/, '20');
    await fill(/^Final episodes/, '60');
    await fill(/^Seeds/, '2');
    await page.waitForTimeout(1200);
    await photograph(page, 'new-run');
    await page.getByRole('button', { name: /^Launch/ }).click();
    await expect.poll(async () => (await ask(page, 'queue.get', null)).running.length, { timeout: 60_000 }).toBe(1);
    const first = (await ask(page, 'queue.get', null)).running[0]!;
    await go(page, `/runs/${first}/overview`);
    await page.getByRole('progressbar', { name: 'Progress of the run' }).waitFor();
    await runReaches(page, first, ['running', 'completed']);
    await photograph(page, 'maml-running');
    const all = await ask(page, 'runs.list', everyRun);
    const seeds = all.runs.filter(({ config }) => config.task.kind === 'image-classes');
    expect(seeds.map(({ config }) => config.seed)).toEqual([1, 2]);
    for (const { id } of seeds) expect((await runReaches(page, id, ['completed', 'failed'])).state).toBe('completed');
  });

  it('finds them in the history and lays them over each other', async () => {
    const { page } = running;
    await go(page, '/runs');
    await page.getByRole('treegrid').waitFor();
    await page.waitForTimeout(600);
    await photograph(page, 'runs');
    const all = await ask(page, 'runs.list', everyRun);
    const two = all.runs.filter(({ config }) => config.task.kind === 'image-classes').map(({ id }) => id);
    const group = page.getByRole('row', { name: /small1/ }).first();
    await group.getByRole('checkbox').click();
    await page
      .getByRole('button', { name: /^Compare/ })
      .last()
      .click();
    await page.waitForURL(/#\/compare\//);
    for (const id of two) expect(page.url()).toContain(id);
    await page.getByRole('img').first().waitFor();
    await page.waitForTimeout(1000);
    await photograph(page, 'compare');
  });

  it('shows every other screen, and nothing went wrong in the page', async () => {
    const { page } = running;
    for (const [address, name] of [
      ['/settings', 'settings'],
      ['/new?preset=finn-sinusoid', 'new-run-sinusoid'],
    ] as const) {
      await go(page, address);
      await page.waitForTimeout(800);
      await photograph(page, name);
    }
    await page.keyboard.press('Control+k');
    await page.waitForTimeout(400);
    await photograph(page, 'palette');
    await page.keyboard.press('Escape');
    expect(running.problems).toEqual([]);
  });

  it('has no serious accessibility problem on any screen, in either theme', async () => {
    const { page } = running;
    const [run] = (await ask(page, 'runs.list', { ...everyRun, limit: 1 })).runs;
    const screens = [
      '/runs',
      `/runs/${run!.id}/overview`,
      `/runs/${run!.id}/config`,
      '/new',
      '/datasets',
      `/compare/${run!.id}`,
      '/settings',
    ];
    const problems: string[] = [];
    for (const theme of ['light', 'dark'] as const) {
      await showTheme(page, theme);
      for (const screen of screens) {
        await go(page, screen);
        await page.waitForTimeout(1000);
        problems.push(...(await accessibilityProblems(page)).map((problem) => `${screen} ${theme}: ${problem}`));
      }
    }
    expect(problems).toEqual([]);
  });

  it('cuts nothing off in a small window', async () => {
    const { page } = running;
    await page.setViewportSize({ width: 1024, height: 700 });
    const [run] = (await ask(page, 'runs.list', { ...everyRun, limit: 1 })).runs;
    for (const [screen, name] of [
      ['/runs', 'runs'],
      [`/runs/${run!.id}/overview`, 'run'],
      ['/new', 'new-run'],
      ['/datasets', 'datasets'],
      [`/compare/${run!.id}`, 'compare'],
    ] as const) {
      await go(page, screen);
      await page.waitForTimeout(800);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider, screen).toBeLessThanOrEqual(0);
      await photograph(page, `small-${name}`);
    }
  });

  it('leaves no process behind when it is closed', async () => {
    await running.quit();
    await expect.poll(() => leftFor(home).map(({ command }) => command), { timeout: 20_000 }).toEqual([]);
    running = await startApp(home); // afterAll quits this one
    const all = await ask(running.page, 'runs.list', everyRun);
    expect(all.runs.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
  });
});

/** Walks through the import dialog as far as it asks, and waits for the job's end. */
async function importPicked({ page }: RunningApp): Promise<void> {
  await page.getByRole('button', { name: 'File', exact: true }).click();
  const start = page.getByRole('dialog').getByRole('button', { name: /^(Import|Start import)/ });
  await start.first().click();
  await expect
    .poll(async () => (await ask(page, 'datasets.imports', null)).map(({ stage }) => stage), { timeout: 90_000 })
    .toContain('done');
}
