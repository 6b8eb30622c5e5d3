import { configDefaults, defineConfig } from 'vitest/config';

/** They compare what was recorded with when the page says it was, which tests beside them would blur. They come last, one by one. */
const ALONE = [
  'test/analyzers/inferences/pages.test.ts',
  'test/collectors/page/collectPage.test.ts',
  'test/collectors/pageHook/pages.test.ts',
  'test/collectors/recordRun.test.ts',
];

export default defineConfig({
  test: {
    // A shared machine may be several times slower than it was.
    testTimeout: 350_000,
    hookTimeout: 500_000,
    // What others do on a shared machine may meet a test that measures, but not twice at the same place. What needed a second try is listed.
    retry: 1,
    globalSetup: './test/recordings/globalSetup.ts',
    reporters: ['default', './test/reporters/flakyTests.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'beside',
          include: ['test/**/*.test.ts'],
          // What is planted needs a quiet machine: npm run test:planted
          exclude: [...configDefaults.exclude, 'test/planted/**', ...ALONE],
          // Two shared cores: browser tests beside each other would only slow one another down.
          maxWorkers: 2,
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
