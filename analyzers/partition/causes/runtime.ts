import { family, type Seen, sampled } from './cause.js';

/** Time in V8 itself and in the JavaScript around the computing. */
export const runtime = family('runtime', {
  compile: {
    title: 'Compiling',
    meaning: 'V8 compiling Wasm or JavaScript on the thread that waits for the result.',
    fill: '#e69f00',
    slices: [
      // In LogCode V8 reports new code to a profiler, while it compiles. This is part of the observer effect.
      /^wasm\.|^V8\.(LogCode|Wasm)/,
      /^v8\.(compile|compileModule|produceCache|produceModuleCache)$/,
      /^V8\.(Compile|Parse|PreParse|Optimize|Deoptimize|Recompile|TurboFan|TF|Maglev|Sparkplug|Baseline)/,
    ],
    evidence: (seen: Seen) =>
      seen.logCodeMs > 0
        ? `${sampled(seen)}; ${seen.logCodeMs.toFixed(1)} ms of wall time in LogCode, where V8 tells the profiler of new code: a cost of recording`
        : sampled(seen),
  },
  gc: {
    title: 'Garbage collection',
    meaning: 'V8 collecting garbage on the thread that runs the inference.',
    fill: '#b36b00',
    slices: [
      // V8 frees Wasm code that tier-up replaced:
      // https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/wasm/wasm-engine.cc
      'V8.WasmCodeGC',
      'wasm.ReportLiveCodeForGC',
      'wasm.FreeDeadCode',
      /^(MinorGC|MajorGC|V8\.GC|BlinkGC|CppGC)/,
    ],
    frames: { engine: ['(garbage collector)'] },
    evidence: sampled,
  },
  /** All JavaScript that no other rule claims: see callStacks.ts. */
  glue: {
    title: 'JavaScript glue',
    meaning:
      'The framework’s JavaScript, its bindings, and the native functions that they call, copies of inputs and outputs among them where V8 shows no frame of their own.',
    fill: '#f2c14e',
    mayBlock: true,
    evidence: sampled,
  },
  memory: {
    title: 'Memory',
    meaning: 'Growing Wasm memory, and copying between buffers.',
    fill: '#96722c',
    slices: [
      'wasm.GrowMemory',
      // On the other threads, after one of them grew their shared memory.
      'V8.WasmGrowSharedMemory',
    ],
    frames: {
      wasm: ['copy'],
      // They copy between buffers or grow them. If V8 inlines one, it has no call frame, and its caller gets the time.
      builtins: ['set', 'slice', 'copyWithin', 'fill', 'structuredClone', 'grow'],
    },
    cannotBlock: true,
    evidence: sampled,
  },
});
