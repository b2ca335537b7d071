import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

/** The window's pages come from `app://innerloop/`, never from `file://`: it has an origin of its own and a strict policy. */
export const appOrigin = 'app://innerloop';

/**
 * Nothing from elsewhere: no inline script, no eval, no connection of any kind.
 * React and Chart.js set styles through the DOM, which `style-src` does not concern.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must run before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
}

/** File under `root` for an address of the app, or null for anything outside it or of another type. */
export function fileForAddress(
  address: string,
  root: string,
): { readonly path: string; readonly mimeType: string } | null {
  const url = new URL(address);
  if (`${url.protocol}//${url.host}` !== appOrigin) return null;
  const wanted = url.pathname === '/' ? '/index.html' : decodeURIComponent(url.pathname);
  const path = normalize(join(root, wanted));
  const mimeType = mimeTypes[extname(path)];
  return path.startsWith(root + sep) && mimeType && !path.includes('\0') ? { path, mimeType } : null;
}

/**
 * Serves the built window from `root`. `registerBufferProtocol` and not `protocol.handle`: the first exists in every
 * Electron that the app runs on.
 */
export function serveApp(root: string): void {
  protocol.registerBufferProtocol('app', (request, respond) => {
    const file = fileForAddress(request.url, root);
    if (!file) {
      respond({ statusCode: 404, mimeType: 'text/plain', data: Buffer.from('Not found') });
      return;
    }
    readFile(file.path).then(
      (data) =>
        respond({
          statusCode: 200,
          mimeType: file.mimeType, // without a charset: Chromium would show the page as text
          charset: 'utf-8',
          data,
          headers: { 'Content-Security-Policy': contentSecurityPolicy, 'X-Content-Type-Options': 'nosniff' },
        }),
      () => respond({ statusCode: 404, mimeType: 'text/plain', data: Buffer.from('Not found') }),
    );
  });
}
