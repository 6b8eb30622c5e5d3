import type { Bisect, BuildComparison } from '../../src/bundle/bisect.js';
import { COMPARED_RUNGS } from '../../src/stats/buildRatio.js';

/** Replicates in which a build takes `ratio` times as long as the reference, exactly but for a spread between them. */
export function replicatesOf(ratio: number, { count = 3, referenceMs = 20, spread = 0.002 } = {}): BuildComparison['replicates'] {
  return Array.from({ length: count }, (_, place) => ({
    rounds: Array.from({ length: 3 }, () =>
      COMPARED_RUNGS.map((rung) => ({
        rung,
        ms: [referenceMs * (rung === 'candidate' ? ratio * (1 + spread * (place - (count - 1) / 2)) : 1)],
      })),
    ),
  }));
}

export const comparedBuilds = (version: string, ratio: number, more: Partial<BuildComparison> = {}): BuildComparison => ({
  version,
  against: '1.0',
  replicates: replicatesOf(ratio),
  outputs: { match: true, tolerance: 1e-3, outputs: [] },
  tookMs: 40_000,
  budgetMs: 120_000,
  ...more,
});

/** A search among 1.0 … 1.6, with nothing done yet. */
export function buildBisect(overrides: Partial<Bisect> = {}): Bisect {
  return {
    schema: 'inferscope.bisect/1',
    toolVersion: '0',
    startedAt: '2026-01-01T00:00:00.000Z',
    plan: {
      package: 'onnxruntime-web',
      framework: 'ort',
      backend: 'wasm',
      on: 'worker',
      threads: 1,
      simd: null,
      model: { name: 'ppocr-det', title: 'PP-OCRv4 detector', sha256: 'a'.repeat(64) },
      inputs: [{ name: 'x', type: 'float32', shape: [1, 3, 320, 320] }],
      seed: 1,
      limit: 0.1,
      builds: ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6'],
      published: true,
    },
    machine: { os: 'os', cpu: 'cpu', cores: 2, memoryBytes: 1, node: 'v20', vectorFeatures: null, busyCores: null },
    browser: null,
    skipped: [],
    comparisons: [],
    runs: [],
    ...overrides,
  };
}
