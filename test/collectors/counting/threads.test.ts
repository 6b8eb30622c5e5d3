import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LaunchedBrowser, launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import { executedIn } from '../../../collectors/counting/executedIn.js';
import { countersBetween, countersOf } from '../../../collectors/counting/readCounters.js';
import { rewrittenModules } from '../../../collectors/harness/rewrittenModules.js';
import { serveHarness } from '../../../collectors/harness/server.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { countExecuted } from '../../../src/wasm/rewrite/countExecuted.js';
import { ITERATIONS, MIXED_FILE, MIXED_URL, mixedModule } from '../../wasm/mixedModule.js';

let launched: LaunchedBrowser;
let folder: string;

beforeAll(async () => {
  launched = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), 'inferscope-counting-'));
  await writeFile(join(folder, MIXED_FILE), mixedModule({ shared: true }));
  await writeFile(
    join(folder, 'thread.js'),
    `let instance;
    onmessage = ({ data }) => {
      if (data instanceof WebAssembly.Module) instance = new WebAssembly.Instance(data);
      else instance.exports.run(...data);
      postMessage('done');
    };`,
  );
  // Runs the function with these passes, in a thread each; the first is the page itself. Threads get the module as those of Emscripten do.
  await writeFile(
    join(folder, 'main.js'),
    `const { instance, module } = await WebAssembly.instantiateStreaming(fetch('${MIXED_URL}'));
    const ask = (thread, message) => new Promise((resolve) => {
      thread.addEventListener('message', resolve, { once: true });
      thread.postMessage(message);
    });
    const threads = [0, 1].map(() => new Worker('/harness/thread.js', { type: 'module' }));
    await Promise.all(threads.map((thread) => ask(thread, module)));
    globalThis.runAll = async ([own, ...others]) => {
      instance.exports.run(...own);
      await Promise.all(others.map((passes, i) => ask(threads[i], passes)));
    };
    document.title = 'ready';`,
  );
});
afterAll(async () => {
  await launched?.browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** What the function is to have executed in so many passes of each of its loops. */
function expected(vectorPasses: number, scalarPasses: number) {
  const [vector, scalar] = [vectorPasses * ITERATIONS.vector, scalarPasses * ITERATIONS.scalar];
  return {
    floats: { vector: 2 * 4 * vector, scalar: 2 * scalar },
    iterations: [vectorPasses, vector, scalarPasses, scalar].filter((times) => times > 0),
    vectorLoop: { simdFloat: 2 * vector, simdLoad: 2 * vector, simdStore: vector, scalarInt: 2 * vector },
    scalarLoop: { scalarFloat: 2 * scalar, load: 2 * scalar, store: scalar, scalarInt: 2 * scalar },
  };
}

test.each([
  ['one thread', [[3, 5]], 3, 5],
  [
    'three threads, of which each runs something else',
    [
      [3, 5],
      [7, 0],
      [0, 11],
    ],
    10,
    16,
  ],
])(
  'what %s executes is counted to the digit: calls, loops, classes, and the same again',
  async (_, passes, vectorPasses, scalarPasses) => {
    const modules = rewrittenModules((bytes, sha256) => countExecuted(indexModule(bytes), sha256));
    const content = { modelPath: '', externalData: [], inputs: [], frameworkFolders: { planted: folder }, scriptFolder: folder };
    const server = await serveHarness({ ...content, isolated: true, rewriteModule: modules.rewrite });
    const page = await launched.browser.newPage();
    try {
      const read = await countersOf((await page.context().newCDPSession(page)) as ProtocolSession, 'main');
      await page.goto(server.origin);
      await page.waitForFunction(() => document.title === 'ready');
      const counted = async () => {
        const before = await read();
        await page.evaluate((all) => (globalThis as unknown as { runAll(all: unknown): Promise<void> }).runAll(all), passes);
        return executedIn(modules.made, countersBetween(before, await read()));
      };
      const first = await counted();
      expect(await counted()).toEqual(first);
      const { floats, iterations, vectorLoop, scalarLoop } = expected(vectorPasses, scalarPasses);
      const [fn] = first[0]!.functions;
      expect(fn).toMatchObject({ index: 0, calls: passes.length, floats });
      expect(fn!.loops.map((loop) => loop.iterations)).toEqual(iterations);
      expect(fn!.loops[1]!.executed).toMatchObject(vectorLoop);
      expect(fn!.loops[3]!.executed).toMatchObject(scalarLoop);
      expect(fn!.loops[1]!.executed).not.toHaveProperty('scalarFloat');
    } finally {
      await page.close();
      await server.close();
    }
  },
);
