import type { WasmFunctions } from '../activity/wasmFunctions.js';

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
  /**
   * E.g. ["simd128","threads"]. SIMD and threads are looked up in all functions, other features in the sampled ones; null if the
   * bytes are missing.
   */
  readonly features: readonly string[] | null;
}

export interface WasmFunctionTime {
  /** wasm-function[N], or its name. */
  readonly name: string;
  readonly index: number | null;
  readonly module: string;
  readonly thread: string;
  /** Share of its thread's time in the windows. */
  readonly share: number;
  readonly selfMs: number;
  /** The cause that most of it counts for, e.g. isa.simd128; null without module bytes, unless what threads do in it tells. */
  readonly cause: string | null;
  /**
   * Of a function that works, all causes that it counts for or may count for, largest first: loops of one function may be of several.
   * Shares of its self time, which sum to 1, with the range that they may be in. Else empty.
   */
  readonly causes: readonly { readonly cause: string; readonly share: number; readonly low: number; readonly high: number }[];
  /** Whether it is known what it executed, so that its loops weigh by that; else its code alone is known. */
  readonly counted: boolean;
  /**
   * Float operations of one prediction, each lane by itself, on all threads together: of one number at a time, and of vectors; null where
   * that was not counted.
   */
  readonly floats: { readonly scalar: number; readonly vector: number } | null;
  /** 10⁹ of them per second of its self time on all threads, less the time without a core; null as above, and with few samples. */
  readonly gflops: number | null;
  /** What the cause rests on, where it is not the instructions. */
  readonly evidence?: string;
  /** Fractions of the instructions that it executed, or of its innermost loops where that was not counted, by class; they sum to 1. Null without module bytes. */
  readonly mix: Readonly<Record<string, number>> | null;
  readonly bodyBytes: number | null;
}

const SHOWN = 20;

/**
 * The functions that took the time, and the modules that contain them.
 * @param times of all functions, largest first
 * @returns null if no Wasm was sampled
 */
export function wasmUse(times: readonly WasmFunctionTime[], { functions, modules }: WasmFunctions): WasmUse | null {
  const urls = new Set(functions.flatMap((sampled) => (sampled ? [sampled.module?.url ?? sampled.url] : [])));
  if (urls.size === 0) return null;
  return {
    modules: [...urls].map((url) => {
      const module = modules.find((candidate) => candidate.url === url);
      return {
        url,
        sha256: module?.sha256 ?? null,
        bytes: module?.bytes.byteLength ?? null,
        functions: module?.index.bodyStart.length ?? null,
        features: module ? featuresSeen(module, functions) : null,
      };
    }),
    functions: times.slice(0, SHOWN),
  };
}

/**
 * Features beyond WebAssembly 1.0. SIMD, relaxed SIMD and threads are known for all functions from a byte scan, the others only
 * for the sampled functions.
 */
function featuresSeen(module: WasmFunctions['modules'][number], functions: WasmFunctions['functions']): string[] {
  const seen = new Set<string>((['simd128', 'relaxed-simd', 'threads'] as const).filter((feature) => module.holds(feature)));
  for (const sampled of functions) {
    if (sampled?.module === module) for (const feature of sampled.code?.features ?? []) seen.add(feature);
  }
  if (module.index.memories.some(({ shared }) => shared)) seen.add('threads');
  return [...seen].sort();
}
