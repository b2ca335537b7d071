import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { appOrigin } from './app-protocol.ts';

/** Smallest window in which every screen works (UI specification, section 2). */
const smallest = { minWidth: 960, minHeight: 640 };

/**
 * Opens the app's window: sandboxed, isolated, without Node. `bundleFolder` holds the built preload script.
 * The system draws the window controls; on Windows and macOS inside the app's own title bar.
 */
export function openWindow(bundleFolder: string, background: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    ...smallest,
    show: false,
    backgroundColor: background,
    autoHideMenuBar: true,
    title: 'Innerloop',
    ...(process.platform === 'darwin' ? { titleBarStyle: 'hiddenInset' as const } : {}),
    ...(process.platform === 'win32' ? { titleBarStyle: 'hidden' as const, titleBarOverlay: { height: 40 } } : {}),
    webPreferences: {
      preload: join(bundleFolder, 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}

/** Reloads the page when its process dies, at most three times in five minutes; then leaves it to the user. */
export function reloadWhenGone(window: BrowserWindow, now: () => number): void {
  const crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || details.reason === 'killed' || window.isDestroyed()) return;
    const recent = crashes.filter((at) => now() - at < 5 * 60_000);
    crashes.splice(0, crashes.length, ...recent, now());
    if (crashes.length <= 3) window.webContents.reload();
  });
}
