import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import type { CollectOptions } from '../../../collectors/collectOptions.js';
import { collectRun } from '../../../collectors/collectRun.js';
import { frameworkFolders } from '../../../collectors/frameworkPackages.js';
import { NOTHING_CHANGED } from '../../../collectors/harness/protocol.js';
import { serveHarness } from '../../../collectors/harness/server.js';
import { openHarness } from '../../../collectors/harness/session.js';
import { silent } from '../../../collectors/progress.js';
import { mobilenetV2 } from '../../../models/mobilenetV2.js';
import type { ModelFile } from '../../../models/model.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { resolveModel } from '../../../models/resolveModel.js';
import { loadInput } from '../../../src/loadInput.js';
import { packageRoot } from '../../../src/packageRoot.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';
import { suiteFolder } from '../suiteFolder.js';

const require = createRequire(import.meta.url);
const never = () => new AbortController().signal;

const root = suiteFolder();
let model: ModelFile;
beforeAll(async () => {
  model = await mobilenetV2.write(root(), 'tfjs');
});

async function options(changes: Partial<CollectOptions>): Promise<CollectOptions> {
  return {
    folder: join(await temporaryFolder(), 'bundle'),
    toolVersion: 'test',
    model,
    ...modelFeeds(model, [], 1),
    framework: 'tfjs',
    backend: 'wasm',
    on: 'worker',
    threads: 1,
    simd: true,
    isolated: true,
    iterations: 4,
    seed: 1,
    // Nothing here is of the other passes, which have tests of their own.
    passes: ['timing', 'trace'],
    processes: 1,
    qoe: null,
    ladder: null,
    ...changes,
  };
}

async function recorded(changes: Partial<CollectOptions>) {
  const given = await options(changes);
  const result = await collectRun(given, silent, never());
  expect(result).toMatchObject({ status: 'complete', reason: null });
  const input = await loadInput(given.folder);
  return { manifest: input.manifest!, baseline: input.baseline, analysis: analyze(input) };
}

async function sha256Of(module: string): Promise<string> {
  const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
  return createHash('sha256')
    .update(await readFile(join(folder, module)))
    .digest('hex');
}

describe('each of the three Wasm modules runs when it is asked for, and computes what its ONNX twin computes natively', () => {
  type Row = readonly [module: string, changes: Parameters<typeof recorded>[0], cause: string, threads: number];
  const plain: Row = ['tfjs-backend-wasm.wasm', { simd: false }, 'isa.scalar', 1];
  const simd: Row = ['tfjs-backend-wasm-simd.wasm', {}, 'isa.simd128', 1];
  const threaded: Row = ['tfjs-backend-wasm-threaded-simd.wasm', { threads: 2 }, 'isa.simd128', 2];
  test.each([plain, threaded])('%s', runsAndComputesTheSame);
  test.each([simd])('%s', { tags: ['slow'] }, runsAndComputesTheSame);

  async function runsAndComputesTheSame(...[module, changes, cause, threads]: Row): Promise<void> {
    const { manifest, baseline, analysis } = await recorded(changes);
    expect(manifest.modules.find(({ url }) => url.endsWith(`/${module}`))?.sha256).toBe(await sha256Of(module));
    expect(manifest.framework).toMatchObject({ version: '4.22.0', threads });
    expect(manifest.workload.simd).toBe(!('simd' in changes));
    expect(baseline).toMatchObject({ runtime: expect.stringMatching(/^ONNX twin, onnxruntime-node \d/), threads });
    expect(manifest.outputs).toMatchObject({ match: true, outputs: [{ name: 'logits', shape: [1, 1000], problem: null }] });
    expect(manifest.outputs!.outputs[0]!.maxRelativeDifference).toBeLessThan(1e-4);
    const computing = analysis.partition!.causes.filter(({ id }) => id.startsWith('isa.'));
    expect(computing.sort((a, b) => b.share - a.share)[0]!.id).toBe(cause);
    const { scalar, simd128, relaxed, threads: beside } = analysis.instructionSet!;
    expect([simd128.ran, simd128.held, relaxed.ran, relaxed.held, beside.ran]).toEqual([
      cause === 'isa.simd128',
      cause === 'isa.simd128',
      false,
      false,
      threads > 1,
    ]);
    expect((cause === 'isa.scalar' ? scalar : simd128).share).toBeGreaterThan(threads > 1 ? 0.2 : 0.9);
    if (cause === 'isa.scalar') expect(simd128.why).toMatch(/^None of the 564 functions.*--simd off/);
  }
});

