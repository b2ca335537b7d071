import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { png } from '../../files/png-builder.ts';
import { serveWindow } from './serve.ts';

/** Trying a run on an image, a row and a clip, and its mistakes among rows and clips, in a plain Chromium on the fake core. */
const executablePath = process.env.INNERLOOP_CHROMIUM ?? '/usr/bin/chromium';
const found = existsSync(executablePath);
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const axe = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'axe-core', 'axe.min.js');
const port = 5195;
const runs = { tumours: 'r0006', digits: 'r0007', letters: 'r0008' } as const;

describe.skipIf(!found)(found ? 'try it' : `try it (skipped: no Chromium at ${executablePath})`, () => {
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
  const panel = () => page.locator('section', { has: page.getByRole('heading', { name: 'Try it', exact: true }) });
  const asked = (name: string): Promise<unknown> =>
    page.evaluate((of) => window.fakeCore.asked.filter((each) => each.name === of).at(-1)?.body, name);

  it('asks of an image that is chosen, shows it as the network saw it, and says what failed', async () => {
    await open('letters');
    const file = { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(png(4, 4)) };
    await panel().getByLabel('Image to classify').setInputFiles(file);
    await panel().getByText('as seen: 2 × 2').waitFor();
    expect(await panel().locator('.probabilities .said').textContent()).toBe('B0.800');
    await page.evaluate(() => window.fakeCore.failNext('runs.predict-images', 'bad-file', '"a.png" is damaged.'));
    await panel().getByLabel('Image to classify').setInputFiles(file);
    await panel().getByRole('alert').getByText('"a.png" is damaged.').waitFor();
    expect(await panel().locator('.probabilities').count()).toBe(0);
  });

  it('begins with a predicted row, and asks anew as a value is changed, found by the name of its column', async () => {
    await open('tumours');
    await panel().locator('.probabilities .said', { hasText: 'benign' }).waitFor();
    await panel().getByLabel('Find a column').fill('rad');
    const radius = panel().getByLabel('radius');
    expect(await panel().locator('.row-field').count()).toBe(1);
    await radius.fill('25');
    await panel().locator('.probabilities .said', { hasText: 'malignant' }).waitFor();
    expect(await asked('runs.predict-rows')).toMatchObject({ id: runs.tumours, rows: [{ radius: '25' }] });
    await radius.fill('many');
    await panel().getByText('a number is due').waitFor();
    expect(await radius.getAttribute('aria-invalid')).toBe('true');
    await panel().getByRole('button', { name: 'Empty all' }).click();
    await panel().getByText('Without a value, "city" counts as missing.').waitFor();
    expect(await asked('runs.predict-rows')).toMatchObject({ rows: [{ radius: null, city: null }] });
  });

  it('asks of a WAV file that is chosen, shows its waveform and plays it', async () => {
    await open('digits');
    const file = { name: 'seven.wav', mimeType: 'audio/wav', buffer: Buffer.from('RIFF') };
    await panel().getByLabel('Clip to classify').setInputFiles(file);
    await panel().getByRole('img', { name: 'seven.wav as the network hears it' }).waitFor();
    await panel()
      .getByText(/followed by silence/)
      .waitFor();
    await panel().getByRole('button', { name: 'Play seven.wav' }).click();
    await panel().getByRole('button', { name: 'Stop seven.wav' }).click();
    await panel().getByRole('button', { name: 'Play seven.wav' }).waitFor();
  });

  it('shows mistakes among rows as a table with its first column in sight, and sends one to the form', async () => {
    await open('tumours', 'mistakes');
    const table = page.getByRole('table', { name: 'Mistakes' });
    await table.waitFor();
    expect(await table.getByRole('columnheader').count()).toBe(31);
    const scroller = page.getByRole('region', { name: 'Predicted rows' });
    const first = table.getByRole('rowheader').first();
    const before = (await first.boundingBox())!.x;
    await scroller.evaluate((element) => {
      element.scrollLeft = 400;
    });
    expect((await first.boundingBox())!.x).toBe(before);
    await first.getByRole('button').click();
    await page.getByRole('list', { name: 'Probabilities' }).waitFor();
    await page.getByRole('button', { name: 'Try it' }).click();
    await panel().locator('.probabilities').waitFor();
  });

  const shown = [
    ['tumours', 'overview'],
    ['tumours', 'mistakes'],
    ['digits', 'overview'],
    ['digits', 'mistakes'],
  ] as const;
  it.each(shown.flatMap(([run, tab]) => (['light', 'dark'] as const).map((theme) => [run, tab, theme] as const)))(
    'has nothing serious against it: %s, %s, %s',
    async (run, tab, theme) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await open(run, tab);
      await page
        .locator(run === 'tumours' ? '.row-table tbody tr' : '.ex-list > li')
        .first()
        .waitFor();
      if (process.env.INNERLOOP_PICTURES) {
        await page.waitForTimeout(600);
        await page.screenshot({ path: join(process.env.INNERLOOP_PICTURES, `${run}-${tab}-${theme}.png`) });
      }
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
