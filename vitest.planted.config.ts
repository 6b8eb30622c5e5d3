import { defineConfig } from 'vitest/config';

/** Causes planted in real Chromium: they compare milliseconds, so nothing runs beside them. */
export default defineConfig({
  test: {
    include: ['test/planted/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
    fileParallelism: false,
  },
});
