import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/**
 * Bundles: out/main/{shell,core,trainer,cli}.cjs, out/preload/index.cjs and out/renderer. CommonJS for everything but
 * the window, as package.json says "type": "module" and a sandboxed preload takes nothing else. The targets are the
 * oldest Electron that the app is started with: 22 (Node 16, Chromium 108), set-up's fallback where Electron's own
 * download cannot be reached.
 */
const node = 'node16';
const chromium = 'chrome108';

export default defineConfig({
  main: {
    build: {
      target: node,
      externalizeDeps: true, // they are in node_modules, and some are native
      sourcemap: true,
      rolldownOptions: {
        input: {
          shell: 'src/main/shell/index.ts',
          core: 'src/main/core/index.ts',
          trainer: 'src/main/trainer/index.ts',
          cli: 'src/main/cli/index.ts',
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'shared/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      target: node,
      externalizeDeps: false, // sandboxed: it can require nothing but electron
      rolldownOptions: {
        input: 'src/preload/index.ts',
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    plugins: [react()],
    build: {
      target: chromium,
      cssTarget: chromium,
      minify: true,
      assetsInlineLimit: 0, // the content security policy takes fonts from files only
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
});
