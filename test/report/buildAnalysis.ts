import type { BesideRun } from '../../analyzers/gap/beside.js';
import type { Effect } from '../../analyzers/gap/effects.js';
import { type Analysis, analyze } from '../../analyzers/index.js';
import type { Prediction } from '../../analyzers/latency/latency.js';
import type { Operator } from '../../analyzers/operators/operators.js';
import type { CauseTime } from '../../analyzers/partition/partition.js';
import type { Timeline } from '../../analyzers/partition/timeline.js';
import type { CompileRow } from '../../analyzers/runtime/compile.js';
import { ladderSteps } from '../../analyzers/steps/sources/ladder.js';
import { stepsOf } from '../../analyzers/steps/steps.js';
import { validityOf } from '../../analyzers/validity/validity.js';
import type { Interval } from '../../src/stats/interval.js';
import { RunBuilder } from '../analyzers/buildRun.js';
import { buildStacks } from './buildStacks.js';

/** Nothing is known of an empty trace: every part of an analysis is there, and null. */
const empty = analyze(new RunBuilder().input({}));

const stacks = buildStacks();

/** A whole analysis with the numbers of a real run: PP-OCR's detector on ONNX Runtime Web, about 50 ms against 12 ms native. */
export function buildAnalysis(overrides: Partial<Analysis> = {}): Analysis {
  return { ...withSteps({ ...measured(), ...overrides }), ...overrides };
}

/** The same, with the steps and the verdict that follow from what it holds. */
export function withSteps(analysis: Analysis): Analysis {
  const validity = validityOf(analysis, { dataLoss: false, traceLost: null });
  return { ...analysis, steps: stepsOf(analysis, validity), refuted: ladderSteps(analysis).refuted, validity };
}

