import { u32 as leb, name as text } from '../../src/wasm/encode.js';

/** Hand-assembled modules: every helper returns bytes, in the order of the binary format. */

export { leb, text };

export function vector(items: readonly (readonly number[])[]): number[] {
  return [...leb(items.length), ...items.flat()];
}

export function section(id: number, content: readonly number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

export function customSection(name: string, content: readonly number[]): number[] {
  return section(0, [...text(name), ...content]);
}

export interface ModuleParts {
  /** Operators of each function, without its last `end`; all functions have type [] → [] and local 0 (i32), 1 (f32), 2 (v128). */
  readonly functions?: readonly (readonly number[])[];
  /** Names of imported functions. */
  readonly imports?: readonly string[];
  readonly exports?: Readonly<Record<string, number>>;
  /** Limits, with their flags: [0, 1] by default; several for multi-memory, null for none. */
  readonly memories?: readonly (readonly number[])[];
  /** Limits, with their flags, of a memory that is imported as `env.memory`; exported likewise is the first. */
  readonly importedMemory?: readonly number[];
  readonly exportsMemory?: boolean;
  /** Further sections, put at the end. */
  readonly custom?: readonly (readonly number[])[];
  /** Sections between memories and exports, for instance tags (13). */
  readonly between?: readonly (readonly number[])[];
}

/** A module that engines accept as far as its operators are valid. */
export function moduleOf(parts: ModuleParts): Uint8Array {
  const functions = parts.functions ?? [];
  const memories = parts.memories ?? [[0, 1]];
  const importedMemory = parts.importedMemory ? [[...text('env'), ...text('memory'), 2, ...parts.importedMemory]] : [];
  const exportedFunctions = Object.entries(parts.exports ?? {}).map(([name, index]) => [...text(name), 0, ...leb(index)]);
  const bodies = functions.map((operators) => {
    const body = [3, 1, 0x7f, 1, 0x7d, 1, 0x7b, ...operators, 0x0b];
    return [...leb(body.length), ...body];
  });
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, 0, 0]])),
    ...section(2, vector([...(parts.imports ?? []).map((name) => [...text('env'), ...text(name), 0, 0]), ...importedMemory])),
    ...section(3, vector(functions.map(() => [0]))),
    ...section(5, vector(memories)),
    ...(parts.between ?? []).flat(),
    ...section(7, vector([...exportedFunctions, ...(parts.exportsMemory ? [[...text('memory'), 2, 0]] : [])])),
    ...section(10, vector(bodies)),
    ...(parts.custom ?? []).flat(),
  ]);
}

const simd = (code: number, ...rest: number[]) => [0xfd, ...leb(code), ...rest];
const access = [2, 0];

/** Statements: each leaves the stack as it found it, and the module is valid if only these are used. */
export const op = {
  /** Runs the body once more while local 0 is not zero. */
  loop: (...body: number[][]) => [0x03, 0x40, ...body.flat(), 0x20, 0, 0x0d, 0, 0x0b],
  /** A loop block that nothing branches back to. */
  onceLoop: (...body: number[][]) => [0x03, 0x40, ...body.flat(), 0x0b],
  block: (...body: number[][]) => [0x02, 0x40, ...body.flat(), 0x0b],
  br: (depth: number) => [0x0c, depth],
  brIf: (depth: number) => [0x20, 0, 0x0d, depth],
  call: (index: number) => [0x10, ...leb(index)],
  /** 1 scalar integer. */
  count: () => [0x20, 0, 0x41, 1, 0x6b, 0x21, 0],
  /** 1 scalar float. */
  float: () => [0x20, 1, 0x20, 1, 0x92, 0x21, 1],
  load: () => [0x20, 0, 0x28, ...access, 0x21, 0],
  store: () => [0x20, 0, 0x20, 0, 0x36, ...access],
  /** 1 load, 1 store. */
  move: () => [0x20, 0, 0x20, 0, 0x28, ...access, 0x36, ...access],
  /** 1 vector float. */
  vectorFloat: () => [0x20, 2, 0x20, 2, ...simd(0xe4), 0x21, 2],
  vectorInt: () => [0x20, 2, 0x20, 2, ...simd(0xae), 0x21, 2],
  vectorLoad: () => [0x20, 0, ...simd(0, 4, 0), 0x21, 2],
  vectorStore: () => [0x20, 0, 0x20, 2, ...simd(11, 4, 0)],
  shuffle: () => [0x20, 2, 0x20, 2, ...simd(13, ...Array.from({ length: 16 }, (_, i) => i)), 0x21, 2],
  /** f32x4.relaxed_madd. */
  relaxed: () => [0x20, 2, 0x20, 2, 0x20, 2, ...simd(0x105), 0x21, 2],
  atomicLoad: () => [0x20, 0, 0xfe, 0x10, ...access, 0x21, 0],
  atomicAdd: () => [0x20, 0, 0x20, 0, 0xfe, 0x1e, ...access, 0x21, 0],
  atomicExchange: () => [0x20, 0, 0x20, 0, 0xfe, 0x41, ...access, 0x21, 0],
  fence: () => [0xfe, 0x03, 0],
  wait: () => [0x20, 0, 0x20, 0, 0x42, 0, 0xfe, 0x01, ...access, 0x21, 0],
  notify: () => [0x20, 0, 0x20, 0, 0xfe, 0x00, ...access, 0x21, 0],
  memoryCopy: () => [0x20, 0, 0x20, 0, 0x20, 0, 0xfc, 10, 0, 0],
  memoryFill: () => [0x20, 0, 0x20, 0, 0x20, 0, 0xfc, 11, 0],
} as const;
