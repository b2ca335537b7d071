import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accessibilityProblems,
  ask,
  newHome,
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

/** From the first click of a newcomer to a classifier that answers. */
describe('fine-tuning on texts, as the first page offers it', () => {
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

  it('trains an encoder from scratch, and its page shows the accuracy on texts that it has not seen', async () => {
    const { page } = running;
    const card = page.locator('.qs', { hasText: 'Fine-tune on text' });
    await card.getByText('from scratch').waitFor();
    await card.getByRole('button', { name: /Start/ }).click();
    const run = await runReaches(page, await openRunId(page), ['completed', 'failed']);
    expect(run.state, run.failure?.message).toBe('completed');
    expect(run.final).toMatchObject({ metric: 'accuracy', protocol: { split: 'test' } });
    expect(run.final!.mean).toBeGreaterThan(run.untrained!.mean + 0.3);
    const accuracy = page.locator('.figures div', { hasText: 'test accuracy' }).locator('dd');
    await accuracy.waitFor();
    expect(await accuracy.textContent()).toMatch(new RegExp(`^${(100 * run.final!.mean).toFixed(1)} [%±]`));
    await photograph(page, 'texts-quick-start');
    for (const theme of ['light', 'dark'] as const) {
      await showTheme(page, theme);
      expect(await accessibilityProblems(page)).toEqual([]);
    }
  });

  it('and answers what is typed then', async () => {
    const { page } = running;
    await page.getByLabel('Text to classify').fill('How many letters are there in the kitchen?');
    const said = page.locator('.probabilities .said');
    await said.getByText('amount', { exact: true }).waitFor();
    await photograph(page, 'texts-try-it');
    expect(running.problems).toEqual([]);
  });
});

/** Texts from a picked file into the library, in the real window. */
describe('a table of texts', () => {
  const home = newHome();
  let running: RunningApp;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    running = await startApp(home);
    await running.page.locator('#content h1').first().waitFor();
    await running.page.evaluate(() => {
      location.hash = '#/datasets';
    });
  });
  afterAll(async () => {
    await running.quit();
    removeHome(home);
  });

  const pick = async (name: string, content: string | Uint8Array): Promise<void> => {
    const { app, page } = running;
    const path = join(home, name);
    writeFileSync(path, content);
    await pickNext(app, path);
    await page
      .getByRole('button', { name: /^Import/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'File', exact: true }).click();
  };

  it('is previewed, imported and shown', async () => {
    const { page } = running;
    const rows = Array.from({ length: 200 }, (_, i) => `"mail number ${i}, of many",${i % 3 === 0 ? 'spam' : 'ham'}`);
    await pick('mails.csv', ['body,class', ...rows].join('\n'));
    await page.getByRole('region', { name: 'First rows' }).getByText('mail number 0, of many').waitFor();
    await photograph(page, 'texts-preview');
    await page.getByRole('button', { name: 'Start import' }).click();
    await page.getByRole('button', { name: 'Show mails' }).click();
    await page.getByLabel('Search texts').fill('number 19');
    await page.getByText('11 texts', { exact: true }).waitFor(); // 19 and 190 to 199
    await photograph(page, 'texts');
    for (const theme of ['light', 'dark'] as const) {
      await showTheme(page, theme);
      expect(await accessibilityProblems(page)).toEqual([]);
    }
    const [dataset] = (await ask(page, 'datasets.list', null)).filter(({ name }) => name === 'mails');
    expect(dataset).toMatchObject({
      kind: 'text-classes',
      classes: 2,
      examples: 200,
      splits: { train: { examples: 160 } },
    });
  });

  it('that is not UTF-8 is read as windows-1252, which the preview says, or as an encoding that is chosen', async () => {
    const { page } = running;
    await pick(
      'latin.csv',
      Buffer.concat([Buffer.from('body,class\ncaf'), Buffer.from([0xe9]), Buffer.from(',a\nx,b\n')]),
    );
    await page.getByText('1 line is no UTF-8 text and was read as windows-1252.').waitFor();
    await page.getByText('café').waitFor();
    await page.getByLabel('Encoding').click();
    await page.getByRole('option', { name: 'windows-1251', exact: true }).click();
    await page.getByText('cafй').waitFor();
    await page.keyboard.press('Escape');
    expect(running.problems).toEqual([]);
  });
});