function measured(): Analysis {
  const timed = prediction(52.1, 0.05, 40);
  const traced = prediction(53.4, 0.05, 17);
  return {
    ...empty,
    ...stacks,
    command: 'trace collect --model pp-ocr-det --input x=1x3x320x320 --threads 1',
    schema: 'inferscope.analysis/1',
    toolVersion: '0.1.0',
    source: { name: 'traces/pp-ocr-det-ort-wasm-1', kind: 'bundle', complete: true },
    run: {
      id: 'pp-ocr-det-ort-wasm-1t-20261123-0912',
      startedAt: '2026-11-23T09:12:44.120Z',
      model: 'pp-ocr-det',
      modelArgument: 'pp-ocr-det',
      modelTitle: 'PP-OCRv4 text detector',
      modelBytes: 4_745_517,
      inputs: [{ name: 'x', type: 'float32', shape: [1, 3, 320, 320] }],
      framework: 'ort',
      frameworkVersion: '1.30.0',
      backend: 'wasm',
      threads: 1,
      threadsAsked: 1,
      simd: null,
      on: 'worker',
      crossOriginIsolated: true,
      isolated: true,
      seed: 1,
      rounds: 4,
      replicates: 4,
    },
    page: null,
    inferences: null,
    machine: {
      os: 'Linux 6.8, Debian 12',
      cpu: 'Intel Xeon Platinum 8481C',
      cores: 2,
      memoryBytes: 8_340_000_000,
      node: '20.20.2',
      vectorFeatures: ['sse4.2', 'avx2', 'fma', 'avx512f'],
      busyCores: 0.12,
    },
    browser: {
      product: 'Chromium 156.0.7444.59',
      headless: true,
      commandLine: 'chromium --headless=new --no-sandbox --no-first-run --disable-background-networking --disable-sync',
      gpu: 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)))',
      softwareRendering: true,
      driver: 'SwANGLE 5.0.0',
      webgl: 'software',
      webgpu: 'software',
      sandboxed: false,
    },
    latency: {
      setupMs: 812.4,
      settling: { firstMs: 71, predictions: 15 },
      warmupMs: 96.4,
      prediction: timed,
      modes: null,
      traced: { setupMs: 846.2, warmupMs: 101.3, prediction: traced },
      observerEffect: 1.025,
      observerEffectCi95: [1.006, 1.047],
    },
    outputs: {
      match: true,
      tolerance: 1e-4,
      outputs: [{ name: 'sigmoid_0.tmp_0', shape: [1, 1, 320, 320], maxRelativeDifference: 3.1e-7, problem: null }],
    },
    partition: {
      windows: 17,
      windowMedianMs: 53.4,
      typical: { windows: 17, ms: 53.4 },
      samples: 11_400,
      windowSource: 'the run’s own marks',
      causes: [
        cause('isa.simd128', '128-bit SIMD Wasm', 43.1, 0.807),
        cause('isa.scalar', 'Scalar Wasm', 8.71, 0.163),
        cause('runtime.glue', 'Framework JavaScript', 0.64, 0.012),
        cause('runtime.gc', 'Garbage collection', 0.21, 0.004),
        cause('contention.preempted', 'Runnable, not running', 0.48, 0.009),
        cause('unattributed', 'Unattributed', 0.26, 0.005),
      ],
      unattributedShare: 0.005,
      allWindows: { ms: 53.4, causes: [] },
      warmup: [
        cause('runtime.compile', 'Wasm and JavaScript compile', 44.2, 0.436),
        cause('isa.simd128', '128-bit SIMD Wasm', 43.4, 0.429),
        cause('isa.scalar', 'Scalar Wasm', 9.1, 0.09),
        cause('runtime.memory', 'Growing and copying memory', 3.3, 0.032),
        cause('unattributed', 'Unattributed', 1.3, 0.013),
      ],
    },
    outliers: null,
    gap: {
      baseline: 'onnxruntime-node 1.30.0, CPU, 1 thread',
      nativeMs: 12.7,
      nativeCi95Ms: [12.4, 13.1],
      nativeSamplesMs: samples(12.7, 0.04, 40),
      nativeSetupMs: 61.2,
      nativeWarmupMs: 21.8,
      ratio: 4.1,
      ratioCi95: [3.92, 4.31],
      others: [],
      scaling: [
        { threads: 1, medianMs: 52.1, ci95Ms: [51, 53.4], speedup: 1, efficiency: 1, efficiencyCi95: [1, 1] },
        { threads: 2, medianMs: 30.2, ci95Ms: [28.1, 32.4], speedup: 1.73, efficiency: 0.863, efficiencyCi95: [0.79, 0.93] },
      ],
      beside: [
        beside('tier.baseline', 71.3, [68, 74.9], 'A page whose DevTools debugger is open takes 71.3 ms longer.'),
        beside('threads.2', -21.9, [-24.6, -19.1], '2 threads would save 21.9 ms (19.1 to 24.6).'),
      ],
      effects: [
        effect('effect.isa', 'isa', 22.4, [20.9, 24.1]),
        effect('effect.library', 'library', 11.2, [8.8, 13.5]),
        effect('effect.bounds', 'runtime.bounds', 4.9, [4.1, 5.8]),
        effect('effect.stack', 'runtime.stack', -0.2, [-0.9, 0.5]),
        effect('effect.page', 'contention.page', 1.1, [0.2, 2.1]),
      ],
    },
    wasm: {
      modules: [
        {
          url: 'http://127.0.0.1:9000/ort-wasm-simd-threaded.wasm',
          sha256: '9f2c51a0b7e64d38c1aa',
          bytes: 14_012_331,
          functions: 17_120,
          features: ['simd128', 'threads', 'bulk-memory'],
        },
      ],
      functions: [
        wasmFunction(2415, 0.37, 'isa.simd128', { simdFloat: 0.44, simdLoad: 0.21, scalarInt: 0.11, control: 0.04, other: 0.2 }),
        wasmFunction(1422, 0.29, 'isa.simd128', {
          simdFloat: 0.39,
          simdLoad: 0.24,
          simdStore: 0.04,
          scalarInt: 0.1,
          other: 0.23,
        }),
        wasmFunction(1709, 0.14, 'isa.scalar', {
          scalarInt: 0.38,
          scalarFloat: 0.06,
          load: 0.16,
          store: 0.11,
          control: 0.11,
          other: 0.18,
        }),
        wasmFunction(1518, 0.06, 'isa.simd128', {
          simdFloat: 0.3,
          simdLoad: 0.2,
          load: 0.1,
          scalarInt: 0.15,
          control: 0.05,
          other: 0.2,
        }),
        wasmFunction(880, 0.03, null, null),
      ],
    },
    timeline: timeline(),
    instructionSet: {
      cpu: { vectorBits: 512, fusedMultiplyAdd: true },
      scalar: { ran: true, share: 0.16, held: true, why: 'Largest: wasm-function[1709] 14.0 %.' },
      simd128: { ran: true, share: 0.82, held: true, why: 'Largest: wasm-function[2415] 37.0 %, wasm-function[1422] 29.0 %.' },
      relaxed: { ran: false, share: 0, held: false, why: 'None of the 17120 functions holds relaxed SIMD.' },
      threads: { ran: false, share: 0, held: true, why: 'One thread was asked for, by --threads or its default.' },
      bound: { factor: 8, why: 'At most 8 times as much arithmetic per instruction.' },
      measured: null,
    },
    threads: [
      { thread: 'DedicatedWorker thread 41', owner: true, ranMs: 51.2, waitedMs: 1.1, sleptMs: 1.1, spinShare: 0 },
      { thread: 'ThreadPoolForegroundWorker 44', owner: false, ranMs: 0.8, waitedMs: 0.2, sleptMs: 52.4, spinShare: null },
    ],
    workers: {
      threads: [
        {
          thread: 'DedicatedWorker thread 41',
          owner: true,
          busyMs: 49.8,
          spinningMs: 1.4,
          waitingMs: 0.9,
          idleMs: 1.3,
          preemptedMs: 1.1,
        },
        {
          thread: 'DedicatedWorker thread 43',
          owner: false,
          busyMs: 31.2,
          spinningMs: 12,
          waitingMs: 9,
          idleMs: 1.2,
          preemptedMs: null,
        },
      ],
      threadsLeftOut: 0,
      imbalance: 0.23,
      ownerWaitedMs: 2.3,
    },
    pageTasks: [
      { name: 'TimerFire', script: 'https://shop.example/ads.js', count: 6, totalMs: 4.8, longestMs: 1.2 },
      { name: 'Layout', script: null, count: 2, totalMs: 0.6, longestMs: 0.4 },
    ],
    compile: {
      totalMs: 1240,
      phases: {
        setup: { windowMs: 900, totalMs: 900, criticalMs: 210, awaitedMs: 40 },
        warmup: { windowMs: 180, totalMs: 240, criticalMs: 40, awaitedMs: 0 },
        predictions: { windowMs: 920, totalMs: 100, criticalMs: 0, awaitedMs: 0 },
      },
      rows: [
        compileRow('topTier', 42, 920, 0, ['ThreadPoolForegroundWorker 44', 'ThreadPoolForegroundWorker 45']),
        compileRow('lazy', 3599, 270, 250, ['DedicatedWorker thread 41']),
      ],
      rowsLeftOut: 0,
      timeline: {
        lengthMs: 2400,
        phases: [
          { phase: 'setup', startMs: 0, endMs: 800 },
          { phase: 'warmup', startMs: 810, endMs: 990 },
          { phase: 'predictions', startMs: 1200, endMs: 1253 },
        ],
        rows: [
          { thread: 'DedicatedWorker thread 41', tier: 'lazy', startMs: 300, endMs: 700, busyMs: 210 },
          { thread: 'ThreadPoolForegroundWorker 44', tier: 'topTier', startMs: 500, endMs: 1400, busyMs: 880 },
        ],
        threadsLeftOut: 0,
      },
      beforeTopTier: {
        jobs: 42,
        lastJobEndMs: 1400,
        windowsBefore: 4,
        warmup: { atMost: 1, atLeast: 0.2 },
        predictions: { atMost: 0.24, atLeast: 0.01 },
        functions: [
          {
            name: 'wasm-function[2415]',
            index: 2415,
            module: 'https://shop.example/ort.wasm',
            share: 0.4,
            atMost: 0.2,
            atLeast: 0,
          },
        ],
        evidence: 'At most: all Wasm time before the last of 42 top-tier jobs ended.',
      },
    },
    gc: {
      ownerInWindowsMs: 3.4,
      rows: [
        {
          kind: 'minor',
          thread: 'DedicatedWorker thread 41',
          owner: true,
          count: 3,
          totalMs: 5.1,
          longestMs: 2.2,
          setupMs: 1.7,
          warmupMs: 0,
          predictionsMs: 3.4,
          outsideMs: 0,
          inWindows: { count: 2, longestMs: 2.2 },
          freedBytes: 1_200_000,
        },
      ],
      rowsLeftOut: 0,
      by: [{ script: 'https://shop.example/app.js', function: 'toTensor', line: 12, ms: 2.3, share: 2.3 / 3.4 }],
    },
    glue: {
      ms: 0.9,
      leftOverMs: 0,
      scripts: [{ script: 'https://shop.example/ort.min.mjs', ms: 0.9, share: 0.017 }],
      functions: [
        {
          cause: 'runtime.glue',
          builtin: null,
          function: 'run',
          script: 'https://shop.example/ort.min.mjs',
          line: 6,
          column: 40_337,
          ms: 0.7,
          samples: 400,
          share: 0.013,
        },
        {
          cause: 'runtime.memory',
          builtin: 'set',
          function: 'run',
          script: 'https://shop.example/ort.min.mjs',
          line: 6,
          column: 40_337,
          ms: 0.2,
          samples: 400,
          share: 0.004,
        },
      ],
      functionsLeftOut: 0,
    },
    memoryGrowth: {
      count: 4,
      countInWindows: 0,
      totalMs: 1.1,
      longestMs: 0.6,
      setupMs: 0.7,
      warmupMs: 0.4,
      predictionsMs: 0,
      outsideMs: 0,
      bytes: null,
    },
    gpu: null,
    placement: null,
    ...kernels(),
    memory: null,
    qoe: null,
    accuracy: null,
    frames: {
      during: { vsyncs: 54, onTime: 4, partial: 2, missed: 3, idle: 45, longestGapMs: 83.3, p95GapMs: 50 },
      outside: { vsyncs: 212, onTime: 212, partial: 0, missed: 0, idle: 0, longestGapMs: 16.7, p95GapMs: 16.7 },
      periodMs: 16.7,
    },
    trace: {
      events: 214_883,
      bytes: 31_400_000,
      durationMs: 6120,
      processes: [
        { pid: 4012, name: 'Renderer', threads: 14 },
        { pid: 3981, name: 'GPU Process', threads: 9 },
        { pid: 3950, name: 'Browser', threads: 31 },
      ],
      measures: [
        { name: 'inferscope.predict', count: 17, medianMs: 53.4 },
        { name: 'decode', count: 2, medianMs: 4.2 },
      ],
      busiestThreads: [
        { thread: 'DedicatedWorker thread (4012/19)', busyMs: 1820, sampled: true },
        { thread: 'CrRendererMain (4012/1)', busyMs: 143, sampled: true },
        { thread: 'Compositor (4012/8)', busyMs: 38, sampled: false },
      ],
    },
    notes: [
      {
        id: 'no-sandbox',
        level: 'warning',
        text: 'The browser ran without its sandbox (--no-sandbox), since it was started as root.',
      },
      { id: 'no-gpu-timer', level: 'lack', text: 'Device time was not measured: there is no GPU, rendering is in software.' },
    ],
  };
}

