import type { OutputCheck } from '../src/bundle/outputCheck.js';

export type { OutputCheck } from '../src/bundle/outputCheck.js';

/**
 * What `trace analyze --json` prints and the report shows. Paths named in the README are stable; milliseconds everywhere,
 * shares are fractions of 1, `…Ci95` are 95 % intervals [low, high], null means not measured (a note says why).
 */
export interface Analysis {
  readonly schema: 'inferscope.analysis/1';
  readonly toolVersion: string;
  readonly source: AnalysisSource;
  readonly run: RunFacts | null;
  readonly machine: MachineFacts | null;
  readonly browser: BrowserFacts | null;
  readonly latency: Latency | null;
  readonly outputs: OutputCheck | null;
  readonly partition: Partition | null;
  readonly gap: Gap | null;
  readonly wasm: WasmUse | null;
  /** Null where no Wasm ran in the windows. */
  readonly instructionSet: InstructionSet | null;
  readonly timeline: Timeline | null;
  /** What each thread of the windows' processes did in them, by the kernel's word; busiest first. Null without scheduling figures. */
  readonly threads: readonly ThreadUse[] | null;
  /** Time per operator; empty until a profiling pass recorded it. */
  readonly kernels: readonly never[];
  readonly memory: null;
  readonly frames: FrameCounts | null;
  readonly trace: TraceFacts | null;
  /** What could not be measured or is doubtful, and why; most important first. */
  readonly notes: readonly Note[];
}

export type Interval = readonly [low: number, high: number];

export interface Note {
  readonly id: string;
  /** `warning`: a number above is doubtful; `lack`: a number is missing. */
  readonly level: 'warning' | 'lack' | 'info';
  readonly text: string;
}

export interface AnalysisSource {
  /** File or folder as the user named it. Untrusted text. */
  readonly name: string;
  readonly kind: 'bundle' | 'trace';
  /** False if the bundle says that collecting did not finish, or the trace is cut. */
  readonly complete: boolean;
}

export interface RunFacts {
  readonly id: string;
  readonly startedAt: string;
  readonly model: string;
  readonly modelTitle: string;
  readonly modelBytes: number;
  readonly inputs: readonly { readonly name: string; readonly type: string; readonly shape: readonly number[] }[];
  readonly framework: string;
  readonly frameworkVersion: string;
  readonly backend: string;
  /** Threads that the framework was given; `threadsAsked` what the user asked for. */
  readonly threads: number;
  readonly threadsAsked: number;
  /** False: the framework's modules without SIMD ran; null where it has no others. */
  readonly simd: boolean | null;
  readonly on: 'worker' | 'main';
  readonly crossOriginIsolated: boolean;
  readonly seed: number;
  readonly rounds: number;
  /** Fresh processes over which the timing pass was repeated. */
  readonly replicates: number;
}

export interface MachineFacts {
  readonly os: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly node: string;
  /** Widest vectors and fused multiply-add of the CPU, e.g. ["sse4.2","avx2","fma","avx512f"]; null where unknown. */
  readonly vectorFeatures: readonly string[] | null;
  readonly loadAverage1m: number | null;
}

export interface BrowserFacts {
  readonly product: string;
  readonly headless: boolean;
  readonly commandLine: string | null;
  readonly gpu: string | null;
  readonly softwareRendering: boolean | null;
  readonly sandboxed: boolean;
}

export interface Latency {
  readonly setupMs: number | null;
  readonly warmupMs: number | null;
  readonly prediction: Prediction | null;
  /** The same, of the iterations under the trace. */
  readonly traced: { readonly setupMs: number | null; readonly warmupMs: number | null; readonly prediction: Prediction | null };
  /** Traced median over timed median: what recording costs; 1.02 = 2 % slower. */
  readonly observerEffect: number | null;
  readonly observerEffectCi95: Interval | null;
}

export interface Prediction {
  readonly medianMs: number;
  readonly ci95Ms: Interval;
  readonly n: number;
  readonly samplesMs: readonly number[];
}

export interface Partition {
  /** How many windows (predictions under the trace) were split. */
  readonly windows: number;
  readonly windowMedianMs: number;
  /** CPU samples of the windows' own threads inside them: what the shares rest on. */
  readonly samples: number;
  /** Where the windows came from: the run's own marks, or user timing named by --mark, or a guess. */
  readonly windowSource: string;
  /** Every cause with time in some window, largest share first, `unattributed` last. */
  readonly causes: readonly CauseTime[];
  readonly unattributedShare: number;
  /** The same causes for the warm-up iteration, or null. */
  readonly warmup: readonly CauseTime[] | null;
}

export interface CauseTime {
  readonly id: string;
  readonly title: string;
  /** What it means, one sentence. */
  readonly meaning: string;
  readonly medianMs: number;
  readonly ci95Ms: Interval;
  /** Of the windows' total wall time; shares of all causes sum to 1. */
  readonly share: number;
  readonly evidence: string;
}

export interface Gap {
  /** E.g. "onnxruntime-node 1.30.0, CPU, 1 thread". */
  readonly baseline: string;
  readonly nativeMs: number;
  readonly nativeCi95Ms: Interval;
  readonly nativeSamplesMs: readonly number[];
  readonly nativeSetupMs: number | null;
  readonly nativeWarmupMs: number | null;
  readonly ratio: number;
  readonly ratioCi95: Interval;
  /** Measured by taking one factor away at a time; empty without a ladder. */
  readonly effects: readonly Effect[];
  /** What the page gains from threads, by their number; empty without a ladder, or with one number alone. */
  readonly scaling: readonly ThreadScaling[];
  /** What would happen if: the page as used with one thing changed, run beside the ladder; empty without one. */
  readonly beside: readonly BesideRun[];
}

