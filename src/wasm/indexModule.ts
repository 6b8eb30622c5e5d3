import { Cursor } from './cursor.js';
import { type CustomSections, noCustomSections, readCustomSection } from './customSections.js';
import { WasmError } from './error.js';
import type { WasmMemory, WasmModule, WasmSignature } from './module.js';

/** What is gathered while the sections go by. */
interface Draft {
  importedFunctions: number;
  readonly functionTypes: number[];
  signatures: (WasmSignature | null)[] | null;
  bodyStart: Uint32Array;
  bodyBytes: Uint32Array;
  tags: number;
  readonly memories: WasmMemory[];
  readonly importNames: Map<number, string>;
  readonly exportNames: Map<number, string>;
  readonly custom: CustomSections;
}

/** What is read of a section, by its id; other sections are stepped over. */
const readers: Readonly<Record<number, (section: Cursor, draft: Draft) => void>> = {
  0: (section, draft) => readCustomSection(section, draft.custom),
  1: orNoSignatures(readTypes),
  2: readImports,
  3: orNoSignatures((section, draft) => {
    for (let left = section.count(1); left > 0; left--) draft.functionTypes.push(section.u32());
  }),
  5: readMemories,
  7: readExports,
  10: readCode,
  13: (section, draft) => {
    draft.tags += section.count(2);
  },
};

/**
 * Walks the sections of a module: where each function's body is and what it is called. Bodies are not decoded, so the time
 * depends on the number of functions and names, not on bytes (14 MB with 11,000 functions: about a millisecond).
 * Format: https://webassembly.github.io/spec/core/binary/modules.html
 * @throws WasmError where the bytes are no module, or a cut or broken one. A broken custom section (names, producers) is no
 * error, as the specification has it: what was read of it before the break is kept.
 */
export function indexModule(bytes: Uint8Array): WasmModule {
  const module = new Cursor(bytes, 0, bytes.length);
  readHeader(module);
  const draft: Draft = {
    importedFunctions: 0,
    functionTypes: [],
    signatures: [],
    bodyStart: new Uint32Array(0),
    bodyBytes: new Uint32Array(0),
    tags: 0,
    memories: [],
    importNames: new Map(),
    exportNames: new Map(),
    custom: noCustomSections(),
  };
  while (!module.done) {
    const id = module.byte();
    const section = module.slice(module.u32());
    readers[id]?.(section, draft);
  }
  const { importedFunctions, functionTypes, signatures, bodyStart, bodyBytes, memories, tags, custom } = draft;
  return {
    bytes,
    importedFunctions,
    functionTypes,
    signatures,
    bodyStart,
    bodyBytes,
    names: new Map([...draft.importNames, ...draft.exportNames, ...custom.functionNames]),
    memories,
    tags,
    producers: custom.producers,
    targetFeatures: custom.targetFeatures,
  };
}

function readHeader(module: Cursor): void {
  const magic = [0x00, 0x61, 0x73, 0x6d];
  if (magic.some((byte, i) => module.bytes[i] !== byte)) throw new WasmError(0, 'it does not begin with \\0asm');
  module.slice(4);
  const [version, , layer] = module.bytes.subarray(4, module.slice(4).end);
  if (layer !== 0) throw new WasmError(4, 'it is a component, not a core module');
  if (version !== 1) throw new WasmError(4, `version ${version} is unknown`);
}

/** Signatures are only for who writes the module anew: where they are broken there are none, and the rest is read. */
function orNoSignatures(read: (section: Cursor, draft: Draft) => void): (section: Cursor, draft: Draft) => void {
  return (section, draft) => {
    try {
      read(section, draft);
    } catch (error) {
      if (!(error instanceof WasmError)) throw error;
      draft.signatures = null;
    }
  };
}

/**
 * Types, of functions and of what garbage-collected languages make; a kind that is not known ends what is known of all. Groups of types
 * that refer to each other count as their members. https://webassembly.github.io/spec/core/binary/types.html
 */
function readTypes(section: Cursor, draft: Draft): void {
  const signatures: (WasmSignature | null)[] = [];
  for (let left = section.count(1); left > 0; left--) {
    const isGroup = section.bytes[section.at] === 0x4e;
    if (isGroup) section.byte();
    for (let members = isGroup ? section.count(1) : 1; members > 0; members--) signatures.push(readType(section));
  }
  draft.signatures = signatures;
}

/** @returns null for a type of a structure or an array */
function readType(section: Cursor): WasmSignature | null {
  let kind = section.byte();
  if (kind === 0x50 || kind === 0x4f) {
    for (let above = section.count(1); above > 0; above--) section.u32();
    kind = section.byte();
  }
  if (kind === 0x60) return { params: skipValueTypes(section), results: skipValueTypes(section) };
  if (kind !== 0x5f && kind !== 0x5e) throw new WasmError(section.at - 1, `type of unknown kind ${kind}`);
  for (let fields = kind === 0x5f ? section.count(2) : 1; fields > 0; fields--) {
    section.valueType();
    // Whether it may be changed.
    section.byte();
  }
  return null;
}

function skipValueTypes(section: Cursor): number {
  const count = section.count(1);
  for (let i = 0; i < count; i++) section.valueType();
  return count;
}

function readImports(section: Cursor, draft: Draft): void {
  const count = section.count(4);
  for (let i = 0; i < count; i++) {
    section.text();
    const field = section.text();
    const kind = section.byte();
    if (kind === 0) {
      draft.functionTypes.push(section.u32());
      draft.importNames.set(draft.importedFunctions++, field);
    } else if (kind === 1) {
      section.valueType();
      readLimits(section);
    } else if (kind === 2) {
      draft.memories.push({ imported: true, ...readLimits(section) });
    } else if (kind === 3) {
      section.valueType();
      section.byte();
    } else if (kind === 4) {
      section.byte();
      section.u32();
      draft.tags++;
    } else {
      throw new WasmError(section.at - 1, `import of unknown kind ${kind}`);
    }
  }
}

function readMemories(section: Cursor, draft: Draft): void {
  const count = section.count(2);
  for (let i = 0; i < count; i++) draft.memories.push({ imported: false, ...readLimits(section) });
}

function readExports(section: Cursor, draft: Draft): void {
  const count = section.count(3);
  for (let i = 0; i < count; i++) {
    const name = section.text();
    const kind = section.byte();
    const index = section.u32();
    if (kind === 0 && !draft.exportNames.has(index)) draft.exportNames.set(index, name);
  }
}

function readCode(section: Cursor, draft: Draft): void {
  const count = section.count(2);
  draft.bodyStart = new Uint32Array(count);
  draft.bodyBytes = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const body = section.slice(section.u32());
    draft.bodyStart[i] = body.at;
    draft.bodyBytes[i] = body.end - body.at;
  }
}

/** Limits of a table or memory. Flags: 1 maximum, 2 shared, 4 64-bit, 8 own page size (custom-page-sizes proposal). */
export function readLimits(section: Cursor): Omit<WasmMemory, 'imported'> {
  const flags = section.byte();
  section.skipLeb();
  if (flags & 1) section.skipLeb();
  if (flags & 8) section.u32();
  return { shared: (flags & 2) !== 0, memory64: (flags & 4) !== 0 };
}