function kernels(): Pick<Analysis, 'kernels' | 'kernelTotals'> {
  const unsampled = { samples: 0, functions: null, outsideWasm: null, executedFlops: null };
  const fn = (index: number, share: number) => ({
    name: `wasm-function[${index}]`,
    index,
    module: 'wasm://wasm/0a1b2c3d',
    cause: 'isa.simd128',
    mix: { simdFloat: 0.4, simdLoad: 0.3, scalarInt: 0.2, other: 0.1 },
    samples: share * 200,
    share,
  });
  const sampledIn = (index: number, samples: number) => {
    const { share: _, ...rest } = fn(index, 1);
    return { ...rest, module: 'ort-wasm-simd-threaded.wasm', samples };
  };
  const kernel = (
    name: string,
    operator: string,
    ms: number,
    nativeMs: number | null,
    pairedBy: Operator['pairedBy'],
  ): Operator => ({
    name,
    operator,
    kind: operator === 'Resize' ? 'resize' : operator === 'Conv' ? 'depthwise' : 'pointwise',
    provider: 'CPU',
    shape: '1×96×40×40',
    ms,
    share: ms / 49.8,
    nativeMs,
    ratio: nativeMs && ms / nativeMs,
    nativeName: nativeMs === null ? null : `${name}_nchwc`,
    pairedBy,
    flops: null,
    bytes: null,
    roofMs: null,
    couldSaveMs: null,
    gflops: null,
    gigabytesPerSecond: null,
    bound: null,
    ...unsampled,
  });
  const reached = { flops: 234e6, bytes: 5.6e6, gflops: 23, gigabytesPerSecond: 0.55, bound: 'compute' } as const;
  const unknown = { flops: null, bytes: null, gflops: null, gigabytesPerSecond: null, bound: null };
  return {
    kernels: [
      { ...kernel('p2o.Conv.26', 'Conv', 10.2, 2.1, 'shape'), ...reached, roofMs: 5.7, couldSaveMs: 4.4 },
      {
        ...kernel('p2o.ConvTranspose.0', 'ConvTranspose', 6.12, 1.9, 'name'),
        ...reached,
        gflops: 4.1,
        bound: 'overhead',
        roofMs: 5.7,
        couldSaveMs: 0.41,
      },
      kernel('p2o.Resize.1', 'Resize', 0.9, null, null),
    ],
    kernelTotals: {
      source: 'onnxruntime-web 1.30.0, wasm',
      nativeSource: 'onnxruntime-node 1.30.0, CPU',
      ownProfile: false,
      predictions: 10,
      onDevice: false,
      onHost: true,
      ms: 49.8,
      hostMs: 49.8,
      profiledMs: 52.8,
      coverage: 0.956,
      profiledCoverage: 0.943,
      scale: 0.987,
      nativeMs: 11.9,
      nativeHostMs: 11.9,
      nativeProfiledMs: 12.8,
      flops: 920e6,
      flopsShare: 0.97,
      gflops: 19,
      peaks: { threads: 2, instructions: 'simd128', gigaflops: 41, gigabytesPerSecond: 18 },
      sampling: { samples: 240, doubtful: 3, clockErrorMs: 0.006 },
      samplingLack: null,
      types: [
        {
          operator: 'Conv',
          count: 62,
          ms: 38.1,
          share: 0.765,
          nativeCount: 62,
          nativeMs: 7.9,
          ratio: 4.82,
          ...reached,
          samples: 200,
          functions: [fn(2415, 0.62), fn(1709, 0.3)],
          outsideWasm: 0.02,
          executedFlops: null,
        },
        {
          operator: 'ReorderOutput',
          count: 0,
          ms: 0,
          share: 0,
          nativeCount: 52,
          nativeMs: 0.8,
          ratio: null,
          ...unknown,
          ...unsampled,
        },
      ],
      groups: [
        {
          kind: 'depthwise',
          title: 'depthwise convolutions',
          count: 14,
          ms: 9.4,
          share: 0.19,
          paired: { count: 14, ms: 9.4, nativeMs: 0.64 },
          roof: { count: 14, ms: 9.4, roofMs: 0.9 },
          aboveMs: 8.5,
          couldSaveMs: 8.39,
          largest: { shape: '1×96×40×40', count: 4, ms: 3.1 },
          samples: 60,
          functions: [fn(1709, 0.8)],
          outsideWasm: 0.02,
          executedFlops: null,
        },
        {
          kind: 'pointwise',
          title: '1×1 convolutions',
          count: 30,
          ms: 21.3,
          share: 0.43,
          paired: { count: 30, ms: 21.3, nativeMs: 5.1 },
          roof: { count: 30, ms: 21.3, roofMs: 15.2 },
          aboveMs: 6.1,
          couldSaveMs: 6.02,
          largest: { shape: '1×24×80×80', count: 2, ms: 8.8 },
          samples: 140,
          functions: [fn(2415, 0.9)],
          outsideWasm: 0.01,
          executedFlops: null,
        },
        {
          kind: 'resize',
          title: 'resizings',
          count: 1,
          ms: 0.9,
          share: 0.018,
          paired: null,
          roof: null,
          aboveMs: null,
          couldSaveMs: null,
          largest: { shape: '1×96×40×40', count: 1, ms: 0.9 },
          ...unsampled,
        },
      ],
      functions: [
        {
          ...sampledIn(2415, 126),
          kinds: [
            { kind: 'pointwise', samples: 120, share: 0.95 },
            { kind: 'depthwise', samples: 6, share: 0.05 },
          ],
          operators: [{ name: 'p2o.ConvTranspose.0', samples: 40 }],
        },
      ],
    },
  };
}

