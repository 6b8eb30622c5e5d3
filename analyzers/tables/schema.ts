import type { TableSchema } from '../../src/table/schema.js';

/**
 * The tables of one analysis: what `trace notebook` writes beside the tables of the trace. A `row of X` column holds the row number
 * in table X, or -1 for none; `threads` is the table of the trace. Numbers that are not known are NaN, and texts empty. Names come
 * from pages, traces and models: untrusted text.
 */
export const analysisSchema = {
  /** In the order of the trace: what the partition splits, and set-up and warm-up where they are known. */
  windows: {
    kind: { type: 'dict', doc: 'prediction (an inference that counts), warm-up or setup' },
    thread: { type: 'i32', doc: 'row of threads: the owner' },
    startUs: { type: 'f64', doc: 'begin, µs on the trace clock' },
    endUs: { type: 'f64', doc: 'end, µs on the trace clock' },
    durationMs: { type: 'f64', doc: 'endUs − startUs, ms' },
    unexplainedMs: {
      type: 'f64',
      doc: 'off the CPU, and nothing shows whether the owner lacked a core or slept, ms; counted for what it was doing',
    },
  },
  /** The partition of each window: its rows sum to the window. Causes without time have no row. */
  causes: {
    window: { type: 'i32', doc: 'row of windows' },
    cause: { type: 'dict', doc: 'id of the cause: isa.simd128, runtime.glue, …, unattributed' },
    family: { type: 'dict', doc: 'its family: isa, runtime, page, contention, gpu, wait; empty of unattributed' },
    title: { type: 'dict', doc: 'its name for readers' },
    ms: { type: 'f64', doc: 'its time in the window, ms' },
  },
  /** The critical path of each window: stretches without overlap, by time. */
  path: {
    window: { type: 'i32', doc: 'row of windows' },
    cause: { type: 'dict', doc: 'id of the cause that the window waits for' },
    startUs: { type: 'f64', doc: 'begin, µs on the trace clock' },
    durationUs: { type: 'f64', doc: 'wall time, µs' },
  },
  /** What the threads that windows may depend on do in them, by thread and time; idle stretches have no row. */
  activities: {
    thread: { type: 'i32', doc: 'row of threads' },
    activity: { type: 'dict', doc: 'id of a cause' },
    startUs: { type: 'f64', doc: 'begin, µs on the trace clock' },
    durationUs: { type: 'f64', doc: 'wall time, µs' },
  },
  /** A row for each row of callFrames. */
  callFrameActivities: {
    frame: { type: 'i32', doc: 'row of callFrames' },
    function: { type: 'dict', doc: 'function name; of Wasm that of its module or of --symbols, where there is one' },
    activity: { type: 'dict', doc: 'what a sample counts for whose innermost call frame it is: id of a cause, or idle' },
  },
  /** Wasm functions by self time in the typical windows together, longest first. */
  functions: {
    name: { type: 'dict', doc: 'wasm-function[N], or its name' },
    index: { type: 'f64', doc: 'index of the function in its module; NaN if not known' },
    module: { type: 'dict', doc: 'URL of its module' },
    thread: { type: 'dict', doc: 'label of the thread' },
    share: { type: 'f64', doc: 'share of its thread’s time in these windows, 0 to 1' },
    selfMs: { type: 'f64', doc: 'self time in the typical windows, ms' },
    cause: { type: 'dict', doc: 'cause that it counts for; empty without the bytes of the module' },
    bodyBytes: { type: 'f64', doc: 'size of its body, bytes' },
    mix: {
      type: 'dict',
      doc: 'instructions that it executed by class, or those of its innermost loops where that was not counted, as JSON of shares; empty if not known',
    },
  },
  /** Operators of the model's graph as the framework ran them, longest first. */
  operators: {
    name: { type: 'dict', doc: 'name of the node' },
    operator: { type: 'dict', doc: 'its type: Conv, MatMul, …' },
    provider: { type: 'dict', doc: 'execution provider: CPU, WebGpu, …' },
    shape: { type: 'dict', doc: 'shape of its first output' },
    ms: { type: 'f64', doc: 'median over the profiled predictions, ms' },
    share: { type: 'f64', doc: 'share of the sum of these medians, 0 to 1' },
    nativeMs: { type: 'f64', doc: 'the native operator that does the same, ms' },
    ratio: { type: 'f64', doc: 'browser over native' },
    nativeName: { type: 'dict', doc: 'name of the native operator' },
    flops: { type: 'f64', doc: 'floating-point operations, by its type and shapes' },
    bytes: { type: 'f64', doc: 'size of inputs and outputs, each counted once' },
    gflops: { type: 'f64', doc: '10⁹ operations per second' },
    gigabytesPerSecond: { type: 'f64', doc: '10⁹ bytes per second' },
    bound: { type: 'dict', doc: 'compute, memory or overhead' },
  },
  /** Memory over the run of the memory pass. */
  memory: {
    series: { type: 'dict', doc: 'tensors, wasm, jsHeap, arrayBuffers, process, gpuProcess or gpuBuffers' },
    title: { type: 'dict', doc: 'its name for readers' },
    atMs: { type: 'f64', doc: 'since the start of the memory pass, ms' },
    bytes: { type: 'f64', doc: 'size, bytes' },
  },
  memoryPhases: {
    title: { type: 'dict', doc: 'name of the phase' },
    startMs: { type: 'f64', doc: 'since the start of the memory pass, ms' },
    endMs: { type: 'f64', doc: 'since the start of the memory pass, ms' },
  },
  /** Every latency that a run measured; of a watched page its inferences under the trace. */
  latencies: {
    pass: { type: 'dict', doc: 'timing (nothing records) or trace' },
    kind: { type: 'dict', doc: 'setup, warm-up, settling (predictions that do not count yet) or prediction' },
    runtime: { type: 'dict', doc: 'browser, native or tfjs-node' },
    replicate: { type: 'i32', doc: 'number of the fresh process; -1 where it is not known' },
    round: { type: 'i32', doc: 'number of the round in the whole pass; -1 of what is in no round' },
    iteration: { type: 'i32', doc: 'number in its round, or of the settling' },
    ms: { type: 'f64', doc: 'how long it took, ms' },
  },
  /** What the gap to native consists of, by the ladder. All rows sum to the gap. */
  effects: {
    effect: { type: 'dict', doc: 'id: effect.tier, …' },
    title: { type: 'dict', doc: 'its name for readers' },
    ms: { type: 'f64', doc: 'the part of the gap that goes away with the factor, ms' },
    lowMs: { type: 'f64', doc: 'low end of its 95 % interval, ms' },
    highMs: { type: 'f64', doc: 'high end, ms' },
  },
  /** Why a part of the analysis is null. What does not apply to the input has no row. */
  unknowns: {
    of: { type: 'dict', doc: 'key of the part in analysis.json: memory, kernelTotals, partition, …' },
    id: { type: 'dict', doc: 'id of the reason, as in the notes of the analysis' },
    text: { type: 'dict', doc: 'the reason, a sentence' },
  },
} as const satisfies Record<string, TableSchema>;

export type AnalysisTableName = keyof typeof analysisSchema;
