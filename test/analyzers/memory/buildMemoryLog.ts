import type { MemoryLog } from '../../../src/bundle/memoryLog.js';

/**
 * A run of 700 ms, a phase each 100 ms. The heap is of 2 MB and its array buffers of 1 MB, of 9 MB in the setup; Wasm memory grows to 20 MB in the
 * setup and 40 MB in the warm-up; tensors are at most 12 MB, in the second prediction.
 */
export function buildMemoryLog(overrides: Partial<MemoryLog> = {}): MemoryLog {
  const ids = ['blank', 'load', 'setup', 'warm-up', 'prediction', 'dispose', 'after'] as const;
  return {
    schema: 'inferscope.memory/1',
    source: 'by hand',
    intervalMs: 50,
    clockErrorMs: 1,
    phases: ids.map((phase, i) => ({ phase, startMs: 100 * i, endMs: 100 * i + 99 })),
    processes: {
      atMs: [10, 210, 310, 430, 650],
      pageBytes: [30e6, 60e6, 90e6, 80e6, 70e6],
      gpuBytes: [20e6, 20e6, null, 25e6, 20e6],
    },
    heaps: {
      atMs: [10, 220, 320, 420, 660],
      usedBytes: [1e6, 1e6, 1e6, 1e6, 1e6],
      totalBytes: [2e6, 2e6, 2e6, 2e6, 2e6],
      arrayBufferBytes: [0, 9e6, 1e6, 1e6, 0],
    },
    page: {
      atMs: [150, 230, 330, 410, 440, 550, 670],
      wasmBytes: [0, 20e6, 40e6, 40e6, 40e6, 40e6, 40e6],
      tensorBytes: [null, 5e6, 10e6, 6e6, 12e6, 0, 0],
      gpuBytes: [null, null, null, null, null, null, null],
    },
    ...overrides,
  };
}
