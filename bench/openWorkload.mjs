/**
 * A browser and what a harness page needs to run a model: what `trace collect` sets up, without a bundle. Needs dist/ (npm run build).
 * @param {{ framework: 'ort' | 'tfjs', model: string, threads: number, backend?: string, simd?: boolean, seed?: number }} choice
 */
export async function openWorkload({ framework, model, threads, backend = 'wasm', simd = true, seed = 1 }) {
  const { launchFor } = await import('../dist/collectors/browser/launchBrowser.js');
  const { frameworks } = await import('../dist/collectors/frameworks.js');
  const { NOTHING_CHANGED, NOTHING_RECORDED } = await import('../dist/collectors/harness/protocol.js');
  const { serveHarness } = await import('../dist/collectors/harness/server.js');
  const { openHarness } = await import('../dist/collectors/harness/session.js');
  const { contentOf, toldOf } = await import('../dist/collectors/harness/subject.js');
  const { defaultCacheFolder } = await import('../dist/models/defaultCacheFolder.js');
  const { modelFeeds } = await import('../dist/models/modelFeeds.js');
  const { resolveModel } = await import('../dist/models/resolveModel.js');

  const { format, switchesSimd } = frameworks[framework];
  const file = await resolveModel(model, { cacheFolder: defaultCacheFolder(process.env), format });
  const { inputs } = modelFeeds(file, [], seed);
  const { browser } = await launchFor(backend);
  const subject = { framework, model: file, inputs };
  const server = await serveHarness({ ...contentOf(subject), isolated: true });
  const workload = {
    runId: 'bench',
    backend,
    threads,
    simd: switchesSimd ? simd : null,
    ...toldOf(subject),
    ...NOTHING_CHANGED,
    ...NOTHING_RECORDED,
  };
  return {
    title: file.title,
    browser,
    workload,
    openHarness: () => openHarness(browser, server, new AbortController().signal),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
