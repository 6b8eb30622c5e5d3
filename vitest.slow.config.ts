import { defineConfig } from 'vitest/config';

/** What takes minutes by its nature, and is too slow for every run of the tests. Each kind has a representative among those. */
export default defineConfig({
  test: {
    include: ['test/slow/**/*.test.ts'],
    testTimeout: 350_000,
    hookTimeout: 500_000,
    retry: 1,
    reporters: ['default', './test/reporters/flakyTests.ts'],
    maxWorkers: 2,
  },
});
