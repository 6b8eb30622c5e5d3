import { indexModule } from './indexModule.js';

/** Function index (imports counted) → name, for a module that was stripped of its names. Untrusted text. */
export type Symbols = ReadonlyMap<number, string>;

/** A file that is neither a symbol map nor a module with names; the message says what is wrong. */
export class SymbolsError extends Error {
  override readonly name = 'SymbolsError';
}

const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/**
 * Reads names of functions: from a symbol map as Emscripten writes it with `--emit-symbol-map` (a line `index:name` each, with
 * `\28` for a parenthesis), or from the unstripped build of the same module.
 * https://emscripten.org/docs/tools_reference/emcc.html#emcc-emit-symbol-map
 * @throws SymbolsError if the bytes are neither; WasmError if they begin as a module and are none
 */
export function readSymbols(bytes: Uint8Array): Symbols {
  if (MAGIC.every((byte, i) => bytes[i] === byte)) {
    const { names } = indexModule(bytes);
    if (names.size === 0) throw new SymbolsError('this module has no names of functions: it is stripped too');
    return names;
  }
  const names = new Map<number, string>();
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [, index, name] = /^(\d{1,9}):(.+)$/.exec(line) ?? [];
    if (index === undefined || name === undefined) {
      throw new SymbolsError(
        `line ${i + 1} is not "index:name", so this is no symbol map of Emscripten, nor is it a Wasm module`,
      );
    }
    names.set(Number(index), unescaped(name));
  }
  if (names.size === 0) throw new SymbolsError('it is empty');
  return names;
}

const unescaped = (name: string): string =>
  name.replace(/\\([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
