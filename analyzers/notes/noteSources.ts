import type { WasmFrames } from '../activity/wasmFrames.js';
import type { FoundWindows } from '../activity/window.js';
import type { ThreadUse } from '../contention/threadUse.js';
import type { GpuUse } from '../gpu/gpuUse.js';
import type { AnalyzerInput } from '../input.js';
import type { Latency } from '../latency/latency.js';
import type { MemoryUse } from '../memory/memory.js';
import type { KernelTotals } from '../operators/operators.js';
import type { Partition } from '../partition/partition.js';
import type { SplitWindows } from '../partition/splitWindows.js';
import type { CompileUse } from '../runtime/compile.js';

/** What notes are made of: what was given to the analysis, and what came of it; null where that could not be. */
export interface NoteSources {
  readonly input: AnalyzerInput;
  readonly found: FoundWindows | null;
  readonly split: SplitWindows | null;
  readonly partition: Partition | null;
  readonly latency: Latency | null;
  readonly wasm: WasmFrames | null;
  readonly threads: readonly ThreadUse[] | null;
  readonly gpu: GpuUse | null;
  readonly kernelTotals: KernelTotals | null;
  readonly memory: MemoryUse | null;
  readonly compile: CompileUse | null;
}
