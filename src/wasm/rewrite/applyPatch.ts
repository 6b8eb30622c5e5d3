import type { ModulePatch } from './modulePatch.js';

// A page runs this, and may have changed its globals by then.
const Bytes = Uint8Array;
const { imul, floor } = Math;

/**
 * Makes the bytes of a module that counts from those of the original. It reads and writes elements alone, and calls nothing.
 * @param original `patch.from` bytes
 */
export function applyPatch(original: Uint8Array, patch: ModulePatch, stepBytes: number): Uint8Array<ArrayBuffer> {
  const { before, between, steps } = patch;
  const bytes = new Bytes(patch.to);
  let at = 0;
  let from = 0;
  let step = 0;
  let counter = 0;
  const number = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = steps[step++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  const put = (value: number): void => {
    let rest = value;
    for (; rest > 0x7f; rest = floor(rest / 128)) bytes[at++] = (rest & 0x7f) | 0x80;
    bytes[at++] = rest;
  };
  while (step < stepBytes) {
    const head = number();
    for (let left = floor(head / 2); left > 0; left--) bytes[at++] = original[from++]!;
    if (head % 2 === 0) {
      for (let i = 0; i < before.length; i++) bytes[at++] = before[i]!;
      put(counter * 8);
      for (let i = 0; i < between.length; i++) bytes[at++] = between[i]!;
      put(counter++ * 8);
    } else {
      from += number();
      for (let left = number(); left > 0; left--) bytes[at++] = steps[step++]!;
    }
  }
  return bytes;
}

/**
 * By which a page knows a module again without waiting for a digest: 53 bits of its bytes.
 * cyrb53: https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js
 */
export function fingerprint(bytes: Uint8Array, length: number): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i]!;
    high = imul(high ^ byte, 2654435761);
    low = imul(low ^ byte, 1597334677);
  }
  high = imul(high ^ (high >>> 16), 2246822507) ^ imul(low ^ (low >>> 13), 3266489909);
  low = imul(low ^ (low >>> 16), 2246822507) ^ imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