/** A trace that someone else recorded, in which no window was found. */
export function buildTraceAnalysis(overrides: Partial<Analysis> = {}): Analysis {
  const whole = buildAnalysis();
  const unmeasured: Analysis = {
    ...whole,
    source: { name: 'Trace-20261123T101500.json.gz', kind: 'trace', complete: true },
    run: null,
    machine: null,
    browser: null,
    latency: null,
    outputs: null,
    partition: null,
    gap: null,
    wasm: null,
    timeline: null,
    callTrees: null,
    typicalWindow: null,
    command: null,
    instructionSet: null,
    threads: null,
    workers: null,
    pageTasks: null,
    compile: null,
    gc: null,
    glue: null,
    memoryGrowth: null,
    gpu: null,
    placement: null,
    kernels: [],
    kernelTotals: null,
    frames: null,
    setUps: null,
    notes: [
      { id: 'windows', level: 'lack', text: 'No window was found: the trace has none of our marks, and no measure was named.' },
      { id: 'modules', level: 'lack', text: 'The trace holds no module bytes, so instructions of Wasm functions are unknown.' },
    ],
    ...overrides,
  };
  return { ...withSteps(unmeasured), ...overrides };
}

function prediction(medianMs: number, spread: number, n: number): Prediction {
  return { medianMs, ci95Ms: [medianMs * 0.979, medianMs * 1.025], n, samplesMs: samples(medianMs, spread, n) };
}

