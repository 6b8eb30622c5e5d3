import type { GpuLog } from '../src/bundle/gpuLog.js';
import type { Baseline, Manifest } from '../src/bundle/manifest.js';
import type { MemoryLog } from '../src/bundle/memoryLog.js';
import type { OperatorLog } from '../src/bundle/operatorLog.js';
import type { PageManifest } from '../src/bundle/pageManifest.js';
import type { Scheduling } from '../src/bundle/scheduling.js';
import type { WasmLog } from '../src/bundle/wasmLog.js';
import { type Fact as AnyFact, type Get as AnyGet, unknown } from '../src/fact.js';
import type { Trace } from '../src/trace/trace.js';
import type { DecodedModules } from '../src/wasm/decodedModules.js';
import type { Symbols } from '../src/wasm/readSymbols.js';

/** Everything that an analysis starts from, read from disk by somebody else. */
export interface AnalyzerInput {
  /** File or folder as the user named it. */
  readonly name: string;
  readonly toolVersion: string;
  /** Of a harness run; null for a trace without a bundle, and for a page that was watched. */
  readonly manifest: Manifest | null;
  /** Of a page that was watched. */
  readonly page: PageManifest | null;
  readonly baseline: Baseline | null;
  /** What the kernel says of the threads during the trace pass. */
  readonly scheduling: Scheduling | null;
  /** What the page asked of the GPU during the trace pass. */
  readonly gpu: GpuLog | null;
  /** Time per operator, from a pass of its own. */
  readonly kernels: OperatorLog | null;
  /** Of the profiling pass; null where it left none. */
  readonly operatorTrace: Trace | null;
  /** What the run held, from a pass of its own. */
  readonly memory: MemoryLog | null;
  /** When a page that was watched called into Wasm. */
  readonly wasm: WasmLog | null;
  readonly trace: Trace | null;
  /** Bytes of the modules that ran, as far as they are there. */
  readonly modules: readonly ModuleBytes[];
  /** Names for functions of a stripped module. */
  readonly symbols: Symbols | null;
  /** Name of the user-timing measures that are the windows; `*` stands for anything. Null: find them. */
  readonly mark: string | null;
}

export interface ModuleBytes {
  readonly url: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** An input with the Wasm modules that were decoded before, and where to keep those decoded now. */
export interface Given extends AnalyzerInput {
  readonly decoded: DecodedModules;
}

export type Fact<T> = AnyFact<T, Given>;
export type Get = AnyGet<Given>;

/** Declares something that can be known of an input. */
export const fact = <T>(id: string, compute: (get: Get) => T | null): Fact<T> => ({ id, compute });

/** The bundle of a run that the tool drove itself. */
export const manifest = fact('manifest', ({ input }) => input.manifest);

/** The bundle of a page that was watched. */
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

/** Time between two CPU samples that the recording was made with, µs. */
export const sampledEveryUs = fact('sampledEveryUs', (get) => get(bundle).trace?.samplingIntervalUs ?? null);
