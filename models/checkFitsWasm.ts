import type { ModelFile } from './model.js';
import { ModelError } from './modelError.js';

/** What 32-bit addresses reach. Source: https://webassembly.github.io/spec/core/syntax/types.html#memory-types, 65536 pages of 64 KiB. */
const WASM_MEMORY_BYTES = 2 ** 32;

/**
 * A model whose weights alone are more than Wasm's memory is refused before a browser spends minutes on fetching them.
 *
 * @throws ModelError with code too-large
 */
export function checkFitsWasm({ path, bytes, externalData }: ModelFile): void {
  const files = [{ location: 'the model itself', bytes }, ...externalData];
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  if (total < WASM_MEMORY_BYTES) return;
  const largest = files.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const problem = `its weights are ${gibibytes(total)} (${gibibytes(largest.bytes)} in ${largest.location}), and Wasm has at most ${gibibytes(WASM_MEMORY_BYTES)} of memory`;
  throw new ModelError('too-large', path, problem, 'Export it with float16 or quantized weights, or try --backend webgpu.');
}

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
