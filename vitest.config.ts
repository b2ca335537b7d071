import { defineConfig } from 'vitest/config';

/** Unit and integration tests on the shipped Node; the window's tests (test/e2e) have a config of their own. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
