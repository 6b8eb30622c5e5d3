import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareOutputs } from '../../../collectors/baseline/compareOutputs.js';
import { type LaunchedBrowser, launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import { compared } from '../../../collectors/counting/countPass.js';
import { executedIn } from '../../../collectors/counting/executedIn.js';
import { countersBetween, countersOf } from '../../../collectors/counting/readCounters.js';
import { frameworkFolders } from '../../../collectors/frameworkPackages.js';
import { type FrameworkId, frameworks } from '../../../collectors/frameworks.js';
import { NOTHING_CHANGED, type Workload } from '../../../collectors/harness/protocol.js';
import { rewrittenModules } from '../../../collectors/harness/rewrittenModules.js';
import { serveHarness } from '../../../collectors/harness/server.js';
import { type HarnessSession, openHarness } from '../../../collectors/harness/session.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { resolveModel } from '../../../models/resolveModel.js';
import { packageRoot } from '../../../src/packageRoot.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { countExecuted } from '../../../src/wasm/rewrite/countExecuted.js';

let launched: LaunchedBrowser;
let folder: string;

beforeAll(async () => {
  launched = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), 'inferscope-counting-models-'));
});
afterAll(async () => {
  await launched?.browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a model in the harness page on one thread, with the framework's modules as published or rewritten. */
async function running<T>(
  framework: FrameworkId,
  name: string,
  rewriteModule: ((bytes: Uint8Array) => Uint8Array) | null,
  use: (session: HarnessSession, predict: () => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const file = await resolveModel(name, { cacheFolder: folder, format: frameworks[framework].format });
  const { inputs } = modelFeeds(file, [], 1);
  const server = await serveHarness({
    modelPath: file.path,
    externalData: file.externalData,
    inputs: inputs.map(({ bytes }) => bytes),
    frameworkFolders: frameworkFolders(framework),
    scriptFolder: join(packageRoot(), 'dist/browser'),
    isolated: true,
    ...(rewriteModule && { rewriteModule }),
  });
  const workload: Workload = {
    runId: 'counting',
    framework,
    backend: 'wasm',
    threads: 1,
    simd: null,
    inputs: inputs.map(({ spec }) => spec),
    externalData: file.externalData.map(({ location }) => location),
    captureModules: false,
    recordGpu: false,
    profileOperators: false,
    watchMemory: false,
    ...NOTHING_CHANGED,
  };
  const session = await openHarness(launched.browser, server, new AbortController().signal);
  try {
    return await use(session, async () => {
      await session.open('worker', workload);
      await session.setup();
      await session.warmup();
    });
  } finally {
    await session.close();
    await server.close();
  }
}

test.each([
  ['ort', 'ppocr-rec'],
  ['tfjs', 'mobilenet-v2'],
] as const)(
  '%s computes the same where its modules count, and all but what allocates repeats to the digit',
  { tags: ['slow'] },
  async (framework, name) => {
    const plain = await running(framework, name, null, async (session, start) => {
      await start();
      return session.outputs();
    });
    const modules = rewrittenModules((bytes, sha256) => countExecuted(indexModule(bytes), sha256));
    const { outputs, log } = await running(framework, name, modules.rewrite, async (session, start) => {
      const read = await countersOf(session.cdp as ProtocolSession, 'worker');
      await start();
      await session.predict(3);
      const readings = [await read()];
      for (let prediction = 0; prediction < 2; prediction++) {
        await session.predict(1);
        readings.push(await read());
      }
      const [first, second] = [0, 1].map((i) => executedIn(modules.made, countersBetween(readings[i]!, readings[i + 1]!)));
      return { outputs: await session.outputs(), log: compared(first!, second!) };
    });
    expect(compareOutputs(outputs, plain, 0)).toMatchObject({ match: true });
    expect(log.varyingShare).toBeLessThan(0.001);
    const ran = log.modules.flatMap(({ functions }) => functions);
    const varying = ran.filter(({ repeats }) => !repeats);
    console.log(`${framework}: ${ran.length} functions ran, of which vary: ${varying.map(({ index }) => index).join(', ')}`);
    // Allocators search, and compute nothing.
    expect(varying.every(({ floats }) => floats!.vector === 0 && floats!.scalar < 100)).toBe(true);
    expect(ran.some(({ floats, repeats }) => repeats && floats!.vector > 1e6)).toBe(true);
  },
);
