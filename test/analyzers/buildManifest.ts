import { type Manifest, manifestSchema } from '../../src/bundle/manifest.js';

/** A complete run: three rounds before and after the trace pass, the browser at 60 ms and native at 20 ms, no variation. */
export function buildManifest(overrides: Partial<Manifest> = {}): Manifest {
  const round = { browserMs: [60, 60], nativeMs: [20, 20] };
  return manifestSchema.parse({
    schema: 'inferscope.run/1',
    toolVersion: '0',
    id: 'r1',
    startedAt: '2026-01-02T03:04:05.000Z',
    status: 'complete',
    asked: [],
    reason: null,
    workload: {
      model: { name: 'model', title: 'A model', bytes: 1000, sha256: 'b'.repeat(64) },
      inputs: [],
      framework: 'ort',
      backend: 'wasm',
      on: 'worker',
      threadsAsked: 2,
      seed: 1,
    },
    machine: { os: 'Linux', cpu: 'CPU', cores: 4, memoryBytes: 1e9, node: 'v20', vectorFeatures: null, busyCores: 0 },
    browser: {
      product: 'Chrome/156',
      executable: '/opt/chrome',
      headless: true,
      sandboxed: true,
      commandLine: null,
      gpu: null,
      softwareRendering: false,
    },
    framework: { version: '1.30.0', threads: 2, crossOriginIsolated: true, hardwareConcurrency: 4 },
    timingPass: {
      setupMs: 300,
      warmupMs: 100,
      rounds: (['before', 'before', 'before', 'after', 'after', 'after'] as const).map((part) => ({ part, ...round })),
    },
    tracePass: { setupMs: 400, warmupMs: 150, iterationsMs: Array.from({ length: 12 }, () => 63) },
    phases: null,
    trace: { categories: [], compressedBytes: 1, dataLoss: false, samplingIntervalUs: 1000 },
    modules: [],
    outputs: null,
    collectors: {},
    ...overrides,
  });
}

export const baseline = {
  schema: 'inferscope.baseline/1',
  provider: 'cpu',
  library: 'onnxruntime',
  cpuOperators: null,
  runtime: 'onnxruntime-node 1.30.0, CPU',
  threads: 2,
  setupMs: 100,
  warmupMs: 30,
} as const;
