import type { GpuLog } from '../../src/bundle/gpuLog.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { WasmLog } from '../../src/bundle/wasmLog.js';

/** What a watched page had begun when the recording ended, as its hooks saw it: where no inference is found, how far it came. */
export interface Begun {
  /** Length of the recording; null where it is not known. */
  readonly recordedMs: number | null;
  /** Wasm modules that it compiled. */
  readonly wasmModules: number;
  /** Its calls into them; calls shorter than 0.1 ms only where they were counted. */
  readonly wasmCalls: number;
  /** Calls of WebGL or WebGPU that make programs, move bytes, hand work over or wait for it. */
  readonly gpuCalls: number;
}

export function begun({ recorded, modules }: PageManifest, wasm: WasmLog | null, gpu: GpuLog | null): Begun {
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
  return {
    recordedMs: recorded && (recorded.endUs - recorded.startUs) / 1000,
    wasmModules: modules.length,
    wasmCalls: sum((wasm?.realms ?? []).map(({ calls, shortOf = [] }) => calls.name.length + sum(shortOf))),
    gpuCalls: sum((gpu?.realms ?? []).map(({ calls }) => calls.name.length)),
  };
}
