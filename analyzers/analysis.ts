import type { KernelPeaks } from '../src/bundle/kernelLog.js';
import type { OutputCheck } from '../src/bundle/outputCheck.js';
import type { Placement } from '../src/bundle/placement.js';

export type { KernelPeaks } from '../src/bundle/kernelLog.js';
export type { OutputCheck } from '../src/bundle/outputCheck.js';
export type { Placement } from '../src/bundle/placement.js';

/**
 * What `trace analyze --json` prints and the report shows. Paths named in the README are stable; milliseconds everywhere,
 * shares are fractions of 1, `…Ci95` are 95 % intervals [low, high], null means not measured (a note says why).
 */
export interface Analysis {
  readonly schema: 'inferscope.analysis/1';
  readonly toolVersion: string;
  readonly source: AnalysisSource;
  readonly run: RunFacts | null;
  /** Of a page that was watched; null for a harness run, and for a trace without a bundle. */
  readonly page: PageFacts | null;
  /** How the inferences were found in what somebody else wrote; null for a harness run, which marks its own, and without a trace. */
  readonly inferences: Inferences | null;
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
  /** The same by CPU samples: who computed, polled and waited. Null where the owner works alone, or nothing was sampled. */
  readonly workers: Workers | null;
  /** What the page did in the middle of windows that is not the inference; null without a window. */
  readonly pageTasks: readonly PageTask[] | null;
  /** What V8 compiled, when, and what waited for it; null where the trace does not tell. */
  readonly compile: CompileUse | null;
  /** Garbage collections of the run's processes; null without a window, or where there were none. */
  readonly gc: GcUse | null;
  /** JavaScript behind `runtime.glue` and `runtime.memory`; null where none was sampled in windows. */
  readonly glue: GlueUse | null;
  /** Growing of Wasm memories; null without a window, or where none grew. */
  readonly memoryGrowth: MemoryGrowth | null;
  /** What the page asked of the GPU; null where no log of it was kept. */
  readonly gpu: GpuUse | null;
  /** Where the operators of a prediction ran, of a backend that may pass them on; null where the framework does not tell. */
  readonly placement: Placement | null;
  /** Time per operator of the browser's graph, most first; empty where no profiling pass recorded it. */
  readonly kernels: readonly Kernel[];
  /** What they add up to, and by type; null where no profiling pass recorded it. */
  readonly kernelTotals: KernelTotals | null;
  /** Over a pass of its own; null where none was made. */
  readonly memory: MemoryUse | null;
  readonly frames: FrameCounts | null;
  readonly trace: TraceFacts | null;
  /** What could not be measured or is doubtful, and why; most important first. */
  readonly notes: readonly Note[];
}

/** Infinite where there is too little to make one of; in JSON null. */
export type Interval = readonly [low: number, high: number];

export interface Note {
  readonly id: string;
  /** `warning`: a number above is doubtful; `lack`: a number is missing. */
  readonly level: 'warning' | 'lack' | 'info';
  readonly text: string;
}

/** In which Wasm functions the time of an operator is, or of all of a type, by CPU samples that were taken while it ran. */
export interface OperatorFunctions {
  /** On the thread that ran it, and on others that computed in Wasm meanwhile. */
  readonly samples: number;
  /** Most first, 3 at most; null where there are too few samples, or it cannot be told at all. */
  readonly functions: readonly OperatorFunction[] | null;
  /** Share of the samples that is in no Wasm function: in JavaScript, or in the browser itself; null as above. */
  readonly outsideWasm: number | null;
}

export interface OperatorFunction {
  /** `wasm-function[N]`, or its name. Untrusted text, as is the module. */
  readonly name: string;
  /** Imports counted; null where neither name nor module gives it. */
  readonly index: number | null;
  /** URL of its module. */
  readonly module: string;
  /** Null without the bytes of its module. */
  readonly cause: string | null;
  readonly samples: number;
  /** Of all samples of the operator. */
  readonly share: number;
}

/** How well it is known which functions the operators’ time is in. */
export interface KernelSampling {
  /** In the time of operators, on all threads that count. */
  readonly samples: number;
  /** Of them, those that may be of an operator of another type, by the clocks’ error: they are left out. */
  readonly doubtful: number;
  /** Of the operators’ times on the clock of the samples, either way. */
  readonly clockErrorMs: number;
}

