import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, nativeTheme } from 'electron';
import { connectCore } from '../core-client/connect-core.ts';
import { homeFolder } from '../files/home.ts';
import { declareAppScheme, serveApp } from './app-protocol.ts';
import { announce, openGateway } from './gateway.ts';
import { applicationMenu } from './menu.ts';
import { confineNavigation } from './navigation.ts';
import { createPickedSources } from './picked-sources.ts';
import { guardQuit } from './quit.ts';
import { openWindow, reloadWhenGone } from './window.ts';

/**
 * Composition root of the desktop app: one window, one connection to the core. No native module is loaded here, so a
 * crash of training or storage never takes the window with it.
 */
const bundleFolder = join(__dirname, '..'); // out/
const home = homeFolder({ env: process.env, platform: process.platform });
const node =
  process.env.INNERLOOP_NODE ?? join(process.resourcesPath, 'node', process.platform === 'win32' ? 'node.exe' : 'node');

mkdirSync(home, { recursive: true });
app.setName('Innerloop');
app.setPath('userData', join(home, 'window'));
declareAppScheme();
// Root runs with --no-sandbox; asking for both makes Chromium's network service crash and restart without end.
if (!app.commandLine.hasSwitch('no-sandbox'))
  if (!app.commandLine.hasSwitch('no-sandbox'))
    // As root, Chromium refuses its operating-system sandbox and the start script says --no-sandbox; everyone else gets it.
    app.enableSandbox();

if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  let window: BrowserWindow | null = null;
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());

  void app
    .whenReady()
    .then(() => {
      Menu.setApplicationMenu(applicationMenu());
      confineNavigation();
      serveApp(join(bundleFolder, 'renderer'));
      const core = connectCore({
        home,
        node,
        coreEntry: join(__dirname, 'core.cjs'),
        electronVersion: process.versions.electron ?? null,
        onEvent: announce,
        onState: (state) => announce({ name: 'core.state', body: state }),
      });
      openGateway({ core, sources: createPickedSources(), home });
      window = openWindow(bundleFolder, nativeTheme.shouldUseDarkColors ? '#101211' : '#f5f4f1');
      reloadWhenGone(window, Date.now);
      guardQuit(() => window, core);
      endWithParent();
    })
    .catch((error: unknown) => {
      dialog.showErrorBox('Innerloop could not start', error instanceof Error ? error.message : String(error));
      app.exit(1);
    });
}

/** Ctrl+C in the terminal that started the app leaves it the same way as closing the window. */
function endWithParent(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}
