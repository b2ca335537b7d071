import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InnerloopWindowApi } from '../../../src/shared/contract/window.ts';
import type { FakeCore } from '../fake-core.ts';
import { serveWindow } from './serve.ts';

/** The pages in a plain Chromium on the fake core: what unit tests of pure parts cannot see. */
const executablePath = process.env.INNERLOOP_CHROMIUM ?? '/usr/bin/chromium';
const found = existsSync(executablePath);
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const axe = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'axe-core', 'axe.min.js');
const port = 5190;

declare global {
  interface Window {
    readonly innerloop?: InnerloopWindowApi;
    fakeCore: FakeCore;
    axe: {
      run(
        root: Document,
        options: unknown,
      ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
    };
  }
}

describe.skipIf(!found)(found ? 'pages' : `pages (skipped: no Chromium at ${executablePath})`, () => {
  let server: ViteDevServer;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    server = await serveWindow(port);
    browser = await chromium.launch({ executablePath, args });
    const first = await browser.newPage();
    await first.goto(address('/runs'));
    await first.getByRole('treegrid').waitFor({ timeout: 60_000 }); // dependencies are bundled at the first visit
    await first.close();
  });
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

  const address = (route: string, query = 'live=no'): string =>
    `http://localhost:${server.config.server.port}/?${query}#${route}`;
  const open = async (route: string, query?: string): Promise<void> => {
    await page.goto(address(route, query));
    await page.locator('#content h1').first().waitFor();
  };
  const row = (name: string) =>
    page
      .locator('[role=row]', { has: page.locator('.nm > .trunc').filter({ hasText: new RegExp(`^${name}$`) }) })
      .first();
  const cursorName = (): Promise<string | null> => page.locator('.tr.cursor .nm .trunc').first().textContent();
  const asked = (name: string): Promise<number> =>
    page.evaluate((of) => window.fakeCore.asked.filter((each) => each.name === of).length, name);

  describe('accessibility', () => {
    const routes = [
      '/runs',
      '/runs?view=bin',
      '/runs/r0032/overview',
      '/runs/r0032/charts',
      '/runs/r0021/log',
      '/runs/r0002/config',
    ];
    it.each(routes.flatMap((route) => (['light', 'dark'] as const).map((theme) => [route, theme] as const)))(
      'finds nothing serious on %s in %s',
      async (route, theme) => {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await open(route);
        await page.waitForLoadState('networkidle');
        await page.addScriptTag({ path: axe });
        const serious = await page.evaluate(async () => {
          const { violations } = await window.axe.run(document, {});
          return violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
        });
        expect(serious).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
      },
    );
  });

  describe('runs', () => {
    it('goes through the table by keyboard and opens what Enter is pressed on', async () => {
      await open('/runs');
      await page.keyboard.press('j');
      expect(await cursorName()).toBe('maml-omni-20w1s-ilr0.5-s3');
      for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowDown');
      const group = await cursorName();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowDown');
      expect(await cursorName()).toBe(`${group}-s1`);
      await page.keyboard.press('ArrowLeft');
      expect(await cursorName()).toBe(group);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/#\/runs\/r\d+\/overview/);
      await page.keyboard.press('Alt+ArrowLeft');
      await page.getByRole('treegrid').waitFor();
      expect(await cursorName()).toBe(`${group}-s1`);
    });

    it('archives what is selected, and takes it back with Ctrl+Z', async () => {
      await open('/runs');
      await row('maml-omni-5w1s').locator('[data-part=box]').click();
      await page.getByText('5 runs', { exact: true }).waitFor();
      await page.keyboard.press('e');
      await page.getByText('5 runs archived').waitFor();
      await row('maml-omni-5w1s').waitFor({ state: 'detached' });
      expect(await page.getByRole('region', { name: 'Selected runs' }).count()).toBe(0);
      await page.keyboard.press('Control+z');
      await page.getByText('Undone').waitFor();
      await row('maml-omni-5w1s').waitFor();
    });

    it('keeps the selection when a filter hides it, and says so', async () => {
      await open('/runs');
      await row('maml-omni-5w1s').locator('[data-part=box]').click();
      await page.keyboard.press('/');
      await page.keyboard.type('algorithm:fomaml');
      await page.getByText('5 of them filtered out').waitFor();
      await page.getByRole('button', { name: 'Clear the filter' }).click();
      await page.getByText('5 of them filtered out').waitFor({ state: 'detached' });
      expect(await row('maml-omni-5w1s').getAttribute('aria-selected')).toBe('true');
    });

    it('underlines what is wrong in a filter, says what was expected, and keeps the last good rows', async () => {
      await open('/runs');
      const before = await page.locator('.tr.grp').count();
      await page.keyboard.press('/');
      await page.keyboard.type('state:faild');
      await page.getByRole('alert').filter({ hasText: 'Expected: failed' }).waitFor();
      expect(await page.locator('.query .wrong').textContent()).toBe('faild');
      expect(await page.locator('.tr.grp').count()).toBe(before);
      await page.keyboard.press('Backspace');
      await page.keyboard.press('Backspace');
      await page.keyboard.type('led');
      await row('maml-omni-20w1s-s3').waitFor();
      await page.getByText('1 of 31 match').waitFor();
    });

    it('moves a run in the queue by keyboard', async () => {
      await open('/runs?at=queue');
      await page.locator('.tr.cursor.queued').waitFor();
      const first = await cursorName();
      await page.keyboard.press('Alt+ArrowDown');
      await page.getByText('moved to place 2').waitFor();
      const second = page.locator('.tr.queued .nm .trunc').nth(1);
      await expect.poll(() => second.textContent()).toBe(first);
    });

    it('changes live values in place, and lets new runs wait in a pill when one has scrolled', async () => {
      await open('/runs', 'live=no&history=300');
      await page.locator('.tr.grp').first().waitFor();
      await page.locator('.grid').evaluate((grid) => grid.scrollTo(0, 400));
      await page.evaluate(() => {
        const api = window.innerloop!;
        return api.request('runs.launch', { config: {}, seeds: [7], start: 'now' });
      });
      const id = await page.evaluate(() => 'n301');
      await page.evaluate((run) => window.innerloop!.request('runs.stop', { id: run, how: 'now' }), id);
      await page.getByRole('button', { name: '1 new' }).click();
      await expect.poll(() => page.locator('.grid').evaluate((grid) => grid.scrollTop)).toBe(0);
      await page.getByText('maml-sine-10p-s7').first().waitFor();
    });

    it('holds 10,000 runs with few rows in the page', async () => {
      await open('/runs', 'live=no&history=10000');
      await page.getByText('10,000 runs · 2,000 configs').waitFor({ timeout: 30_000 });
      expect(await page.locator('.tr').count()).toBeLessThan(80);
      await page.locator('.grid').evaluate((grid) => grid.scrollTo(0, grid.scrollHeight));
      await page.getByText('study-0000').first().waitFor();
    });

    it('opens the first start while there has never been a run', async () => {
      await open('/runs', 'live=no&history=empty');
      expect(await page.getByRole('treegrid').count()).toBe(0);
    });

    it('tells a failure above the table and asks again', async () => {
      await open('/runs');
      await page.evaluate(() => window.fakeCore.failNext('runs.list', 'internal', 'The store cannot be read.'));
      await page.getByRole('columnheader', { name: 'Seed' }).getByRole('button').click();
      await page.getByRole('alert').filter({ hasText: 'The store cannot be read.' }).waitFor();
      expect(await page.locator('.tr.grp').count()).toBeGreaterThan(0);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('The store cannot be read.').waitFor({ state: 'detached' });
    });
  });

  describe('a run', () => {
    it('follows a running run: numbers, chart, log', async () => {
      await open('/runs/r0032/overview');
      await page.getByText('38,220').first().waitFor();
      await page.evaluate(() => window.fakeCore.advance(1000));
      await page.getByText('39,220').first().waitFor();
      await page.getByRole('button', { name: 'Checkpoint now' }).click();
      await page.locator('.console .save').first().waitFor();
    });

    it('pauses and resumes with P, and renames with F2', async () => {
      await open('/runs/r0032/overview');
      await page.locator('.badge', { hasText: 'Running' }).waitFor();
      await page.keyboard.press('p');
      await page.locator('.badge', { hasText: 'Paused' }).waitFor();
      await page.keyboard.press('p');
      await page.locator('.badge', { hasText: 'Running' }).waitFor();
      await page.keyboard.press('F2');
      await page.getByLabel('Name of the run').fill('my run');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'my run' }).waitFor();
    });

    it('says why a run failed and offers to go on', async () => {
      await open('/runs/r0021/overview');
      await page.getByRole('alert').filter({ hasText: 'Loss became NaN at iteration 8,412' }).waitFor();
      await page.getByRole('button', { name: /Resume from/ }).click();
      await page.locator('.badge', { hasText: 'Running' }).waitFor();
    });

    it('zooms two charts together by dragging, and resets', async () => {
      await open('/runs/r0002/overview');
      await page.locator('.area-a canvas').waitFor();
      const box = (await page.locator('.area-a .chart-face').boundingBox())!;
      await page.mouse.move(box.x + 120, box.y + 80);
      await page.mouse.down();
      await page.mouse.move(box.x + 240, box.y + 90, { steps: 4 });
      await page.mouse.up();
      const resets = page.getByRole('button', { name: 'Reset zoom' });
      await expect.poll(() => resets.count()).toBe(2);
      await page.locator('.area-b .chart-face').dblclick({ position: { x: 200, y: 80 } });
      await expect.poll(() => resets.count()).toBe(0);
    });

    it('reads a chart as a table by keyboard', async () => {
      await open('/runs/r0002/overview');
      await page.locator('.area-c canvas').waitFor();
      await page.locator('.area-c .chart-face').focus();
      await page.keyboard.press('ArrowRight');
      await page.locator('.area-c .tip').getByText('Inner step').waitFor();
      await page.keyboard.press('Enter');
      const table = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Inner step' }) });
      await table.waitFor();
      await expect.poll(() => table.getByRole('row').count()).toBe(12);
      await page.keyboard.press('Escape');
      await table.waitFor({ state: 'detached' });
    });

    it('switches tabs with number keys and keeps the address', async () => {
      await open('/runs/r0032/overview');
      await page.getByRole('tab', { name: 'Overview' }).waitFor();
      await page.keyboard.press('5');
      await page.waitForURL(/\/log$/);
      await page.getByRole('log').waitFor();
    });

    it('says that there is no such run', async () => {
      await page.goto(address('/runs/nowhere/overview'));
      await page.getByText('There is no such run').waitFor();
    });
  });

  describe('the frame', () => {
    it('asks for everything anew when the core is back', async () => {
      await open('/runs');
      await page.evaluate(() =>
        window.fakeCore.emit('core.state', { state: 'restarting', message: 'The core is starting again.' }),
      );
      await page.getByRole('alert').filter({ hasText: 'starting again' }).waitFor();
      const before = await asked('runs.list');
      await page.evaluate(() => window.fakeCore.emit('core.state', { state: 'connected', message: '' }));
      await page.getByText('starting again').waitFor({ state: 'detached' });
      await expect.poll(() => asked('runs.list')).toBeGreaterThan(before + 1);
    });

    it('finds a run in the palette and lists what can be done with it', async () => {
      await open('/runs');
      await page.keyboard.press('Control+k');
      await page.keyboard.type('sine-10p-s2');
      await page
        .getByRole('option', { name: /maml-sine-10p-s2/ })
        .first()
        .waitFor();
      await page.keyboard.press('Tab');
      await page.getByRole('option', { name: 'Clone and edit' }).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.type('sine-10p-s2');
      await page.keyboard.press('Enter');
      await page.waitForURL(/#\/runs\/r\d+\/overview/);
    });

    it('goes by sequence keys, but not while one types', async () => {
      await open('/runs');
      await page.keyboard.press('/');
      await page.keyboard.type('gd');
      expect(page.url()).toContain('#/runs');
      await page.keyboard.press('Escape');
      await page.keyboard.press('g');
      await page.keyboard.press('d');
      await page.waitForURL(/#\/datasets/);
    });

    it('remembers the theme for the first paint', async () => {
      await open('/runs');
      await page.getByRole('button', { name: /Switch to the dark theme/ }).click();
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
      await page.addInitScript(() => {
        document.addEventListener('readystatechange', () => {
          if (document.readyState === 'interactive')
            document.documentElement.dataset.early = document.documentElement.dataset.theme ?? '';
        });
      });
      await page.reload();
      expect(await page.evaluate(() => document.documentElement.dataset.early)).toBe('dark');
    });

    it('moves through its regions with F6 and skips to the content', async () => {
      await open('/runs');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
      await page.keyboard.press('F6');
      expect(
        await page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region')),
      ).toBe('Title bar');
      await page.keyboard.press('F6');
      expect(
        await page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region')),
      ).toBe('Navigation');
    });
  });
});
