import { Cursor } from '../wasm/cursor.js';
import { WasmError } from '../wasm/error.js';
import { readLimits } from '../wasm/indexModule.js';
import { wasmFeatures } from '../wasm/operators.js';
import type { Names } from './names.js';

const CUSTOM = 0;
const IMPORT = 2;
const EXPORT = 7;
/** Types, functions, tables, memories, globals, the start, elements, code, the count of data, tags: they hold numbers only. */
const NUMBERS = new Set([1, 3, 4, 5, 6, 8, 9, 10, 12, 13]);

/**
 * A Wasm module with its names replaced, byte for byte in the same places, since a trace knows functions by their offset. Names of
 * imports, exports and functions become pseudonyms of the same length. Data, which holds the texts of a program, and all custom sections
 * but names and features (debugging information, places of sources) are overwritten. Code stays as it is.
 * @returns null if these bytes are no module that can be read
 */
export function redactModule(original: Uint8Array, names: Names): Uint8Array | null {
  const bytes = original.slice();
  try {
    const module = new Cursor(bytes, 0, bytes.length);
    module.slice(8);
    while (!module.done) {
      const at = module.at;
      const id = module.byte();
      const section = module.slice(module.u32());
      if (id === IMPORT) imports(section, names);
      else if (id === EXPORT) exports(section, names);
      else if (id === CUSTOM) custom(section, names);
      else if (!NUMBERS.has(id)) {
        // Data, or what is not known. Zeros are a custom section without a name.
        bytes[at] = CUSTOM;
        blank(section);
      }
    }
  } catch (error) {
    if (error instanceof WasmError) return null;
    throw error;
  }
  return bytes;
}

function imports(section: Cursor, names: Names): void {
  const count = section.count(4);
  for (let i = 0; i < count; i++) {
    rename(section, names);
    rename(section, names);
    const kind = section.byte();
    if (kind === 0) section.u32();
    else if (kind === 1) {
      section.valueType();
      readLimits(section);
    } else if (kind === 2) readLimits(section);
    else if (kind === 3) {
      section.valueType();
      section.byte();
    } else if (kind === 4) {
      section.byte();
      section.u32();
    } else throw new WasmError(section.at - 1, `import of unknown kind ${kind}`);
  }
}

function exports(section: Cursor, names: Names): void {
  const count = section.count(3);
  for (let i = 0; i < count; i++) {
    rename(section, names);
    section.byte();
    section.u32();
  }
}

/** What is known of a custom section is kept. A broken one is no error, as in any reader: what is left of it is overwritten. */
function custom(section: Cursor, names: Names): void {
  const start = section.at;
  try {
    const name = section.text();
    if (name === 'name') functionNames(section, names);
    else if (name === 'target_features') features(section);
    // Its own name may tell who made it.
    else if (name !== 'producers') section.at = start;
  } catch (error) {
    if (!(error instanceof WasmError)) throw error;
  }
  blank(section);
}

/** Keeps names of functions, and overwrites those of everything else. */
function functionNames(section: Cursor, names: Names): void {
  let done = section.at;
  try {
    while (!section.done) {
      const kind = section.byte();
      const subsection = section.slice(section.u32());
      if (kind === 1) {
        const count = subsection.count(2);
        done = subsection.at;
        for (let i = 0; i < count; i++) {
          subsection.u32();
          rename(subsection, names);
          done = subsection.at;
        }
      }
      blank(subsection);
      done = section.at;
    }
  } catch (error) {
    if (!(error instanceof WasmError)) throw error;
    section.bytes.fill(0, done, section.end);
  }
}

/** They are words of the tools that made the module. Where one is not, all are overwritten. */
function features(section: Cursor): void {
  const start = section.at;
  try {
    const count = section.count(2);
    for (let i = 0; i < count; i++) {
      section.byte();
      if (!isFeature(section.text())) throw new WasmError(section.at, 'unknown feature');
    }
    blank(section);
  } catch (error) {
    if (!(error instanceof WasmError)) throw error;
    section.bytes.fill(0, start, section.end);
  }
}

const FEATURES = new Set<string>([
  ...wasmFeatures,
  ...'atomics bulk-memory bulk-memory-opt call-indirect-overlong exception-handling extended-const fp16 gc memory64'.split(' '),
  ...'multimemory multivalue mutable-globals nontrapping-fptoint reference-types relaxed-simd sign-ext simd128'.split(' '),
  ...'tail-call wide-arithmetic shared-everything strings stack-switching custom-descriptors typed-function-references'.split(
    ' ',
  ),
]);
const isFeature = (name: string): boolean => FEATURES.has(name);

/** Replaces the text at the cursor by as many bytes. */
function rename(section: Cursor, names: Names): void {
  const text = section.slice(section.u32());
  const { bytes, at, end } = text;
  const made = new TextEncoder().encode(names.symbol(utf8.decode(bytes.slice(at, end))));
  // Malformed UTF-8 has another length.
  bytes.fill(UNDERSCORE, at, end);
  bytes.set(made.subarray(0, end - at), at);
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const UNDERSCORE = 0x5f;

/** What is left of the section. */
function blank(section: Cursor): void {
  section.bytes.fill(0, section.at, section.end);
  section.at = section.end;
}