test('more threads than TF.js takes by itself are said to be so', { tags: ['slow'] }, async () => {
  const { manifest, analysis } = await recorded({ threads: 2, on: 'main', passes: ['timing'] });
  const capped = manifest.framework!.hardwareConcurrency < 4;
  expect(analysis.notes.some(({ text }) => text.includes('half of the logical processors'))).toBe(capped);
  expect(manifest.outputs!.match).toBe(true);
});

test('threads without SIMD are not there, and the run says so', { tags: ['slow'] }, async () => {
  const { manifest, analysis } = await recorded({ threads: 2, simd: false, passes: ['timing'] });
  expect(manifest.framework!.threads).toBe(1);
  expect(analysis.notes.map(({ text }) => text)).toContainEqual(expect.stringContaining('threads only together with SIMD'));
});

test("a user's own graph model, whose result has no fixed size, runs without a baseline, and the run says so", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'model.json');
  await writeFile(path, JSON.stringify(POSITIVE_INDICES));
  await writeFile(join(folder, 'weights.bin'), new Uint8Array(4));
  const own = await resolveModel(path, { cacheFolder: folder, format: 'tfjs' });
  const { manifest, baseline, analysis } = await recorded({ model: own, ...modelFeeds(own, [], 1), passes: ['timing'] });
  expect(manifest.workload.inputs).toEqual([{ name: 'x', type: 'float32', shape: [1, 64] }]);
  expect(baseline).toBeNull();
  expect(manifest.outputs).toBeNull();
  expect(analysis.notes.map(({ text }) => text)).toContainEqual(expect.stringContaining('no ONNX form'));
});

test('no tensor outlives its iteration', async () => {
  const { inputs } = modelFeeds(model, [], 1);
  const { browser } = await launchBrowser();
  const server = await serveHarness({
    modelPath: model.path,
    externalData: model.externalData,
    inputs: inputs.map(({ bytes }) => bytes),
    frameworkFolders: frameworkFolders('tfjs'),
    scriptFolder: join(packageRoot(), 'dist/browser'),
    isolated: true,
  });
  try {
    const session = await openHarness(browser, server, never());
    await session.open('main', {
      runId: 'leak',
      framework: 'tfjs',
      backend: 'wasm',
      threads: 1,
      simd: true,
      inputs: inputs.map(({ spec }) => spec),
      externalData: model.externalData.map(({ location }) => location),
      captureModules: false,
      recordGpu: false,
      profileOperators: false,
      watchMemory: false,
      ...NOTHING_CHANGED,
    });
    await session.setup();
    const tensors = () =>
      session.page.evaluate(() => (globalThis as unknown as { tf: { memory(): { numTensors: number } } }).tf.memory().numTensors);
    const before = await tensors();
    await session.warmup();
    await session.predict(3);
    expect(await tensors()).toBe(before);
  } finally {
    await browser.close();
    await server.close();
  }
});

/** Where(x > 0): how long its result is depends on the numbers, so TF.js runs it with its asynchronous executor only. */
const POSITIVE_INDICES = {
  format: 'graph-model',
  signature: {
    inputs: { x: { name: 'x:0', dtype: 'DT_FLOAT', tensorShape: { dim: [{ size: '-1' }, { size: '64' }] } } },
    outputs: { indices: { name: 'where:0', dtype: 'DT_INT64' } },
  },
  modelTopology: {
    node: [
      { name: 'x', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' } } },
      { name: 'zero', op: 'Const', attr: { dtype: { type: 'DT_FLOAT' } } },
      { name: 'positive', op: 'Greater', input: ['x', 'zero'] },
      { name: 'where', op: 'Where', input: ['positive'] },
    ],
    versions: { producer: 1 },
  },
  weightsManifest: [{ paths: ['weights.bin'], weights: [{ name: 'zero', shape: [], dtype: 'float32' }] }],
};
