import type { WasmModule } from './module.js';

/**
 * The index of the function whose body holds this byte of the module, or -1 if none does. A trace's `columnNumber` of a
 * Wasm function is the first byte of the body, the count of local declarations behind the size (V8's
 * `WasmFunction::code.offset()`, https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/wasm/wasm-code-manager.cc
 * `WasmCode::LogCode`; recorded with Chromium 156 in test/wasm/recorded), so -1 for it means that the trace ran another module.
 */
export function functionAt(module: WasmModule, offset: number): number {
  const { bodyStart, bodyBytes } = module;
  let low = 0;
  let high = bodyStart.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bodyStart[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  const found = low - 1;
  return found >= 0 && offset < bodyStart[found]! + bodyBytes[found]! ? module.importedFunctions + found : -1;
}