/** Fixed numbers that look like latencies: dense near the median, a tail to the slow side. */
function samples(medianMs: number, spread: number, n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => {
    const at = (i + 0.5) / n;
    return medianMs * (1 + spread * (at - 0.5) + (at > 0.9 ? (at - 0.9) * 2 * spread * 5 : 0));
  });
}

function cause(id: string, title: string, ms: number, share: number): CauseTime {
  const ci95Ms: Interval = [ms * 0.97, ms * 1.04];
  const meaning = `Time in which a prediction was held by: ${title.toLowerCase()}.`;
  return {
    id,
    title,
    meaning,
    ms,
    ci95Ms,
    share,
    evidence: 'CPU samples of the owner’s thread, decoded functions of the captured module',
  };
}

function wasmFunction(index: number, share: number, causeId: string | null, mix: Readonly<Record<string, number>> | null) {
  const name = `wasm-function[${index}]`;
  const place = { module: 'ort-wasm-simd-threaded.wasm', thread: 'DedicatedWorker thread (4012/19)' };
  return {
    name,
    index,
    ...place,
    share,
    selfMs: share * 53.4 * 17,
    cause: causeId,
    causes: [],
    counted: false,
    floats: null,
    gflops: null,
    mix,
    bodyBytes: 1000 + index,
  };
}

