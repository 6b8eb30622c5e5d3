import type { CauseId } from './causes.js';

/** Names of slices that are a cause by themselves, whatever was sampled during them. All are Chrome's own, none a page's. */
const RULES: readonly (readonly [pattern: RegExp, cause: CauseId])[] = [
  // V8.WasmGrowSharedMemory: what the other threads do when one of them grew the memory that they share.
  [/^(wasm\.GrowMemory|V8\.WasmGrowSharedMemory)$/, 'runtime.memory'],
  // Collecting code that tier-up has replaced: https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/wasm/wasm-engine.cc
  [/^(V8\.WasmCodeGC|wasm\.ReportLiveCodeForGC|wasm\.FreeDeadCode)$/, 'runtime.gc'],
  // wasm.LogCode and V8.LogCode are the price of having CPU samples at all: part of the observer effect, paid while compiling.
  [/^wasm\.|^V8\.(LogCode|Wasm)/, 'runtime.compile'],
  [/^v8\.(compile|compileModule|produceCache|produceModuleCache)$/, 'runtime.compile'],
  [/^V8\.(Compile|Parse|PreParse|Optimize|Deoptimize|Recompile|TurboFan|TF|Maglev|Sparkplug|Baseline)/, 'runtime.compile'],
  // Of a page's thread: pushing what it recorded towards the GPU process.
  [/^(DawnClientSerializer::Flush|CommandBufferHelper::Flush|CommandBufferProxyImpl::Flush|GpuChannel::Flush)$/, 'gpu.ipc'],
  [/^(MinorGC|MajorGC|V8\.GC|BlinkGC|CppGC)/, 'runtime.gc'],
];

/** The cause that a slice of this name is, or null if what was sampled during it decides. */
export function sliceCause(name: string): CauseId | null {
  return RULES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
