import type { Manifest } from '../../src/bundle/manifest.js';

/** A manifest of a run that has just begun, with what a test needs of it replaced. */
export function buildManifest(overrides: Partial<Manifest> = {}): Manifest {
  return {
    schema: 'inferscope.run/1',
    toolVersion: '0.0.0',
    id: 'feed1234',
    startedAt: '2026-11-23T09:00:00.000Z',
    status: 'complete',
    asked: [],
    reason: null,
    workload: {
      model: { name: 'tiny', title: 'Tiny', bytes: 100, sha256: '0'.repeat(64), argument: null },
      inputs: [{ name: 'x', type: 'float32', shape: [1, 3] }],
      framework: 'ort',
      backend: 'wasm',
      on: 'worker',
      threadsAsked: 1,
      simd: null,
      isolated: true,
      seed: 1,
    },
    machine: {
      os: 'Linux',
      cpu: 'CPU',
      cores: 2,
      memoryBytes: 1e9,
      node: 'v20.0.0',
      vectorFeatures: ['avx2'],
      busyCores: 0.1,
    },
    browser: null,
    framework: null,
    timingPass: { setupMs: null, warmupMs: null, setups: [], rounds: [] },
    tracePass: { setupMs: null, warmupMs: null, settlingMs: [], iterationsMs: [] },
    phases: [],
    trace: null,
    modules: [],
    outputs: null,
    placement: null,
    ladder: null,
    collectors: {},
    ...overrides,
  };
}
