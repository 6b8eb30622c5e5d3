import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type MemoryUse, memoryUse } from '../../../analyzers/memory/memory.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import type { CollectOptions } from '../../../collectors/collectOptions.js';
import { frameworkFolders } from '../../../collectors/frameworkPackages.js';
import { frameworks } from '../../../collectors/frameworks.js';
import { NOTHING_CHANGED, type Workload } from '../../../collectors/harness/protocol.js';
import { serveHarness } from '../../../collectors/harness/server.js';
import { memoryPass } from '../../../collectors/memory/memoryPass.js';
import { silent } from '../../../collectors/progress.js';
import type { RunRecord } from '../../../collectors/runRecord.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { resolveModel } from '../../../models/resolveModel.js';
import type { MemoryLog } from '../../../src/bundle/memoryLog.js';
import { packageRoot } from '../../../src/packageRoot.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';
import { onnxChain, tfjsOperator } from '../harness/shortRun.js';

interface Pass {
  readonly use: MemoryUse;
  readonly outcome: string;
  readonly detail: string;
}

/** The memory pass alone. @param lost serve nothing in the model's place */
async function pass(framework: 'ort' | 'tfjs', backend: string, modelPath: string, lost = false): Promise<Pass> {
  const model = await resolveModel(modelPath, { cacheFolder: await temporaryFolder(), format: frameworks[framework].format });
  const { inputs } = modelFeeds(model, [], 1);
  const server = await serveHarness({
    modelPath: lost ? '/nowhere' : model.path,
    externalData: model.externalData,
    inputs: inputs.map(({ bytes }) => bytes),
    frameworkFolders: frameworkFolders(framework),
    scriptFolder: join(packageRoot(), 'dist/browser'),
    isolated: true,
  });
  const workload: Workload = {
    runId: 'memory',
    framework,
    backend,
    threads: 1,
    simd: null,
    inputs: inputs.map(({ spec }) => spec),
    externalData: model.externalData.map(({ location }) => location),
    captureModules: false,
    recordGpu: false,
    profileOperators: false,
    watchMemory: false,
    ...NOTHING_CHANGED,
  };
  const logs: MemoryLog[] = [];
  const collectors: RunRecord['manifest']['collectors'] = {};
  const record = { manifest: { collectors, browser: null }, writer: { memory: async (log: MemoryLog) => logs.push(log) } };
  try {
    const options = { backend, on: 'worker' } as CollectOptions;
    const { signal } = new AbortController();
    await memoryPass({ server, options, workload, record: record as unknown as RunRecord, progress: silent, signal });
  } finally {
    await server.close();
  }
  return { use: memoryUse(logs[0]!, model.bytes)!, ...collectors.memory! };
}

describe.skipIf(!findBrowser())('the memory pass (skipped without a browser: trace doctor --fix)', () => {
  test('finds tensors that are larger by a known size, alive, held and in the process, and that they are given back', async () => {
    const [small, large] = [1 << 16, 1 << 22];
    const a = await pass('tfjs', 'wasm', await tfjsOperator('Relu', small));
    const b = await pass('tfjs', 'wasm', await tfjsOperator('Relu', large));
    expect([a.outcome, b.outcome]).toEqual(['done', 'done']);
    expect(b.use.phases.map(({ title }) => title)).toEqual([
      'Blank page',
      'Loading',
      'Setup',
      'Warm-up',
      'Predictions',
      'Disposing',
      'Afterwards',
    ]);
    // The input and the output, of four bytes each.
    const more = 8 * (large - small);
    expect(b.use.live!.peakBytes - a.use.live!.peakBytes).toBe(more);
    expect(b.use.live!.phase).toBe('Warm-up');
    expect(b.use.live!.afterBytes).toBe(0);
    const held = (end: 'peakBytes' | 'afterBytes'): number => b.use.held![end]! - a.use.held![end]!;
    // At its highest with garbage, of which V8 lets stand as much as it likes.
    expect(held('peakBytes')).toBeGreaterThan(more);
    // Once that is collected, what is left is what Wasm has grown by, which it does not give back. An array of half a tensor would show.
    const wasmOf = ({ use }: Pass): number[] =>
      use.series.find(({ id }) => id === 'wasm')!.bytes.filter((bytes) => bytes !== null);
    const wasm = wasmOf(b);
    const grown = wasm.at(-1)! - wasmOf(a).at(-1)!;
    expect(wasm.at(-1)).toBe(Math.max(...wasm));
    expect(grown).toBeGreaterThan(more / 4);
    expect(b.use.held!.afterBytes).toBeGreaterThan(more);
    expect(Math.abs(held('afterBytes') - grown)).toBeLessThan(more / 4);
    if (!b.use.process) return;
    expect(b.use.process.peakBytes).toBeGreaterThan(a.use.process!.peakBytes + more);
    // All that is held was touched, and so is in the process: what is counted twice would not be.
    expect(b.use.process.peakBytes).toBeGreaterThan(b.use.held!.peakBytes);
  });

  test('counts what is made on the GPU', async () => {
    const { use } = await pass('tfjs', 'webgl', await tfjsOperator('Relu', 1 << 20));
    const made = use.series.find(({ id }) => id === 'gpuBuffers')!.bytes.filter((bytes) => bytes !== null);
    // At least the input’s texture and the output’s; TF.js packs four numbers in a texel, and makes some more.
    expect(Math.max(...made)).toBeGreaterThan(8 << 20);
    expect(Math.max(...made)).toBeLessThan(48 << 20);
  });

  test('says nothing of tensors where the framework does not', { tags: ['slow'] }, async () => {
    const { use, outcome } = await pass('ort', 'wasm', await onnxChain(['Selu']));
    expect(outcome).toBe('done');
    expect(use.live).toBeNull();
    expect(use.held!.peakBytes).toBeGreaterThan(use.phases[0]!.peakBytes.jsHeap!);
  });

  test('that fails says so, and keeps what it saw until then', async () => {
    const { use, outcome, detail } = await pass('ort', 'wasm', await onnxChain(['Selu']), true);
    expect(outcome).toBe('failed');
    expect(detail).toMatch(/^Memory over the run could not be recorded to its end: In the browser, set-up failed/);
    expect(use.phases.map(({ title }) => title)).toEqual(['Blank page', 'Loading', 'Setup']);
    expect(use.held!.afterBytes).toBeNull();
  });
});