/** One operator of the graph as the framework ran it in the browser; medians over the predictions of the profiling pass. */
export interface Kernel extends OperatorFunctions {
  /** The framework's name of it. Untrusted text, as all names here. */
  readonly name: string;
  readonly operator: string;
  /** What ran it: "CPU", "WebGpu". */
  readonly provider: string;
  /** Of its first output: "1×32×112×112". */
  readonly shape: string;
  /** On the device where that tells its times, else on the thread that ran it. */
  readonly ms: number;
  /** Of the sum of all such medians. */
  readonly share: number;
  /** Of the native operator that does the same; null where there is none, or it is not known which. */
  readonly nativeMs: number | null;
  readonly ratio: number | null;
  readonly nativeName: string | null;
  /** How that one is known: by its name, or as the n-th of the same type and shapes. */
  readonly pairedBy: 'name' | 'shape' | null;
  /** Floating-point operations by its type and shapes; null where no rule tells. */
  readonly flops: number | null;
  /** Inputs and outputs, each once; null where a type is not known, or the operator may only rename. */
  readonly bytes: number | null;
  /** 10⁹ operations, and bytes, per second; null where the time is not of the computation itself. */
  readonly gflops: number | null;
  readonly gigabytesPerSecond: number | null;
  /** What takes at least a quarter of its time at this machine's peaks, `overhead` where neither does; null where that is not known. */
  readonly bound: 'compute' | 'memory' | 'overhead' | null;
}

/** All operators of one type, fused ones with the others: "Conv". */
export interface KernelType extends OperatorFunctions {
  readonly operator: string;
  readonly count: number;
  readonly ms: number;
  readonly share: number;
  readonly nativeCount: number | null;
  readonly nativeMs: number | null;
  /** Null where one of both sides has none. */
  readonly ratio: number | null;
  /** As of one operator, of all of the type; null where it is not known of one of them. */
  readonly flops: number | null;
  readonly bytes: number | null;
  readonly gflops: number | null;
  readonly gigabytesPerSecond: number | null;
  readonly bound: Kernel['bound'];
}

/** Sums over the operators; medians over the predictions of the profiling pass. */
export interface KernelTotals {
  readonly source: string;
  readonly nativeSource: string | null;
  readonly predictions: number;
  /** Whether the browser's times are of the device. */
  readonly onDevice: boolean;
  /** Whether all operators ran on the processor. */
  readonly onHost: boolean;
  readonly ms: number;
  /** Time on the thread: the same without a device, else what asking it took. */
  readonly hostMs: number;
  /** Of a profiled prediction. */
  readonly profiledMs: number;
  /** `ms` as a share of a prediction of the timing pass; null where none was timed. */
  readonly coverage: number | null;
  /** `ms` as a share of a profiled prediction. */
  readonly profiledCoverage: number;
  readonly nativeMs: number | null;
  readonly nativeHostMs: number | null;
  readonly nativeProfiledMs: number | null;
  /** Of the operators of which it is known; together their share of `ms`. */
  readonly flops: number;
  readonly flopsShare: number;
  /** Their operations over their time; null where the times are not of the computation. */
  readonly gflops: number | null;
  /** What this machine's arithmetic and memory reach in this browser; null where not measured, or where operators ran on a device. */
  readonly peaks: KernelPeaks | null;
  /** Null where it cannot be told in which functions their time is; then `samplingLack` says why. */
  readonly sampling: KernelSampling | null;
  readonly samplingLack: string | null;
  readonly types: readonly KernelType[];
}

/** Memory over the memory pass: one run in a fresh browser of its own, from the blank page until after everything was disposed of. */
export interface MemoryUse {
  /** Of the model's files. */
  readonly modelBytes: number;
  /** Tensors that were alive, as the framework counts them; null where it does not. */
  readonly live: MemoryPeak | null;
  /** What the page held: JavaScript heap, array buffers and Wasm memory, whether tensors lived in it or not. */
  readonly held: MemoryPeak | null;
  /** Proportional set size of the page's process; null where the system does not tell. */
  readonly process: MemoryPeak | null;
  readonly gpuProcess: MemoryPeak | null;
  /** One time axis for all series, ms from the beginning of the pass. */
  readonly timesMs: readonly number[];
  readonly series: readonly MemorySeries[];
  readonly phases: readonly MemoryPhase[];
}

