import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer, type ViteDevServer } from 'vite';

const root = join(import.meta.dirname, '..', '..', '..');
const install = `/@fs${join(root, 'test', 'renderer', 'fake', 'install.ts')}`;

/**
 * Serves the window on the fake core, for a plain browser. Started by hand
 * (`node test/renderer/browser/serve.ts 5199`) or by the page tests.
 */
export async function serveWindow(port: number): Promise<ViteDevServer> {
  const server = await createServer({
    configFile: false,
    root: join(root, 'src', 'renderer'),
    plugins: [
      react(),
      {
        name: 'fake-core',
        transformIndexHtml: () => [
          { tag: 'script', attrs: { type: 'module', src: install }, injectTo: 'head-prepend' },
        ],
      },
    ],
    server: { port, hmr: false, fs: { allow: [root] } },
    cacheDir: join(root, 'node_modules', `.vite-fake-${port}`),
    logLevel: 'warn',
  });
  await server.listen();
  return server;
}

if (process.argv[1] === import.meta.filename) {
  const server = await serveWindow(Number(process.argv[2] ?? 5199));
  server.printUrls();
}