/** The page as used with so many threads. */
export interface ThreadScaling {
  readonly threads: number;
  readonly medianMs: number;
  readonly ci95Ms: Interval;
  /** Latency with one thread over latency with these. */
  readonly speedup: number;
  /** Of each thread: the speedup over the number of threads. 1 is perfect. */
  readonly efficiency: number;
  readonly efficiencyCi95: Interval;
}

export interface BesideRun {
  readonly id: string;
  readonly title: string;
  /** Latency beyond that of the page as used: positive is slower. Not part of the gap. */
  readonly ms: number;
  readonly ci95Ms: Interval;
  readonly evidence: string;
  readonly advice: string;
}

export interface Effect {
  readonly id: string;
  readonly title: string;
  /** What of the gap goes away with the factor; negative if it helps. All effects sum to the gap. */
  readonly ms: number;
  readonly ci95Ms: Interval;
  /** How it was measured, or bounded. */
  readonly evidence: string;
  /** What a user could do about it, and what that would gain. */
  readonly advice: string;
}

export interface WasmUse {
  readonly modules: readonly WasmModuleFacts[];
  /** Functions by self time inside the windows, largest first. */
  readonly functions: readonly WasmFunctionTime[];
}

export interface WasmModuleFacts {
  readonly url: string;
  readonly sha256: string | null;
  readonly bytes: number | null;
  readonly functions: number | null;
  /** E.g. ["simd128","threads"]: SIMD and threads of any function, others of those sampled; null if the bytes are missing. */
  readonly features: readonly string[] | null;
}

export interface WasmFunctionTime {
  /** wasm-function[N], or its name. */
  readonly name: string;
  readonly index: number | null;
  readonly module: string;
  readonly thread: string;
  /** Of its thread's time in the windows. */
  readonly share: number;
  readonly selfMs: number;
  /** The cause it was given to, e.g. isa.simd128; null without module bytes. */
  readonly cause: string | null;
  /** Fractions of the instructions in its innermost loops, by class, summing to 1; null without module bytes. */
  readonly mix: Readonly<Record<string, number>> | null;
  readonly bodyBytes: number | null;
}

/** What the CPU has, what of it the modules can use, and what really ran in the windows. */
export interface InstructionSet {
  /** By its feature flags; null where unknown. */
  readonly cpu: {
    /** Null where vectors have no fixed width. */
    readonly vectorBits: number | null;
    readonly fusedMultiplyAdd: boolean;
  } | null;
  /** Functions whose hot loops work on one number at a time. */
  readonly scalar: InstructionUse;
  /** Those whose hot loops work on 128-bit vectors, relaxed SIMD included. */
  readonly simd128: InstructionUse;
  readonly relaxed: InstructionUse;
  /** `share` is that of the threads beside those that own the windows. */
  readonly threads: InstructionUse;
  /** How many times as much arithmetic the CPU's widest instruction does as those that ran most: from its features, not measured. */
  readonly bound: { readonly factor: number; readonly why: string } | null;
  /** What the probes of the ladder reached, one sentence; null without a ladder. */
  readonly measured: string | null;
}

export interface InstructionUse {
  /** Whether it ran; null if that cannot be told. */
  readonly ran: boolean | null;
  /** Of the self time of all Wasm in the windows, on all threads; null if that cannot be told. */
  readonly share: number | null;
  /** Whether the modules that ran have such instructions, in any function; null without their bytes. */
  readonly held: boolean | null;
  /** One or two sentences. May hold names from the module: untrusted text. */
  readonly why: string;
}

/** Means per window; the three times sum to the window's length. */
export interface ThreadUse {
  readonly thread: string;
  /** The owner runs the call; the others are the browser's, or workers of the pool. */
  readonly owner: boolean;
  /** On a core. */
  readonly ranMs: number;
  /** Runnable, without a core: `contention.preempted`, as the kernel counts it. */
  readonly waitedMs: number;
  readonly sleptMs: number;
  /** Of its CPU samples in the windows, those in functions that poll: of the time on a core, what computes nothing. Null without samples. */
  readonly spinShare: number | null;
}

/** One typical window (that of median length), for the picture of it by thread. */
export interface Timeline {
  readonly windowMs: number;
  readonly rows: readonly {
    readonly thread: string;
    readonly startMs: number;
    readonly endMs: number;
    readonly cause: string;
    readonly label: string;
  }[];
}

export interface FrameCounts {
  readonly during: { readonly frames: number; readonly dropped: number };
  readonly outside: { readonly frames: number; readonly dropped: number };
}

export interface TraceFacts {
  readonly events: number;
  readonly bytes: number;
  readonly durationMs: number;
  readonly processes: readonly { readonly pid: number; readonly name: string; readonly threads: number }[];
  /** User-timing measures by name, most frequent first, for choosing a --mark. */
  readonly measures: readonly { readonly name: string; readonly count: number; readonly medianMs: number }[];
  readonly busiestThreads: readonly { readonly thread: string; readonly busyMs: number; readonly sampled: boolean }[];
}
