import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They need a quiet machine: npm run test:planted
    exclude: [...configDefaults.exclude, 'test/planted/**'],
    // A shared machine may be several times slower than it was.
    testTimeout: 350_000,
    hookTimeout: 500_000,
    // Two shared cores: browser tests beside each other would only slow one another down.
    maxWorkers: 2,
  },
});
