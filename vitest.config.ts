import { configDefaults, defineConfig } from 'vitest/config';

/** They compare what was recorded with when the page says it was, which tests beside them would blur. They come last. */
const ALONE = ['test/analyzers/windows/*Pages.test.ts', 'test/collectors/recordRun.test.ts'];

export default defineConfig({
  test: {
    // A shared machine may be several times slower than it was.
    testTimeout: 350_000,
    hookTimeout: 500_000,
    // What others do on a shared machine may meet a test that measures, but not twice at the same place. What needed a second try is listed.
    retry: 1,
    reporters: ['default', './test/reporters/flakyTests.ts'],
    globalSetup: './test/recordings/globalSetup.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'beside',
          include: ['test/**/*.test.ts'],
          // What is planted needs a quiet machine, npm run test:planted; what is slow takes minutes, npm run test:slow.
          exclude: [...configDefaults.exclude, 'test/planted/**', 'test/slow/**', ...ALONE],
          // Two shared cores: more would only slow one another down.
          maxWorkers: 2,
          // A file of tests takes less time than a process that is begun for it and loads the same modules again.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
