import type { AccuracyLog } from '../src/bundle/accuracyLog.js';
import type { CountLog } from '../src/bundle/countLog.js';
import type { GpuLog } from '../src/bundle/gpuLog.js';
import type { HeapLog } from '../src/bundle/heapLog.js';
import type { Baseline, Manifest } from '../src/bundle/manifest.js';
import type { MemoryLog } from '../src/bundle/memoryLog.js';
import type { OperatorLog } from '../src/bundle/operatorLog.js';
import type { PageManifest } from '../src/bundle/pageManifest.js';
import type { QoeLog } from '../src/bundle/qoeLog.js';
import type { Scheduling } from '../src/bundle/scheduling.js';
import type { VideoLog } from '../src/bundle/videoLog.js';
import type { VisitLog } from '../src/bundle/visitLog.js';
import type { WasmLog } from '../src/bundle/wasmLog.js';
import { type Fact as AnyFact, type Get as AnyGet, unknown } from '../src/fact.js';
import type { Trace } from '../src/trace/trace.js';
import type { DecodedModules } from '../src/wasm/decodedModules.js';
import type { Symbols } from '../src/wasm/readSymbols.js';

/** All data that an analysis starts from. It was read from disk before. Null means that there is none. */
export interface AnalyzerInput {
  /** File or folder as the user named it. */
  readonly name: string;
  readonly toolVersion: string;
  /** Manifest of a harness run; null for a trace without a bundle, and for a watched page. */
  readonly manifest: Manifest | null;
  /** Manifest of a watched page. */
  readonly page: PageManifest | null;
  readonly baseline: Baseline | null;
  /** Scheduling of the threads during the trace pass. */
  readonly scheduling: Scheduling | null;
  /** The page's calls of GPU APIs during the trace pass. */
  readonly gpu: GpuLog | null;
  /** Time per operator, from the profiling pass. */
  readonly kernels: OperatorLog | null;
  /** Trace of the profiling pass. */
  readonly operatorTrace: Trace | null;
  /** The run's memory, from the memory pass. */
  readonly memory: MemoryLog | null;
  /** Rounds in which a page was used while inference ran beside it. */
  readonly qoe: QoeInput | null;
  /** Calls of a watched page into Wasm. */
  readonly wasm: WasmLog | null;
  /** What the modules executed, counted by modules that were rewritten to do so. */
  readonly counts: CountLog | null;
  /** JavaScript heaps of a watched page. */
  readonly heaps: HeapLog | null;
  /** What a detector found in a scene that moves. */
  readonly accuracy: AccuracyLog | null;
  /** What a model found in a video of its user. */
  readonly video: VideoLog | null;
  /** The page opened several times in one profile. */
  readonly visits: VisitsInput | null;
  readonly trace: Trace | null;
  /** Bytes of the Wasm modules that ran. Modules may be missing. */
  readonly modules: readonly ModuleBytes[];
  /** Names for functions of a stripped module. */
  readonly symbols: Symbols | null;
  /** Name of the user-timing measures that are the windows; `*` stands for any text. Null: the windows are searched for. */
  readonly mark: string | null;
}

/** What there is of an input besides its trace, where nothing was recorded with it. */
export const NOTHING_BESIDE = {
  manifest: null,
  page: null,
  baseline: null,
  scheduling: null,
  gpu: null,
  kernels: null,
  operatorTrace: null,
  memory: null,
  qoe: null,
  wasm: null,
  counts: null,
  heaps: null,
  accuracy: null,
  video: null,
  visits: null,
} as const satisfies Partial<AnalyzerInput>;

/** A page that was used, with what was recorded of each round. */
export interface QoeInput {
  readonly log: QoeLog;
  /** In the order of the log’s rounds; or why what was recorded of one cannot be read. */
  readonly recorded: readonly (RecordedRound | { readonly problem: string })[];
}

export interface RecordedRound {
  readonly trace: Trace;
  /** Null without the scheduler’s records. */
  readonly scheduling: Scheduling | null;
}

/** Visits of a page, with what was recorded of each. */
export interface VisitsInput {
  readonly log: VisitLog;
  /** In the order of the log’s visits; or why the trace of one cannot be read. */
  readonly recorded: readonly ({ readonly trace: Trace } | { readonly problem: string })[];
}

export interface ModuleBytes {
  readonly url: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** An input with a store of decoded Wasm modules, to which new ones are added. */
export interface Given extends AnalyzerInput {
  readonly decoded: DecodedModules;
}

export type Fact<T> = AnyFact<T, Given>;
export type Get = AnyGet<Given>;

/** Declares a fact of an analyzer input. */
export const fact = <T>(id: string, compute: (get: Get) => T | null): Fact<T> => ({ id, compute });

/** Manifest of a harness run. */
export const manifest = fact('manifest', ({ input }) => input.manifest);

/** Manifest of a watched page. */
export const page = fact('page', ({ input }) => input.page);

export const bundle = fact(
  'bundle',
  ({ input }) =>
    input.manifest ??
    input.page ??
    unknown(
      'no-bundle',
      'This is a trace without a run bundle: there is no timing pass, no native baseline and no description of the machine. Record one with "trace collect".',
    ),
);

export const trace = fact(
  'trace',
  ({ input }) => input.trace ?? unknown('no-trace', 'There is no trace, so the time cannot be split by cause.'),
);

/** Sampling interval that the recording was made with, µs. */
export const sampledEveryUs = fact('sampledEveryUs', (get) => get(bundle).trace?.samplingIntervalUs ?? null);
