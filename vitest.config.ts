import { configDefaults, defineConfig } from 'vitest/config';

/** They compare what was recorded with when the page says it was, which the work of other tests would blur. They come last, one by one. */
const ALONE = [
  'test/analyzers/windows/hookedPages.test.ts',
  'test/analyzers/windows/pages.test.ts',
  'test/collectors/recordRun.test.ts',
];

/** They start browsers or the command line, mock modules, or measure their own process. Each file has a process of its own: what one leaves behind is gone with it. */
const ISOLATED = [
  'test/cli/{analyzeStudy,badInput,collectPageUsage,completion,collectUsage,doctor,endToEnd,gpuFailures}.test.ts',
  'test/cli/{compare,compareUsage,hostile,interrupt,isolation,ladder,names,notebook,perfetto,study}.test.ts',
  'test/notebookServer/sqlCells.test.ts',
  'test/collectors/{attach,counting,harness,page,pageHook}/*.test.ts',
  'test/collectors/qoe/{useRound,videoRounds,videoStopped}.test.ts',
  'test/collectors/**/{memoryPass,operatorPass,openBrowser,processOfPage,tryRun,watchHeaps,whileConnected}.test.ts',
  'test/collectors/{collectRun,tfjsNode}.test.ts',
  'test/collectors/qoe/{accuracyRounds,accuracyStopped,qoePass}.test.ts',
  'test/mcp/stdio.test.ts',
  'test/notebook/{draw,starterPages}.test.ts',
  'test/page/page.test.ts',
  'test/pages/pages.test.ts',
  'test/report/**/browser.test.ts',
  'test/collectors/browser/findBrowser.test.ts',
  'test/collectors/memory/sampleMemory.test.ts',
  'test/collectors/scheduling/sampleScheduling.test.ts',
  'test/wasm/decodedModules.test.ts',
  'test/wasm/rewrite/*.test.ts',
];

export default defineConfig({
  test: {
    // A shared machine may be several times slower than it was.
    testTimeout: 350_000,
    hookTimeout: 500_000,
    // What others do on a shared machine may meet a test that measures, but not twice at the same place. What needed a second try is listed.
    retry: 1,
    reporters: ['default', './test/reporters/flakyTests.ts'],
    globalSetup: './test/recordings/globalSetup.ts',
    // It imports JSON as bundlers do.
    server: { deps: { inline: ['@actions/workflow-parser'] } },
    // The gate leaves these out (npm test); npm run test:slow runs them.
    tags: [{ name: 'slow', description: 'Takes minutes, or is another of a kind that the gate has a representative of.' }],
    // Two shared cores: more would only slow one another down.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        // Before the others: they take longest, and the short ones fill what is left at the end.
        test: { name: 'isolated', include: ISOLATED, isolate: true },
      },
      {
        extends: true,
        test: {
          name: 'beside',
          include: ['test/**/*.test.ts'],
          // What is planted needs a quiet machine: npm run test:planted
          exclude: [...configDefaults.exclude, 'test/planted/**', ...ISOLATED, ...ALONE],
          // To begin a process for a file, and to load the same modules in it again, takes longer than its tests.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
