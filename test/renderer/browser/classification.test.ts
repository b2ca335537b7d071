import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveWindow } from './serve.ts';

/** What is shown of a fine-tuned run's evaluation, in a plain Chromium on the fake core. */
const executablePath = process.env.INNERLOOP_CHROMIUM ?? '/usr/bin/chromium';
const found = existsSync(executablePath);
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const axe = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'axe-core', 'axe.min.js');
const port = 5189;
/** Six labels; two; 24, whose table scrolls; 70, which are too many for one; several labels at once. */
const runs = { emotions: 'r0001', mails: 'r0002', intents: 'r0003', topics: 'r0004', toxic: 'r0005' } as const;

describe.skipIf(!found)(found ? 'classification' : `classification (skipped: no Chromium at ${executablePath})`, () => {
  let server: ViteDevServer;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    server = await serveWindow(port);
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
  });
  afterEach(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });

  const open = async (run: keyof typeof runs, tab = 'overview'): Promise<void> => {
    await page.goto(`http://localhost:${port}/?live=no&history=fine-tuned#/runs/${runs[run]}/${tab}`);
    await page.getByRole('tab', { name: /^Mistakes/ }).waitFor();
  };
  const grid = () => page.getByRole('grid', { name: /^Confusion matrix, 2,000 texts/ });
  const rows = () => page.locator('.ex-list > li');
  const asked = (name: string): Promise<unknown> =>
    page.evaluate((of) => window.fakeCore.asked.filter((each) => each.name === of).at(-1)?.body, name);

  it('has one tab stop in the confusion matrix, arrow keys within, and lists a cell on Enter', async () => {
    await open('emotions');
    await grid().locator('[tabindex="0"]').focus();
    expect(await grid().locator('[tabindex="0"]').count()).toBe(1);
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await page.keyboard.press(key);
    }
    const cell = page.locator(':focus');
    expect(await cell.getAttribute('aria-label')).toMatch(/^love taken for anger: \d+ texts, /);
    const number = await cell.textContent();
    await page.keyboard.press('Enter');
    expect(await cell.getAttribute('aria-selected')).toBe('true');
    const panel = page.locator('section.miss');
    await panel.getByRole('heading', { name: 'love taken for anger' }).waitFor();
    await panel.getByText(`${number} texts`).waitFor();
    expect(await asked('runs.predictedExamples')).toMatchObject({ truth: 2, predicted: 3, wrongOnly: true, offset: 0 });
    await page.keyboard.press('Escape');
    await panel.getByRole('heading', { name: 'Mistakes' }).waitFor();
  });

  it('says shares instead of counts when asked', async () => {
    await open('mails');
    await page.getByRole('radio', { name: '% of true' }).click();
    const [right, wrong] = await grid().locator('tbody tr').first().locator('[data-cell]').allTextContents();
    expect(Number(right) + Number(wrong)).toBeCloseTo(100, 0);
    const scores = page.locator('section.scores');
    expect(await scores.locator('dt').allTextContents()).toEqual(expect.arrayContaining(['MCC', 'AUC']));
  });

  it('opens an example and sends it to the box, which answers by itself', async () => {
    await open('mails');
    const first = rows().first().getByRole('button').first();
    await first.click();
    expect(await first.getAttribute('aria-expanded')).toBe('true');
    await page.getByRole('button', { name: 'Try it' }).click();
    const box = page.getByRole('textbox', { name: 'Text to classify' });
    expect((await box.inputValue()).length).toBeGreaterThan(10);
    await page.locator('.try .probabilities').waitFor();
    expect(await asked('runs.predict')).toEqual({ id: runs.mails, texts: [{ text: await box.inputValue() }] });
  });

  it('says that the model is loaded for the first text, then how many tokens were looked at and how long it took', async () => {
    await open('mails');
    const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Try it' }) });
    const box = page.getByRole('textbox', { name: 'Text to classify' });
    await page.evaluate(() => window.fakeCore.hold('runs.predict'));
    await box.fill('you have won');
    await panel.getByText('loading the model…').waitFor();
    await page.evaluate(() => window.fakeCore.letGo('runs.predict'));
    await panel.getByText('5 of 128 tokens · 14 ms').waitFor();
    expect(await panel.getByText('loading the model…').count()).toBe(0);

    await page.evaluate(() => window.fakeCore.hold('runs.predict'));
    await box.fill('you have won a prize');
    await panel.getByText('asking…').waitFor(); // the model is loaded, but this answer takes long
    await page.evaluate(() => window.fakeCore.failNext('runs.predict', 'trainer-died', 'The trainer died.'));
    await page.evaluate(() => window.fakeCore.letGo('runs.predict'));
    await panel.getByRole('alert').getByText('The trainer died.').waitFor();

    await page.evaluate(() => window.fakeCore.hold('runs.predict'));
    await box.fill('you have won a large prize');
    await panel.getByText('loading the model…').waitFor(); // its process was the one that died
    await page.evaluate(() => window.fakeCore.letGo('runs.predict'));
    await panel.getByText('8 of 128 tokens · 14 ms').waitFor();
    expect(await panel.getByRole('alert').count()).toBe(0);
  });

  it('pages through all mistakes, filters them by label, and looks at another evaluation', async () => {
    await open('emotions', 'mistakes');
    await rows().first().waitFor();
    expect(await rows().count()).toBe(25);
    await page.getByRole('button', { name: 'Later ones' }).click();
    await page.getByText(/^26 to 50 of/).waitFor();
    await page.getByRole('combobox', { name: 'True label' }).click();
    await page.getByRole('option', { name: 'fear' }).click();
    await page.getByText(/^1 to 25 of/).waitFor();
    expect(await asked('runs.predictedExamples')).toMatchObject({ truth: 4, wrongOnly: true, offset: 0 });
    await page.getByRole('radio', { name: 'All' }).click();
    await expect.poll(() => asked('runs.predictedExamples')).toMatchObject({ truth: 4, wrongOnly: false });
    await page.getByRole('combobox', { name: 'Evaluation' }).click();
    await page.getByRole('option', { name: /^validation/ }).click();
    await expect
      .poll(() => asked('runs.predictedExamples'))
      .toMatchObject({ evaluation: `${runs.emotions}-validation`, wrongOnly: true });
  });

  it('lists the most confused pairs where the labels are too many, and labels alone where there are several', async () => {
    await open('topics');
    const pairs = page.getByRole('region', { name: 'Most confused pairs' });
    await pairs.getByRole('button').first().click();
    await page
      .locator('section.miss')
      .getByRole('heading', { name: / taken for / })
      .waitFor();
    await open('toxic');
    await page.getByRole('heading', { name: 'Labels' }).waitFor();
    expect(await page.getByRole('grid').count()).toBe(0);
    expect(await page.getByRole('columnheader', { name: 'Recall' }).count()).toBe(1);
  });

  it('reads the calibration as a table', async () => {
    await open('mails');
    const panel = page.locator('section.cal-panel');
    await panel.getByRole('img', { name: /expected calibration error/ }).waitFor();
    await panel.getByRole('button', { name: 'Read as a table' }).click();
    expect(await panel.getByRole('row').count()).toBe(16);
  });

  it('does not scroll beyond its panels in a small window', async () => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await open('emotions');
    await rows().first().waitFor();
    const beyond = await page.locator('#run-panel').evaluate((panel) => {
      const lowest = Math.max(
        ...[...panel.querySelectorAll('.panel')].map((each) => each.getBoundingClientRect().bottom),
      );
      panel.scrollTop = panel.scrollHeight;
      return panel.scrollHeight - (lowest - panel.getBoundingClientRect().top);
    });
    expect(beyond).toBeLessThan(40);
  });

  const shown = [
    ['emotions', 'overview'],
    ['emotions', 'mistakes'],
    ['intents', 'overview'],
    ['topics', 'overview'],
  ] as const;
  it.each(shown.flatMap(([run, tab]) => (['light', 'dark'] as const).map((theme) => [run, tab, theme] as const)))(
    'has nothing serious against it: %s, %s, %s',
    async (run, tab, theme) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await open(run, tab);
      await rows().nth(1).getByRole('button').first().click();
      await page.addScriptTag({ path: axe });
      const serious = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, {});
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
      });
      expect(serious).toEqual([]);
    },
  );
});