export interface MemoryPeak {
  readonly peakBytes: number;
  /** Title of the phase that it falls into. */
  readonly phase: string;
  /** Over the model's size. */
  readonly ratio: number;
  /** After everything was disposed of, and garbage collected; null where the run did not come so far. */
  readonly afterBytes: number | null;
}

export interface MemorySeries {
  readonly id: 'tensors' | 'wasm' | 'jsHeap' | 'arrayBuffers' | 'process' | 'gpuProcess' | 'gpuBuffers';
  readonly title: string;
  /** As long as the time axis; null where it was not told at that moment. */
  readonly bytes: readonly (number | null)[];
}

export interface MemoryPhase {
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  /** The highest value of each series in it, by the series' id; null where none fell into it. */
  readonly peakBytes: Readonly<Record<string, number | null>>;
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

/** A page that somebody else wrote, and how it was watched. All texts are the page's or the user's: untrusted. */
export interface PageFacts {
  readonly id: string;
  readonly startedAt: string;
  readonly url: string;
  readonly title: string;
  /** In a browser of the tool's own, or found open in one that ran. */
  readonly opened: 'launched' | 'attached';
  /** Whether it was recorded from its first line on, with hooks. */
  readonly fromStart: boolean;
  /** What recording was to end with, and what ended it. */
  readonly until: string;
  readonly ended: string | null;
  /** What the user should know of the state that the page was in. */
  readonly notes: readonly string[];
}

/** Times are ms from the begin of the trace. */
export interface Inferences {
  /** All of them, warm-up ones too. */
  readonly count: number;
  /** In words; may hold names of the page. Null where none was found. */
  readonly source: string | null;
  /** From 0 to 1, that these are the page's inferences; and how it comes about. Null where none was found. */
  readonly confidence: number | null;
  readonly confidenceWhy: string | null;
  /** That own them. */
  readonly threads: readonly string[];
  readonly phases: {
    /** Until the page could infer; null where its begin was not recorded. */
    readonly load: { readonly startMs: number; readonly endMs: number } | null;
    /** The first ones, which stand out. Times are of the very first, where it was recorded. */
    readonly warmup: InferencePhase;
    readonly steady: InferencePhase;
  };
  /** What was looked for, surest first, until something was found. */
  readonly lookedFor: readonly string[];
}

export interface InferencePhase {
  readonly count: number;
  readonly startMs: number | null;
  readonly endMs: number | null;
}

export interface MachineFacts {
  readonly os: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly node: string;
  /** Widest vectors and fused multiply-add of the CPU, e.g. ["sse4.2","avx2","fma","avx512f"]; null where unknown. */
  readonly vectorFeatures: readonly string[] | null;
  /** Cores that were busy right before, with whatever; null where it was not measured. */
  readonly busyCores: number | null;
}

export interface BrowserFacts {
  readonly product: string;
  /** Null of a browser that was found open: it is not known how it was started. */
  readonly headless: boolean | null;
  readonly commandLine: string | null;
  readonly gpu: string | null;
  readonly softwareRendering: boolean | null;
  /** Of the graphics card: who made it, and its version. */
  readonly driver: string | null;
  /** How the GPU process says that it serves them; null where it does not say. */
  readonly webgl: 'hardware' | 'software' | 'off' | null;
  readonly webgpu: 'hardware' | 'software' | 'off' | null;
  readonly sandboxed: boolean | null;
}

/** Of a page that was watched, which has one pass, all are of its inferences under the trace, and `traced` says the same. */
export interface Latency {
  readonly setupMs: number | null;
  readonly warmupMs: number | null;
  /** The first prediction after the warm-up, and how many were let pass before any counted; medians of the processes. Null where all counted. */
  readonly settling: { readonly firstMs: number; readonly predictions: number } | null;
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
  /** Other native runs in turn with the same predictions of the timing pass; empty for most runs. */
  readonly others: readonly OtherBaseline[];
  /** Measured by taking one factor away at a time; empty without a ladder. */
  readonly effects: readonly Effect[];
  /** What the page gains from threads, by their number; empty without a ladder, or with one number alone. */
  readonly scaling: readonly ThreadScaling[];
  /** What would happen if: the page as used with one thing changed, run beside the ladder; empty without one. */
  readonly beside: readonly BesideRun[];
}

/** A native run beside the one that the gap is against; of a TF.js model tfjs-node beside ONNX Runtime. */
export interface OtherBaseline {
  /** E.g. "tfjs-node 4.22.0, CPU, given 1 thread". */
  readonly baseline: string;
  readonly nativeMs: number;
  readonly nativeCi95Ms: Interval;
  /** Browser over this one. */
  readonly ratio: number;
  readonly ratioCi95: Interval;
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

/** Means per window, by CPU samples; the four times sum to the window's length. */
export interface Workers {
  /** The owner first, then the others by busy time; 32 at most. */
  readonly threads: readonly WorkerUse[];
  readonly threadsLeftOut: number;
  /** Busy time of the busiest over that of the mean, minus 1: 0 is an even split. Null where none was busy. */
  readonly imbalance: number | null;
  /** `contention.workers` and `contention.spin` of the owner: what it waited for the others, asleep or polling. */
  readonly ownerWaitedMs: number;
}

export interface WorkerUse {
  readonly thread: string;
  readonly owner: boolean;
  /** Executing, collecting or compiling; time in which it was preempted is in it, for samples do not tell. */
  readonly busyMs: number;
  /** Polling in a function that computes nothing. */
  readonly spinningMs: number;
  /** Asleep in a Wasm function until there is work (memory.atomic.wait). */
  readonly waitingMs: number;
  /** Without a task, or unknown. */
  readonly idleMs: number;
  /** Runnable without a core, by the kernel's figures: part of the others. Null without them. */
  readonly preemptedMs: number | null;
}

/** Tasks of one kind; sums over all windows. */
export interface PageTask {
  /** The first slice in the task that names something, or the function that ran. Untrusted text. */
  readonly name: string;
  /** URL of a script that it ran. Untrusted text. */
  readonly script: string | null;
  readonly count: number;
  readonly totalMs: number;
  readonly longestMs: number;
}

/** A time by phase of the run; phases without a mark are null, and their time is in `outsideMs`. Predictions: all windows together. */
export interface PhaseMs {
  readonly setupMs: number | null;
  readonly warmupMs: number | null;
  readonly predictionsMs: number;
  readonly outsideMs: number;
}

/** Sums over all threads of the run's processes, so they may exceed wall time. */
export interface CompileUse {
  readonly totalMs: number;
  readonly phases: {
    readonly setup: CompilePhase | null;
    readonly warmup: CompilePhase | null;
    /** All windows together. */
    readonly predictions: CompilePhase | null;
  };
  /** By tier and module or script, most time first; 40 at most. */
  readonly rows: readonly CompileRow[];
  readonly rowsLeftOut: number;
  /** For the picture of it; stretches of one tier and thread that are close together are one. */
  readonly timeline: {
    readonly lengthMs: number;
    readonly phases: readonly {
      readonly phase: 'setup' | 'warmup' | 'predictions';
      readonly startMs: number;
      readonly endMs: number;
    }[];
    readonly rows: readonly {
      readonly thread: string;
      readonly tier: string;
      readonly startMs: number;
      readonly endMs: number;
      /** Compile time in the stretch; the rest of it is gaps between jobs. */
      readonly busyMs: number;
    }[];
    readonly threadsLeftOut: number;
  };
  readonly beforeTopTier: BeforeTopTier | null;
}

export interface CompilePhase {
  /** Wall time of the phase. */
  readonly windowMs: number;
  /** On all threads. */
  readonly totalMs: number;
  /** On the critical path: `runtime.compile` of the partition, before time off the CPU is taken out of it. */
  readonly criticalMs: number;
  /** Helper threads compiled (not the top tier) while the owner was idle and nothing else is known: it may have waited for it. */
  readonly awaitedMs: number;
}

export interface CompileRow extends PhaseMs {
  /** decode, lazy, baseline, topTier, cache, instantiate, javascript, profiler (a cost of recording), other. */
  readonly tier: string;
  /** URL of the module or script; null where the trace does not tell. Untrusted text. */
  readonly module: string | null;
  /** Slices: functions of `lazy`, jobs of several functions of `topTier`, chunks of `decode`. */
  readonly count: number;
  readonly totalMs: number;
  /** Of it, on the critical paths of the phases; wall time. */
  readonly criticalMs: number;
  readonly critical: { readonly setup: number; readonly warmup: number; readonly predictions: number };
  /** Busiest first, 4 at most. */
  readonly threads: readonly string[];
  readonly threadCount: number;
}

/** Bounds of the share of Wasm self time in baseline code that the top tier replaced later. */
export interface BeforeTopTier {
  /** Top-tier jobs, of one or more functions each. */
  readonly jobs: number;
  /** From the start of set-up, or of the first window; null without a job. */
  readonly lastJobEndMs: number | null;
  /** Windows that began before that. */
  readonly windowsBefore: number;
  /** Null where no Wasm was sampled. */
  readonly warmup: { readonly atMost: number; readonly atLeast: number } | null;
  readonly predictions: { readonly atMost: number; readonly atLeast: number } | null;
  /** In predictions, those with time before the last job ended; 20 at most. */
  readonly functions: readonly {
    readonly name: string;
    readonly index: number | null;
    readonly module: string;
    /** Of all Wasm self time in predictions. */
    readonly share: number;
    /** Of its own time. */
    readonly atMost: number;
    readonly atLeast: number;
  }[];
  /** What the bounds rest on, in words. */
  readonly evidence: string;
}

export interface GcUse {
  /** On the owners' threads inside the windows, in slices: `runtime.gc`, but for collections that only samples show. */
  readonly ownerInWindowsMs: number;
  /** By kind and thread, owners first; 24 at most. */
  readonly rows: readonly GcRow[];
  readonly rowsLeftOut: number;
}

export interface GcRow extends PhaseMs {
  /** minor, major, incremental, code (Wasm code), blink, concurrent, other. */
  readonly kind: string;
  readonly thread: string;
  readonly owner: boolean;
  /** Over the whole trace. */
  readonly count: number;
  readonly totalMs: number;
  readonly longestMs: number;
  readonly inWindows: { readonly count: number; readonly longestMs: number };
  /** By V8's own account; null where it gives none. */
  readonly freedBytes: number | null;
}

/** Means per window. */
export interface GlueUse {
  /** `runtime.glue`, as its mean. */
  readonly ms: number;
  /** Of it, in windows without a sample that tells whose it is. */
  readonly leftOverMs: number;
  /** `runtime.glue` by script, most first; 12 at most. */
  readonly scripts: readonly { readonly script: string | null; readonly ms: number; readonly share: number }[];
  /** By function and builtin, most first; 24 at most. */
  readonly functions: readonly GlueFunction[];
  readonly functionsLeftOut: number;
}

export interface GlueFunction {
  readonly cause: 'runtime.glue' | 'runtime.memory';
  /** Name of the builtin that has the time, which the function below calls; null: the function itself has it. */
  readonly builtin: string | null;
  /** Null where no script is on the stack. Untrusted text, as is the URL. */
  readonly function: string | null;
  readonly script: string | null;
  /** Where the function begins, 1-based, as DevTools shows it. */
  readonly line: number | null;
  readonly column: number | null;
  readonly ms: number;
  /** Of the windows' time. */
  readonly share: number;
}

export interface MemoryGrowth extends PhaseMs {
  readonly count: number;
  readonly countInWindows: number;
  readonly totalMs: number;
  readonly longestMs: number;
  /** The trace does not say by how much. */
  readonly bytes: null;
}

/** One typical window (that of median length), for the picture of it by thread. */
export interface GpuUse {
  readonly devices: readonly GpuDevice[];
  /** Sums over the phase, by the page's own clock and what it handed over; null without such a phase. */
  readonly phases: {
    readonly setup: GpuPhase | null;
    readonly warmup: GpuPhase | null;
    /** Mean of a window. */
    readonly predictions: GpuPhase | null;
  };
  readonly programs: GpuPrograms;
  /**
   * Warm-ups of the timing pass, without the hook, ms: each in a fresh page, all in one browser, so that only the first finds it new.
   * Empty without a timing pass.
   */
  readonly warmupsMs: readonly number[];
  /** Calls that wait for an answer or move bytes, by name and place in a script; those that cost predictions most first, then the warm-up. */
  readonly calls: readonly GpuCallRow[];
  readonly callsLeftOut: number;
  /** What the page's buffers held at the most, and in the end; null where the API does not tell. */
  readonly memory: { readonly peakBytes: number; readonly heldBytes: number } | null;
  /** How well the device's times are known on the trace's clock; null where it told none. */
  readonly clock: { readonly errorMs: number | null } | null;
  /** Devices and contexts that were lost, and what validation complained of. Untrusted text. */
  readonly losses: readonly string[];
  readonly errors: readonly string[];
  /** Calls that were not written down, as there were too many. */
  readonly dropped: number;
}

export interface GpuDevice {
  readonly api: 'webgpu' | 'webgl';
  readonly vendor: string;
  readonly architecture: string;
  /** As the API describes it. Untrusted text. */
  readonly description: string;
  /** Computed by the CPU, without a GPU. */
  readonly software: boolean;
  /** How the device's time is known: by timestamps of each pass, by the length of stretches of draws, or not at all. */
  readonly timing: 'timestamps' | 'elapsed' | 'none';
}

export interface GpuPhase {
  readonly submissions: number;
  /** Dispatches and draws. */
  readonly dispatches: number;
  readonly programs: number;
  /** On the page's thread, in calls that make programs: the rest of that work is in the GPU process. */
  readonly programMs: number;
  readonly uploads: number;
  readonly uploadBytes: number;
  readonly uploadMs: number;
  readonly readbacks: number;
  readonly readbackBytes: number;
  /** From the call until the bytes were there. */
  readonly readbackMs: number;
  readonly roundTrips: number;
  /** The page's thread was blocked. */
  readonly roundTripMs: number;
  /** Passes that the device timed, and their length; 0 where it timed none. They go on while the page does something else, too. */
  readonly passes: number;
  readonly deviceMs: number;
  /** The GPU process was busy with the page's commands, and of that with shaders and pipelines, as far as its slices tell. */
  readonly processMs: number;
  readonly compileMs: number;
  /** Commands of WebGPU that the GPU process took up; 0 where the trace does not tell. */
  readonly commandBytes: number;
}

export interface GpuPrograms {
  /** Calls that made one. */
  readonly count: number;
  /** Of them, those whose very source had been compiled before. */
  readonly repeated: number;
  readonly inPredictions: number;
  /** Most often made first; 24 at most. */
  readonly rows: readonly {
    readonly call: string;
    /** As the page labels it; null where it does not. Untrusted text. */
    readonly label: string | null;
    /** Of its source; of a pipeline: null. */
    readonly characters: number | null;
    readonly count: number;
    readonly setup: number;
    readonly warmup: number;
    readonly predictions: number;
    /** Until it was there, where the page asked to be told; else of the calls alone. */
    readonly ms: number;
    readonly site: CallSite | null;
  }[];
  readonly rowsLeftOut: number;
}

export interface GpuCallRow {
  readonly call: string;
  /** upload, readback, roundTrip, poll, submission. */
  readonly kind: string;
  readonly site: CallSite | null;
  /** Over the whole trace. */
  readonly count: number;
  /** Mean of a window. */
  readonly perPrediction: { readonly count: number; readonly ms: number; readonly bytes: number };
  readonly warmup: { readonly count: number; readonly ms: number; readonly bytes: number };
  readonly longestMs: number;
}

/** Where in which script a call was made. Untrusted text. */
export interface CallSite {
  readonly function: string | null;
  readonly script: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** The whole stack, innermost first. */
  readonly stack: readonly string[];
}

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
