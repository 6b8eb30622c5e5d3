import { decodeFunction } from './decodeFunction.js';
import { functionAt } from './functionAt.js';
import type { FunctionCode } from './functionCode.js';
import type { WasmModule } from './module.js';

/** The features whose instructions begin with a byte of their own. */
export type PrefixedFeature = 'simd128' | 'relaxed-simd' | 'threads';

/**
 * Whether any function of a module holds an instruction of this feature, the functions that never ran included. Only functions
 * with a byte sequence that could be such an instruction are decoded, until one is: an instruction cannot hide from that, and a
 * module of 14 MB takes some 10 ms instead of the second that decoding all of it does.
 *
 * Vector instructions are 0xfd and their number as LEB128, relaxed ones those from 0x100 on, atomics 0xfe and theirs.
 * https://webassembly.github.io/spec/core/binary/instructions.html
 * @param decode decodeFunction, or what remembers what it gave
 * @returns null if a function that could hold one cannot be decoded, and none of the others does
 */
export function holdsFeature(
  module: WasmModule,
  feature: PrefixedFeature,
  decode: (index: number) => FunctionCode = (index) => decodeFunction(module, index),
): boolean | null {
  const { bytes, bodyStart, bodyBytes } = module;
  const prefix = feature === 'threads' ? 0xfe : 0xfd;
  let unsure = false;
  const end = bodyStart.length === 0 ? 0 : bodyStart.at(-1)! + bodyBytes.at(-1)!;
  // A loop of its own: a Buffer's indexOf costs more per call than the few bytes between two hits.
  for (let at = bodyStart[0] ?? 0; at < end; at++) {
    if (bytes[at] !== prefix || (feature === 'relaxed-simd' && numberAt(bytes, at + 1) < 0x100)) continue;
    const index = functionAt(module, at);
    if (index < 0) continue;
    const code = decode(index);
    if (code.features.has(feature)) return true;
    unsure ||= code.unknown !== null;
    const defined = index - module.importedFunctions;
    at = bodyStart[defined]! + bodyBytes[defined]! - 1;
  }
  return unsure ? null : false;
}

/** A LEB128 of at most 32 bits, also one that is padded; 0 where the bytes end. */
function numberAt(bytes: Uint8Array, start: number): number {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    const byte = bytes[start + i] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) break;
  }
  return value;
}
