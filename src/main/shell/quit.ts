import { app, type BrowserWindow, dialog } from 'electron';
import type { CoreConnection } from '../core-client/connect-core.ts';

/**
 * Leaving the app: asks first when a run is active, then lets the core pause it with a checkpoint and end, and only
 * then lets the app go, so that no process stays behind.
 */
export function guardQuit(window: () => BrowserWindow | null, core: CoreConnection): void {
  let stage: 'open' | 'closing' | 'closed' = 'open';
  app.on('before-quit', (event) => {
    if (stage === 'closed') return;
    event.preventDefault();
    if (stage === 'closing') return;
    stage = 'closing';
    void leave(window(), core).then((left) => {
      stage = left ? 'closed' : 'open';
      if (left) app.quit();
    });
  });
}

async function leave(window: BrowserWindow | null, core: CoreConnection): Promise<boolean> {
  if (window && !window.isDestroyed() && (await activeRuns(core)) > 0) {
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: 'A run is active.',
      detail: 'Quitting pauses it with a checkpoint; it can be resumed from there.',
      buttons: ['Pause and quit', 'Keep running'],
      defaultId: 0,
      cancelId: 1,
    });
    if (response === 1) return false;
  }
  await core.close();
  return true;
}

/** Number of runs with a trainer; 0 when the core cannot be asked, since then there is nothing to lose. */
async function activeRuns(core: CoreConnection): Promise<number> {
  try {
    return (await core.request('queue.get', null)).running.length;
  } catch {
    return 0;
  }
}
