import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import type { RequestName, RequestOf, ResponseOf } from '../../src/shared/contract/requests.ts';
import type { Answer, InnerloopWindowApi, PathRequestName } from '../../src/shared/contract/window.ts';
import type { RunState, RunSummary } from '../../src/shared/runs/run.ts';

export const root = join(import.meta.dirname, '..', '..');
export const omniglotSmall1 = join(root, '..', 'shared', 'data', 'omniglot', 'images_background_small1.zip');
/** Where screenshots go; kept out of the repository. */
export const pictures = join(root, 'test-results', 'window');

interface Runtime {
  readonly node: { readonly path: string };
  readonly electron: { readonly path: string };
}

/** What set-up found, as the start script reads it. */
export const runtime = JSON.parse(
  readFileSync(join(root, 'node_modules', '.innerloop', 'runtime.json'), 'utf8'),
) as Runtime;

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  /** Errors that the page logged or threw. */
  readonly problems: readonly string[];
  /** Quits as a user does; a question about an active run is answered with "Pause and quit". */
  quit(): Promise<void>;
}

export const newHome = (): string => mkdtempSync(join(tmpdir(), 'innerloop-e2e-'));
export const removeHome = (home: string): void => rmSync(home, { recursive: true, force: true });

/** Starts the built app on a data folder and waits for its window. */
export async function startApp(home: string): Promise<RunningApp> {
  const rootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;
  const app = await _electron.launch({
    executablePath: runtime.electron.path,
    // Switches stand before the app's folder: Chromium does not read those behind it.
    args: [...(rootOnLinux ? ['--no-sandbox'] : []), '--force-prefers-reduced-motion', root],
    timeout: 60_000,
    env: { ...process.env, INNERLOOP_HOME: home, INNERLOOP_NODE: runtime.node.path } as Record<string, string>,
  });
  const page = await app.firstWindow();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.setViewportSize({ width: 1440, height: 900 }).catch(() => undefined);
  return {
    app,
    page,
    home,
    problems,
    quit: async () => {
      await answerQuestions(app, 0);
      await app.close();
    },
  };
}

/** Replaces the system's message boxes, which no test can click, by an answer. */
export async function answerQuestions(app: ElectronApplication, button: number): Promise<void> {
  await app.evaluate(({ dialog }, response) => {
    dialog.showMessageBox = async () => ({ response, checkboxChecked: false });
  }, button);
}

/** The next file dialog gives this path. */
export async function pickNext(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, picked) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [picked] });
  }, path);
}

/** Shows a theme as the preference would. */
export async function showTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((wanted) => {
    document.documentElement.dataset.theme = wanted;
  }, theme);
  await page.waitForTimeout(250);
}

/** A picture of the window in both themes, to be looked at. */
export async function photograph(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await showTheme(page, theme);
    await page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
  }
}

/** Asks the core through the window's own bridge, to hold what is shown against what is stored. */
export async function ask<Name extends AskedName>(
  page: Page,
  name: Name,
  body: RequestOf<Name>,
): Promise<ResponseOf<Name>> {
  const answer = (await page.evaluate(
    ([asked, value]) =>
      (window as unknown as { innerloop: InnerloopWindowApi }).innerloop.request(asked as 'app.info', value as null),
    [name, body] as const,
  )) as Answer<ResponseOf<Name>>;
  if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
  return answer.body;
}

type AskedName = Exclude<RequestName, PathRequestName>;

/** Waits until a run is in one of these states. */
export async function runReaches(
  page: Page,
  id: string,
  states: readonly RunState[],
  timeoutMs = 240_000,
): Promise<RunSummary> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const run = await ask(page, 'runs.get', { id });
    if (states.includes(run.state)) return run;
    if (Date.now() > until)
      throw new Error(`${run.name} is still ${run.state} at ${run.iteration}, wanted ${states.join(' or ')}.`);
    await page.waitForTimeout(200);
  }
}

/** Opens an address of the window, as a link inside it would. */
export async function go(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}

/** Id of the run whose page is open. */
export async function openRunId(page: Page): Promise<string> {
  await page.waitForURL(/#\/runs\/[^/]+/);
  return /#\/runs\/([^/?]+)/.exec(page.url())![1]!;
}

/** Serious and critical findings of an accessibility check of what the window shows now (axe-core, WCAG 2.2 AA). */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: check } = window as unknown as { axe: typeof axe };
    const found = await check.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ target }) => target.join(' '))
            .join(', ')}`,
      );
  });
}
