import type { CloseLook, StudyInput, StudyRunInput } from '../../../analyzers/study/studyInput.js';
import type { Manifest } from '../../../src/bundle/manifest.js';
import type { Study, StudyCell } from '../../../src/bundle/study.js';
import { baseline, buildManifest } from '../buildManifest.js';

/** A cell named by its factors. */
export function buildCell(overrides: Partial<StudyCell> = {}): StudyCell {
  const cell = { model: 'alpha', framework: 'ort', backend: 'wasm', threads: 2, simd: null, on: 'worker', ...overrides } as const;
  const simd = cell.simd === null ? [] : [cell.simd ? 'simd' : 'nosimd'];
  return {
    ...cell,
    id: overrides.id ?? [cell.model, cell.framework, cell.backend, `t${cell.threads}`, ...simd, cell.on].join('.'),
  };
}

/** A run with one fresh browser; latencies as given, each a timing pass of one round. */
export function buildRun(
  cell: StudyCell,
  round: number,
  times: { browserMs: number[]; nativeMs?: number[]; tfjsNodeMs?: number[]; setupMs?: number; warmupMs?: number },
  overrides: Partial<Manifest> = {},
): StudyRunInput {
  const setups = [
    { setupMs: times.setupMs ?? 300, warmupMs: times.warmupMs ?? 100, settlingMs: [], nativeSetupMs: null, nativeWarmupMs: null },
  ];
  const { browserMs, nativeMs = [], tfjsNodeMs } = times;
  const rounds = [{ part: 'before' as const, replicate: 0, browserMs, nativeMs, ...(tfjsNodeMs && { tfjsNodeMs }) }];
  const plain = buildManifest();
  const manifest = buildManifest({
    workload: { ...plain.workload, model: { ...plain.workload.model, name: cell.model, title: `The ${cell.model}` } },
    timingPass: { setupMs: setups[0]!.setupMs, warmupMs: setups[0]!.warmupMs, setups, rounds },
    outputs: { match: true, tolerance: 1e-3, outputs: [] },
    ...overrides,
  });
  return { cell: cell.id, round, manifest, baseline: times.nativeMs ? baseline : null };
}

/** A study in which every run given is done, and nothing else was to be run. */
export function buildStudyInput(
  cells: readonly StudyCell[],
  runs: readonly StudyRunInput[],
  overrides: Partial<Omit<StudyInput, 'study'>> & { study?: Partial<Study> } = {},
): StudyInput {
  const { study, ...rest } = overrides;
  return {
    name: 'studies/small',
    toolVersion: '0',
    runs,
    unreadable: [],
    unsplit: [],
    close: [],
    ...rest,
    study: {
      schema: 'inferscope.study/1',
      toolVersion: '0',
      name: 'small',
      description: 'A small study',
      startedAt: '2026-01-02T03:04:05.000Z',
      sha256: 'a'.repeat(64),
      seed: 7,
      rounds: 3,
      machine: buildManifest().machine,
      cells: [...cells],
      excluded: [],
      order: runs.map(({ cell, round }) => ({ cell, round })),
      runs: runs.map(({ cell, round }) => done(cell, round)),
      ...study,
    },
  };
}

export const done = (cell: string, round: number): Study['runs'][number] => {
  return { cell, round, outcome: 'done', reason: null, startedAt: '2026-01-02T03:04:05.000Z', tookMs: 1000 };
};

export const failed = (cell: string, round: number, reason: string): Study['runs'][number] => {
  return { ...done(cell, round), outcome: 'failed', reason };
};

/** One run looked at closely: three quarters Wasm, one quarter unattributed; two types of operators; memory ten times the model. */
export function buildLook(cell: StudyCell, overrides: Partial<CloseLook> = {}): CloseLook {
  const cause = (id: string, share: number) => {
    const ms = share * 100;
    return { id, title: id, meaning: id, ms, ci95Ms: [ms, ms] as const, share, evidence: '' };
  };
  const unknown = { flops: null, bytes: null, gflops: null, gigabytesPerSecond: null, bound: null };
  const unsampled = { samples: 0, functions: null, outsideWasm: null, executedFlops: null };
  const type = { nativeCount: 1, nativeMs: 10, ...unknown, ...unsampled };
  return {
    cell: cell.id,
    round: 0,
    partition: {
      windows: 12,
      windowMedianMs: 100,
      typical: { windows: 12, ms: 100 },
      samples: 1000,
      windowSource: 'the run’s own marks',
      causes: [cause('isa.simd128', 0.75), cause('unattributed', 0.25)],
      unattributedShare: 0.25,
      allWindows: { ms: 100, causes: [] },
      warmup: null,
    },
    memory: {
      modelBytes: 1000,
      live: { peakBytes: 2000, phase: 'Prediction', ratio: 2, afterBytes: 0 },
      held: { peakBytes: 10_000, phase: 'Warm-up', ratio: 10, afterBytes: 9000 },
      process: { peakBytes: 50_000, phase: 'Warm-up', ratio: 50, afterBytes: null },
      gpuProcess: null,
      timesMs: [],
      series: [],
      phases: [],
    },
    qoe: null,
    accuracy: null,
    kernelTotals: {
      source: 'onnxruntime-web',
      nativeSource: 'onnxruntime-node',
      ownProfile: false,
      predictions: 3,
      onDevice: false,
      onHost: true,
      ms: 50,
      hostMs: 50,
      profiledMs: 55,
      coverage: 0.95,
      profiledCoverage: 0.9,
      nativeMs: 20,
      nativeHostMs: 20,
      nativeProfiledMs: 21,
      flops: 0,
      flopsShare: 0,
      scale: 1,
      gflops: null,
      peaks: null,
      sampling: null,
      samplingLack: null,
      types: [
        { operator: 'Conv', count: 3, ms: 40, share: 0.8, ratio: 4, ...type },
        { operator: 'Add', count: 2, ms: 10, share: 0.2, ratio: 1, ...type },
        { operator: 'Native', count: 0, ms: 0, share: 0, ratio: null, ...type },
      ],
      groups: [],
      functions: null,
    },
    placement: null,
    notes: [],
    softwareGpu: null,
    ...overrides,
  };
}
