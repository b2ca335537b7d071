import { defineConfig } from 'vitest/config';

/** The window's tests: the real app under a display (or Xvfb), one at a time, since each trains for real. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
