import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accessibilityProblems,
  ask,
  newHome,
  photograph,
  pickNext,
  pictures,
  type RunningApp,
  removeHome,
  showTheme,
  startApp,
} from './app.ts';

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
