import { u32 } from '../../src/wasm/encode.js';

/** Data type of a probe function: a single number, a 128-bit vector, or a vector with fused multiply-add. */
export type ProbeKind = 'scalar' | 'simd128' | 'relaxed';

export interface Probe {
  readonly kind: ProbeKind;
  /** Floating-point operations per iteration of its loop: a multiplication and an addition per accumulator and lane. */
  readonly operationsPerIteration: number;
  /** A module that exports `run(iterations: i32): f32`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Independent sums per iteration: enough to hide the latency of multiplication and addition, few enough that they and the two
 * factors fit in the 16 vector registers of x86-64.
 */
const ACCUMULATORS = 12;
const FACTOR = 0.9999;
const SUMMAND = 0.0001;

/** Opcodes: https://webassembly.github.io/spec/core/appendix/index-instructions.html; 0xfd is the prefix of vector instructions. */
const SPLAT = [0xfd, 0x13];
const EXTRACT_LANE_0 = [0xfd, 0x1f, 0x00];
const LANGUAGE: Readonly<Record<ProbeKind, { type: number; lanes: number; multiplyAdd: readonly number[] }>> = {
  scalar: { type: 0x7d, lanes: 1, multiplyAdd: [0x94, 0x92] },
  simd128: { type: 0x7b, lanes: 4, multiplyAdd: [0xfd, 0xe6, 0x01, 0xfd, 0xe4, 0x01] },
  relaxed: { type: 0x7b, lanes: 4, multiplyAdd: [0xfd, 0x85, 0x02] },
};

/**
 * The probe functions: the same loop of multiplications and additions in registers, in three instruction sets. They touch no
 * memory and call nothing. So their rate is what the browser can get out of the CPU's arithmetic units with these instructions.
 */
export function probe(kind: ProbeKind): Probe {
  const { type, lanes, multiplyAdd } = LANGUAGE[kind];
  const vector = lanes > 1;
  const counter = 0;
  const factor = 1;
  const summand = 2;
  const firstSum = 3;
  const sums = Array.from({ length: ACCUMULATORS }, (_, i) => firstSum + i);
  const constant = (value: number, local: number): number[] => [0x43, ...float32(value), ...(vector ? SPLAT : []), 0x21, local];
  const code = [
    ...constant(FACTOR, factor),
    ...constant(SUMMAND, summand),
    ...sums.flatMap((sum) => constant(sum / 100, sum)),
    0x03, // loop
    0x40,
    ...sums.flatMap((sum) => [0x20, sum, 0x20, factor, ...inOrder(multiplyAdd, summand), 0x21, sum]),
    ...[0x20, counter, 0x41, 0x01, 0x6b, 0x22, counter, 0x0d, 0x00, 0x0b], // counter -= 1; while it is not 0
    ...sums.flatMap((sum, i) => [0x20, sum, ...(vector ? EXTRACT_LANE_0 : []), ...(i === 0 ? [] : [0x92])]),
    0x0b,
  ];
  const locals = [1, ACCUMULATORS + 2, type];
  const body = [...locals, ...code];
  const toFloat = [1, 0x7f, 1, 0x7d]; // (i32) → f32
  return { kind, operationsPerIteration: ACCUMULATORS * lanes * 2, bytes: moduleOf(toFloat, 0, body) };
}

/**
 * The sum and the factor are on the stack. A fused instruction also takes the summand; separate instructions need it between
 * them.
 */
function inOrder(multiplyAdd: readonly number[], summand: number): number[] {
  const fused = multiplyAdd.length === 3;
  const half = multiplyAdd.length / 2;
  return fused ? [0x20, summand, ...multiplyAdd] : [...multiplyAdd.slice(0, half), 0x20, summand, ...multiplyAdd.slice(half)];
}

function float32(value: number): number[] {
  return [...new Uint8Array(Float32Array.of(value).buffer)];
}

/** Bytes of each array per iteration of the loop: four vectors. */
const STEP = 64;
const PAGE_BYTES = 65_536;

/** 64 as a signed LEB128. One byte is too short, since the highest of its seven bits is the sign. */
const signedStep = [STEP | 0x80, 0];

export interface MemoryProbe {
  /** Bytes moved per byte of an array: two arrays are read, one is written. */
  readonly movedPerByte: 3;
  /** A module that exports `run(from: i32, to: i32)`. It processes the arrays between two offsets, multiples of 64. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The memory probe: a[i] = b[i] + 0.5 × c[i] over three arrays of `arrayBytes` bytes, the "triad" of the STREAM benchmark, in
 * 128-bit vectors.
 * https://www.cs.virginia.edu/stream/ref.html
 */
export function memoryProbe(arrayBytes: number): MemoryProbe {
  const [at, to, factor] = [0, 1, 2];
  const load = (offset: number): number[] => [0x20, at, 0xfd, 0x00, 4, ...u32(offset)];
  const vector = (offset: number): number[] => [
    ...[0x20, at],
    ...load(arrayBytes + offset),
    ...load(2 * arrayBytes + offset),
    ...[0x20, factor, 0xfd, 0xe6, 0x01], // f32x4.mul
    ...[0xfd, 0xe4, 0x01], // f32x4.add
    ...[0xfd, 0x0b, 4, ...u32(offset)], // v128.store
  ];
  const code = [
    ...[0x43, 0, 0, 0, 0x3f, 0xfd, 0x13, 0x21, factor], // 0.5 in all lanes
    ...[0x03, 0x40],
    ...Array.from({ length: STEP / 16 }, (_, i) => vector(16 * i)).flat(),
    ...[0x20, at, 0x41, ...signedStep, 0x6a, 0x22, at, 0x20, to, 0x49, 0x0d, 0x00, 0x0b], // at += STEP; while it is below `to`
    0x0b,
  ];
  const body = [1, 1, 0x7b, ...code];
  const toNothing = [2, 0x7f, 0x7f, 0]; // (i32, i32) → nothing
  return { movedPerByte: 3, bytes: moduleOf(toNothing, Math.ceil((3 * arrayBytes) / PAGE_BYTES), body) };
}

/**
 * A module with one function, exported as `run`. https://webassembly.github.io/spec/core/binary/modules.html
 * @param type of the function: parameters and results, each preceded by their number
 * @param pages of its memory; 0: no memory
 * @param body of the function, including its locals
 */
function moduleOf(type: readonly number[], pages: number, body: readonly number[]): Uint8Array<ArrayBuffer> {
  const section = (id: number, content: readonly number[]): number[] => [id, ...u32(content.length), ...content];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, ...type]),
    ...section(3, [1, 0]),
    ...(pages === 0 ? [] : section(5, [1, 0, ...u32(pages)])),
    ...section(7, [1, 3, ...new TextEncoder().encode('run'), 0x00, 0]),
    ...section(10, [1, ...u32(body.length), ...body]),
  ]);
}
