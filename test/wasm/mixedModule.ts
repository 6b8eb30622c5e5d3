import { leb, section, text, vector } from './builder.js';

/** Where the module is served: from the framework's folder, as modules of a framework are. */
export const MIXED_FILE = 'mixed.wasm';
export const MIXED_URL = `/framework/planted/${MIXED_FILE}`;

/** Numbers in each of the two arrays. */
const LENGTH = 1024;
const ARRAY_BYTES = 4 * LENGTH;

/** Iterations of each loop in one pass over the arrays. */
export const ITERATIONS = { vector: LENGTH / 4, scalar: LENGTH } as const;

const simd = (code: number): number[] => [0xfd, ...leb(code)];
const HALF = [0x43, 0, 0, 0, 0x3f];

/**
 * One function `run(vectorPasses, scalarPasses)` with two loops that compute the same, `y = y / 2 + x`: four numbers at a time, and one at a
 * time. By its code it is of one class, whichever of them runs.
 * @param gathers whether the scalar loop does something else instead, by integers: `y = x`, in another order
 * @param shared whether its memory is, as that of modules with threads
 */
export function mixedModule({ shared = false, gathers = false } = {}): Uint8Array<ArrayBuffer> {
  const [pointer, half] = [2, 3];
  const vectorStep = [
    ...[0x20, pointer, 0x20, pointer, ...simd(0), 4, ...leb(ARRAY_BYTES), 0x20, half, ...simd(0xe6)],
    ...[0x20, pointer, ...simd(0), 4, 0, ...simd(0xe4), ...simd(11), 4, ...leb(ARRAY_BYTES)],
  ];
  const gatherStep = [
    ...[0x20, pointer, 0x20, pointer, 0x41, 5, 0x6c, 0x41, ...signed(ARRAY_BYTES - 4), 0x71],
    ...[0x2a, 2, 0, 0x38, 2, ...leb(ARRAY_BYTES)],
  ];
  const computeStep = [
    ...[0x20, pointer, 0x20, pointer, 0x2a, 2, ...leb(ARRAY_BYTES), ...HALF, 0x94],
    ...[0x20, pointer, 0x2a, 2, 0, 0x92, 0x38, 2, ...leb(ARRAY_BYTES)],
  ];
  const scalarStep = gathers ? gatherStep : computeStep;
  /** The step over the arrays, as often as the parameter says. */
  const passes = (parameter: number, step: readonly number[], bytes: number): number[] => [
    ...[0x02, 0x40, 0x20, parameter, 0x45, 0x0d, 0, 0x03, 0x40, 0x41, 0, 0x21, pointer],
    ...[0x03, 0x40, ...step, 0x20, pointer, 0x41, bytes, 0x6a, 0x22, pointer, 0x41, ...signed(ARRAY_BYTES), 0x49, 0x0d, 0, 0x0b],
    ...[0x20, parameter, 0x41, 1, 0x6b, 0x22, parameter, 0x0d, 0, 0x0b, 0x0b],
  ];
  const code = [...HALF, ...simd(0x13), 0x21, half, ...passes(0, vectorStep, 16), ...passes(1, scalarStep, 4)];
  const body = [2, 1, 0x7f, 1, 0x7b, ...code, 0x0b];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([[0x60, 2, 0x7f, 0x7f, 0]])),
    ...section(3, vector([[0]])),
    ...section(5, vector([shared ? [3, 1, 1] : [0, 1]])),
    ...section(7, vector([[...text('run'), 0, 0]])),
    ...section(10, vector([[...leb(body.length), ...body]])),
  ]);
}

/** A number above 63 as a signed LEB128 of two bytes. */
const signed = (value: number): number[] => [(value & 0x7f) | 0x80, value >> 7];
