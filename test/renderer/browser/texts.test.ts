import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FakeCore } from '../fake-core.ts';
import { serveWindow } from './serve.ts';

/** Datasets of texts in a plain Chromium on the fake core. */
const executablePath = process.env.INNERLOOP_CHROMIUM ?? '/usr/bin/chromium';
const found = existsSync(executablePath);
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

describe.skipIf(!found)(found ? 'texts' : `texts (skipped: no Chromium at ${executablePath})`, () => {
  let server: ViteDevServer;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    server = await serveWindow(5191);
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(60_000); // dependencies are bundled at the first visit
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(`http://localhost:${server.config.server.port}/?live=no#/datasets/d-mails`);
    await rows().first().waitFor();
  });
  afterEach(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });

  const texts = () => page.getByRole('region', { name: 'Texts' });
  const rows = () => texts().getByRole('listitem');
  const lastAsked = (name: string) =>
    page.evaluate(
      (of) =>
        (window as unknown as { fakeCore: FakeCore }).fakeCore.asked.filter((each) => each.name === of).at(-1)?.body,
      name,
    );

  it('are listed by split and search, and a row opens', async () => {
    await texts().getByRole('radio', { name: /^Test/ }).click();
    await texts().getByLabel('Search texts').fill('money');
    await texts().locator('mark').first().waitFor();
    expect(await lastAsked('datasets.texts')).toMatchObject({ split: 'test', search: 'money', label: null });
    const first = rows().first().getByRole('button');
    await first.click();
    expect(await first.getAttribute('aria-expanded')).toBe('true');
  });

  it('are split anew by fractions', async () => {
    await page.getByRole('button', { name: 'Draw anew' }).click();
    await page.getByRole('textbox', { name: 'Train' }).fill('70');
    await page.getByRole('button', { name: 'Save as version 2' }).click();
    await page.getByText('Saved as version 2').waitFor();
    expect(await lastAsked('datasets.split')).toEqual({
      id: 'd-mails',
      splits: { kind: 'stratified', train: 0.7, validation: 0.1, seed: 1 },
    });
  });

  it('are imported after a look at their first rows, with the columns that were chosen', async () => {
    await page
      .getByRole('button', { name: /^Import/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('region', { name: 'First rows' }).waitFor();
    await page.getByText('There is a dataset "mails" already.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('mails 2');
    await page.getByLabel('Label', { exact: true }).last().click();
    await page.getByRole('option', { name: /^sender/ }).click();
    await page.getByRole('button', { name: 'Start import' }).click();
    await page.getByRole('region', { name: /^Importing/ }).waitFor();
    expect(await lastAsked('datasets.import')).toMatchObject({
      source: 'mails.csv',
      name: 'mails 2',
      as: 'text',
      size: 28,
      text: { text: 'text', pair: null, label: 'sender', separator: null, header: 'yes', encoding: 'auto' },
      splits: { kind: 'stratified', train: 0.8, validation: 0.1, seed: 1 },
    });
  });
});
