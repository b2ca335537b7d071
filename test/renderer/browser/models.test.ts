import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveWindow } from './serve.ts';

/** The page of models and the export dialog in a plain Chromium on the fake core. */
const executablePath = process.env.INNERLOOP_CHROMIUM ?? '/usr/bin/chromium';
const found = existsSync(executablePath);
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const axe = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'axe-core', 'axe.min.js');

describe.skipIf(!found)(found ? 'models' : `models (skipped: no Chromium at ${executablePath})`, () => {
  let server: ViteDevServer;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    server = await serveWindow(5194);
    browser = await chromium.launch({ executablePath, args });
    const first = await browser.newPage();
    await first.goto(address('/models'));
    await first.getByRole('heading', { name: 'Models' }).waitFor({ timeout: 60_000 }); // dependencies are bundled now
    await first.close();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(15_000);
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });

  const address = (route: string, query = 'live=no'): string => `http://localhost:5194/?${query}#${route}`;
  const open = async (route: string, query?: string): Promise<void> => {
    await page.goto(address(route, query));
    await page.locator('#content h1').first().waitFor();
  };
  const bodies = (name: string): Promise<unknown[]> =>
    page.evaluate((of) => window.fakeCore.asked.filter((each) => each.name === of).map(({ body }) => body), name);

  it('lists the library with its count, reached by the keys G M', async () => {
    await open('/runs');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.getByRole('link', { name: 'MiniLM' }).first().waitFor();
    expect(
      await page
        .getByRole('navigation')
        .getByRole('link', { name: /Models/ })
        .textContent(),
    ).toBe('Models4');
    expect(await page.locator('.dtab tbody tr').allTextContents()).toEqual([
      expect.stringContaining('MiniLMBERT, imported22.7 M92 MB14 runs'),
      expect.stringContaining('changed on disk'),
      expect.stringContaining('spam-filterBERT, from run 12'),
      expect.stringContaining('topicsBERT, from run 14'),
    ]);
  });

  it('shows where a model comes from, with a way to each step', async () => {
    await open('/models/spam-7d01');
    const lineage = page.locator('.lineage');
    expect(await lineage.getByRole('listitem').allTextContents()).toEqual([
      ...['MiniLM', 'spam-minilm-s42run 12', 'checkpoint at 240', 'spam-filter'],
    ]);
    await lineage.getByRole('link', { name: 'MiniLM', exact: true }).click();
    await page.getByRole('heading', { name: 'MiniLM' }).waitFor();
  });

  it('begins a run with a model by one button', async () => {
    await open('/models/spam-7d01');
    await page.getByRole('button', { name: 'Fine-tune from it' }).click();
    await page.getByRole('heading', { name: 'New run' }).waitFor();
    await page.getByRole('combobox').filter({ hasText: 'spam-filter' }).waitFor();
  });

  it('imports a picked folder by its token and opens it', async () => {
    await open('/models');
    await page.keyboard.press('i');
    await page.getByRole('heading', { name: 'all-MiniLM-L12-v2' }).waitFor();
    expect(await bodies('models.import')).toEqual([{ source: 'all-MiniLM-L12-v2', name: null }]);
  });

  it('says in a line why an import failed, and keeps the page', async () => {
    await open('/models');
    const why = '"images" is not a Hugging Face folder: it has no config.json.';
    await page.evaluate((message) => window.fakeCore.failNext('models.import', 'bad-file', message), why);
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('alert').filter({ hasText: why }).waitFor();
    expect(await page.locator('.dtab tbody tr').count()).toBe(4);
  });

  it('renames, and asks before it removes', async () => {
    await open('/models/spam-7d01');
    await page.getByRole('button', { name: 'More for spam-filter' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('mail-filter');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'mail-filter' }).waitFor();
    await page.getByRole('button', { name: 'More for mail-filter' }).click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await page.getByRole('button', { name: 'Remove model used by 2 runs' }).click();
    await page.locator('.dtab').getByRole('link', { name: 'mail-filter' }).waitFor({ state: 'detached' });
    expect(await bodies('models.remove')).toEqual([{ id: 'spam-7d01', force: 'yes' }]);
  });

  it('exports a run in the chosen form, into the folder that was named', async () => {
    await open('/runs');
    const id = await page.evaluate(async () => {
      const sort = { by: 'created', order: 'descending' } as const;
      const asked = { filter: '', view: 'active', sort, limit: 50, offset: 0 } as const;
      const answer = await window.innerloop!.request('runs.list', asked);
      return answer.ok ? answer.body.runs.find(({ state }) => state === 'completed')!.id : '';
    });
    await open(`/runs/${id}/overview`);
    await page.locator('.run-head').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Export…' }).click();
    await page.getByRole('radio', { name: /^CSV/ }).press('ArrowDown');
    await page.getByRole('button', { name: 'Choose a folder…' }).click();
    await page.getByText(/1 file, .* written into .*-json/).waitFor();
    expect(await bodies('runs.export')).toEqual([
      { id, format: 'json', to: expect.stringMatching(/^\/exports\/.*-json$/) },
    ]);
  });

  it.each([
    ['the list', '/models/topics-3e55', 'live=no'],
    ['the empty library', '/models', 'live=no&history=empty'],
  ])('has no barrier that axe knows of in %s, light and dark', async (_what, route, query) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await open(route, query);
      await page.addScriptTag({ path: axe });
      const found = await page.evaluate(() =>
        window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }),
      );
      expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
});
