import { app, session } from 'electron';
import { appOrigin } from './app-protocol.ts';

/**
 * The window never leaves the app: no navigation, no new windows, no embedded views, no permissions, no requests to
 * anywhere but its own scheme.
 */
export function confineNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!url.startsWith(`${appOrigin}/`)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) => {
    decide(permission === 'clipboard-sanitized-write');
  });
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission) => permission === 'clipboard-sanitized-write',
  );
  session.defaultSession.webRequest.onBeforeRequest((details, decide) => {
    const own = /^(app:\/\/innerloop\/|data:|blob:app:\/\/innerloop\/|devtools:)/.test(details.url);
    decide({ cancel: !own });
  });
}
