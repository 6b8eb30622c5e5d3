import type { CompileUse, GpuUse, KernelTotals, Latency, MemoryUse, Partition, ThreadUse } from '../analysis.js';
import type { AnalyzerInput } from '../input.js';
import type { SplitWindows } from '../splitWindows.js';
import type { WasmFrames } from '../wasmFrames.js';
import type { FoundWindows } from '../windows.js';

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