function timeline(): Timeline {
  const worker = 'DedicatedWorker thread (4012/19)';
  const main = 'CrRendererMain (4012/1)';
  const row = (thread: string, startMs: number, endMs: number, causeId: string, label: string) => {
    return { thread, startMs, endMs, cause: causeId, label };
  };
  return {
    windowMs: 53.4,
    rows: [
      row(worker, 0, 0.6, 'runtime.glue', 'run'),
      row(worker, 0.6, 21.3, 'isa.simd128', 'wasm-function[2415]'),
      row(worker, 21.3, 29.4, 'isa.scalar', 'wasm-function[1709]'),
      row(worker, 29.4, 29.9, 'contention.preempted', 'not running'),
      row(worker, 29.9, 52.6, 'isa.simd128', 'wasm-function[1422]'),
      row(worker, 52.6, 52.9, 'runtime.gc', 'MinorGC'),
      row(worker, 52.9, 53.4, 'unattributed', ''),
      row(main, 3.1, 4.4, 'contention.page', 'RunTask'),
      row(main, 30.2, 31.8, 'contention.page', 'Layout'),
    ],
  };
}

function effect(id: string, alias: string, ms: number, ci95Ms: [number, number]): Effect {
  return {
    id,
    alias,
    title: `Effect of the ${id.replace('effect.', '')}`,
    ms,
    ci95Ms,
    evidence: 'an interleaved pair of runs',
    advice: 'Do something about it.',
  };
}

function beside(id: string, ms: number, ci95Ms: [number, number], advice: string): BesideRun {
  const compared = { outputDifference: null, outputsAgree: null };
  return {
    id,
    title: `Run with ${id.replace('.', ' ')}`,
    ms,
    ci95Ms,
    ratio: 1,
    ratioCi95: [1, 1],
    ...compared,
    evidence: 'against the page as used',
    advice,
  };
}

function compileRow(tier: string, count: number, totalMs: number, criticalMs: number, threads: readonly string[]): CompileRow {
  return {
    tier,
    module: 'https://shop.example/ort.wasm',
    count,
    totalMs,
    setupMs: totalMs * 0.7,
    warmupMs: totalMs * 0.2,
    predictionsMs: totalMs * 0.1,
    outsideMs: 0,
    criticalMs,
    critical: { setup: criticalMs * 0.84, warmup: criticalMs * 0.16, predictions: 0 },
    threads,
    threadCount: threads.length,
  };
}
