import type { OutputCheck, Placement } from '../src/bundle/manifest.js';
import type { PageTask } from './contention/pageTasks.js';
import type { ThreadUse } from './contention/threadUse.js';
import type { Workers } from './contention/workers.js';
import type { FrameCounts } from './frames/frames.js';
import type { Gap } from './gap/gap.js';
import type { GpuUse } from './gpu/gpuUse.js';
import type { InstructionSet } from './instructions/instructionSet.js';
import type { WasmUse } from './instructions/wasmUse.js';
import type { Latency } from './latency/latency.js';
import type { MemoryUse } from './memory/memory.js';
import type { Note } from './note.js';
import type { Kernel, KernelTotals } from './operators/operators.js';
import type { Partition } from './partition/partition.js';
import type { Timeline } from './partition/timeline.js';
import type { CompileUse } from './runtime/compile.js';
import type { GcUse } from './runtime/garbageCollection.js';
import type { GlueUse } from './runtime/glue.js';
import type { MemoryGrowth } from './runtime/memoryGrowth.js';
import type { AnalysisSource, BrowserFacts, MachineFacts, PageFacts, RunFacts } from './source/source.js';
import type { TraceFacts } from './source/traceFacts.js';
import type { Inferences } from './windows/inferences.js';

export type { KernelPeaks } from '../src/bundle/kernelLog.js';
export type { OutputCheck, Placement } from '../src/bundle/manifest.js';

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
