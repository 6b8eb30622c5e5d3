import { unsignedLeb } from './probeModules.js';

/** Bytes of each array that one turn of the loop goes through: four vectors. */
const STEP = 64;
const PAGE_BYTES = 65_536;

export interface MemoryProbe {
  /** What the loop reads and writes for each byte of an array: two arrays are read, one is written. */
  readonly movedPerByte: 3;
  /** A module that exports `run(from: i32, to: i32)`: it goes through the arrays between two offsets, multiples of 64. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The probe of memory: a[i] = b[i] + 0.5 × c[i] over three arrays of so many bytes, the "triad" of the STREAM benchmark, in 128-bit vectors.
 * https://www.cs.virginia.edu/stream/ref.html
 */
export function memoryProbe(arrayBytes: number): MemoryProbe {
  const [at, to, factor] = [0, 1, 2];
  const load = (offset: number): number[] => [0x20, at, 0xfd, 0x00, 4, ...unsignedLeb(offset)];
  const vector = (offset: number): number[] => [
    ...[0x20, at],
    ...load(arrayBytes + offset),
    ...load(2 * arrayBytes + offset),
    ...[0x20, factor, 0xfd, 0xe6, 0x01], // f32x4.mul
    ...[0xfd, 0xe4, 0x01], // f32x4.add
    ...[0xfd, 0x0b, 4, ...unsignedLeb(offset)], // v128.store
  ];
  const code = [
    ...[0x43, 0, 0, 0, 0x3f, 0xfd, 0x13, 0x21, factor], // 0.5 in all lanes
    ...[0x03, 0x40],
    ...Array.from({ length: STEP / 16 }, (_, i) => vector(16 * i)).flat(),
    ...[0x20, at, 0x41, ...signedStep, 0x6a, 0x22, at, 0x20, to, 0x49, 0x0d, 0x00, 0x0b], // at += STEP; while it is below `to`
    0x0b,
  ];
  const body = [1, 1, 0x7b, ...code];
  const pages = Math.ceil((3 * arrayBytes) / PAGE_BYTES);
  const section = (id: number, content: readonly number[]): number[] => [id, ...unsignedLeb(content.length), ...content];
  return {
    movedPerByte: 3,
    bytes: Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      ...section(1, [1, 0x60, 2, 0x7f, 0x7f, 0]), // (i32, i32) → nothing
      ...section(3, [1, 0]),
      ...section(5, [1, 0, ...unsignedLeb(pages)]),
      ...section(7, [1, 3, ...new TextEncoder().encode('run'), 0x00, 0]),
      ...section(10, [1, ...unsignedLeb(body.length), ...body]),
    ]),
  };
}

/** 64 as a signed LEB128: its highest bit of the first seven would be taken for a sign. */
const signedStep = [STEP | 0x80, 0];
