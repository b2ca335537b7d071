import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveWindow } from './serve.ts';

/** Sweeps in a plain Chromium on the fake core: from the form to the chart against a field. */
const executablePath = process.env.INNERLOOP_CHROMIUM ?? '/usr/bin/chromium';
const found = existsSync(executablePath);
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const axe = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'axe-core', 'axe.min.js');

describe.skipIf(!found)(found ? 'sweeps' : `sweeps (skipped: no Chromium at ${executablePath})`, () => {
  let server: ViteDevServer;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    server = await serveWindow(5194);
    browser = await chromium.launch({ executablePath, args });
    const first = await browser.newPage();
    await first.goto(`http://localhost:${server.config.server.port}/?live=no#/runs`);
    await first.getByRole('treegrid').waitFor({ timeout: 90_000 }); // dependencies are bundled at the first visit
    await first.close();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(15_000);
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });

  const open = async (route: string): Promise<void> => {
    await page.goto(`http://localhost:${server.config.server.port}/?live=no#${route}`);
    await page.locator('#content h1').first().waitFor();
  };
  const serious = async (): Promise<string[]> => {
    await page.addScriptTag({ path: axe });
    return page.evaluate(async () => {
      const { violations } = await window.axe.run(document, {});
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
    });
  };
  const sent = (name: string): Promise<unknown> =>
    page.evaluate((of) => window.fakeCore.asked.findLast((each) => each.name === of)?.body, name);

  it('takes values, plans their product, and launches it as one', async () => {
    await open('/new?preset=finn-sinusoid');
    await page.getByRole('button', { name: 'Sweep Shot' }).click();
    await page.getByLabel('Values of Shot').fill('1, 5, 20');
    await page.getByRole('button', { name: 'Sweep Method' }).click();
    await page.getByRole('checkbox', { name: /^ANIL/ }).click();
    await page.getByText('3 × 2 values × 1 seed = 6 runs').waitFor();
    await page.getByRole('button', { name: 'Launch 6 runs' }).waitFor();
    expect(await serious()).toEqual([]);
    await page.getByRole('button', { name: 'Launch 6 runs' }).click();
    await page.waitForURL(/tag/);
    expect(await sent('sweeps.launch')).toMatchObject({
      config: { task: { kind: 'sinusoid' } },
      axes: [
        { path: 'task.shot', values: [1, 5, 20] },
        { path: 'algorithm.kind', values: ['maml', 'anil'] },
      ],
      seeds: [1],
      existing: 'skip',
    });
  }, 60_000);

  it('says under the field which value is wrong, and goes back to one value', async () => {
    await open('/new?preset=finn-sinusoid');
    const rates = page.locator('fieldset', { hasText: 'Inner loop' });
    const button = rates.getByRole('button', { name: 'Sweep Rate' });
    await button.click();
    await page.getByLabel('Values of Rate').fill('0.1, 0');
    await page.getByRole('textbox', { name: /^Query/ }).focus();
    await rates.getByRole('alert').filter({ hasText: 'Rate is 0; allowed: a number above 0, at most 100.' }).waitFor();
    await button.click();
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    await page.getByRole('button', { name: 'Launch', exact: true }).waitFor();
  }, 60_000);

  it('fills in a dataset of texts, for the preset and for "New run with it"', async () => {
    await open('/new?preset=fine-tune-text');
    const dataset = page.locator('[data-field="task.dataset"] b');
    await expect.poll(() => dataset.textContent()).not.toBe('texts');
    const name = await dataset.textContent();
    await open('/runs');
    await open(`/new?dataset=${encodeURIComponent(name ?? '')}`);
    await expect.poll(() => dataset.textContent()).toBe(name);
    expect(await page.getByText('Preset').first().textContent()).toContain('texts');
  }, 60_000);

  it('charts the results of runs against a field in which they differ, and reads them as a table', async () => {
    await open('/runs');
    const ids = await page.evaluate(async () => {
      const body = { filter: '', view: 'active', sort: { by: 'created', order: 'ascending' }, limit: 500, offset: 0 };
      const answer = await window.fakeCore.api.request('runs.list', body as never);
      if (!answer.ok) throw new Error(answer.error.message);
      const { runs } = answer.body as { runs: { id: string; name: string; state: string }[] };
      return runs.filter(({ name, state }) => state === 'completed' && name.includes('omni')).map(({ id }) => id);
    });
    await open(`/compare/${ids.slice(0, 20).join(',')}`);
    await page.locator('.by-field svg.plot').waitFor();
    expect(await page.locator('.by-field svg.plot').getAttribute('aria-label')).toContain('against');
    expect(await serious()).toEqual([]);
    await page.getByRole('button', { name: 'Menu of Against a field' }).click();
    await page.getByRole('menuitem', { name: 'Read as a table' }).click();
    await page.getByRole('dialog').getByRole('table').waitFor();
  }, 60_000);
});
