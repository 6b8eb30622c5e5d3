import { WasmError } from '../../src/wasm/error.js';
import { functionAt } from '../../src/wasm/functionAt.js';
import { indexModule } from '../../src/wasm/indexModule.js';

export interface SampledFunction {
  /** Index in the module, imported functions counted first; null of one that has a name. */
  readonly index: number | null;
  /** Of its body in the module, as a CPU sample's `columnNumber` has it. */
  readonly byteOffset: number;
}

/**
 * Whether bytes that were fetched later can be those that ran: every function that was sampled begins there where the bytes have it. With
 * nothing sampled nothing says so, and with bytes that are no module neither: false.
 */
export function matchesModule(bytes: Uint8Array, functions: readonly SampledFunction[]): boolean {
  try {
    const module = indexModule(bytes);
    return (
      functions.length > 0 &&
      functions.every(({ index, byteOffset }) => {
        const found = index ?? functionAt(module, byteOffset);
        return module.bodyStart[found - module.importedFunctions] === byteOffset;
      })
    );
  } catch (error) {
    if (error instanceof WasmError) return false;
    throw error;
  }
}
