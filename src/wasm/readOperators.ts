import { BinaryReader, type IOperatorInformation } from 'wasmparser';

/** What a walk over a body came to: null if it was read to its end, else why and where in the module it stopped. */
export type Stop = { readonly offset: number; readonly reason: string } | null;

// wasmparser's `BinaryReaderState` is a const enum in its types, which `isolatedModules` cannot read.
const failed = -1;
const inOperators = 30;

/** Header and code section around one body: wasmparser reads modules, not bodies. Sizes are 5-byte LEBs, as linkers pad them too. */
const wrapperBytes = 20;

/**
 * Reads the operators of one function body, the bytes [start, start + size) of a module, and of no other.
 * `visit` gets each with its byte offset in the module; what it is given is not kept by the reader.
 */
export function readOperators(
  bytes: Uint8Array,
  start: number,
  size: number,
  visit: (operator: IOperatorInformation, offset: number) => void,
): Stop {
  const wrapped = wrap(bytes, start, size);
  const reader = new BinaryReader();
  reader.setData(wrapped.buffer, 0, wrapped.length);
  const offset = () => Math.min(reader.position, wrapped.length) - wrapperBytes + start;
  try {
    while (reader.position < wrapped.length) {
      const before = offset();
      if (!reader.read()) return { offset: before, reason: 'the body ends in the middle of an operator' };
      if (reader.state === failed) return { offset: before, reason: reader.error.message };
      if (reader.state !== inOperators) continue;
      const operator = reader.result as IOperatorInformation;
      stepOverMemoryIndex(reader, wrapped, operator);
      if (reader.position > wrapped.length) return { offset: before, reason: 'the body ends in the middle of an operator' };
      visit(operator, before);
    }
    return null;
  } catch (error) {
    // wasmparser throws plain errors for unknown types, and RangeErrors beyond the data.
    return { offset: offset(), reason: error instanceof Error ? error.message : String(error) };
  }
}

function wrap(bytes: Uint8Array, start: number, size: number): Uint8Array<ArrayBuffer> {
  const wrapped = new Uint8Array(wrapperBytes + size);
  wrapped.set([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 10, ...leb5(size + 6), 1, ...leb5(size)]);
  wrapped.set(bytes.subarray(start, start + size), wrapperBytes);
  return wrapped;
}

function leb5(value: number): number[] {
  return [0, 7, 14, 21, 28].map((shift) => ((value >>> shift) & 0x7f) | (shift < 28 ? 0x80 : 0));
}

/**
 * With several memories, bit 6 of an access's alignment says that the memory's index stands before the offset
 * (https://github.com/WebAssembly/multi-memory). wasmparser 5.11 does not know and takes the index for the offset, and the first
 * byte of the offset for the lane, if there is one; so the rest is stepped over here. `setData` moves the end of
 * the body that it keeps too, wrongly here: the loop above goes by the end of the data.
 */
function stepOverMemoryIndex(reader: BinaryReader, wrapped: Uint8Array<ArrayBuffer>, operator: IOperatorInformation): void {
  if (!operator.memoryAddress || (operator.memoryAddress.flags & 0x40) === 0) return;
  const hasLane = operator.lineIndex !== undefined;
  let at = reader.position - (hasLane ? 1 : 0);
  while (wrapped[at++]! & 0x80);
  reader.setData(wrapped.buffer, at + (hasLane ? 1 : 0), wrapped.length);
}
