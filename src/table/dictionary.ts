import type { Dictionary } from './schema.js';

/** A string column over codes into a list of distinct strings; Arquero reads it by `length` and `at`. */
export function dictionary(codes: Uint32Array, strings: readonly string[]): Dictionary {
  return {
    codes,
    strings,
    length: codes.length,
    at: (row) => strings[codes[row]!]!,
  };
}
