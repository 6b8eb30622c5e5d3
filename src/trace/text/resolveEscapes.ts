import * as byte from './bytes.js';

const simple: Readonly<Record<number, number>> = { 98: 0x08, 102: 0x0c, 110: 0x0a, 114: 0x0d, 116: 0x09 };
const letterU = 0x75;
const replacement = 0xfffd;

/**
 * Writes the content of a JSON string, from `start` to `end` between its quotes, as UTF-8 with its escapes resolved. `target` must
 * hold `end - start` bytes: an escape is never shorter than what it stands for. A lone surrogate becomes U+FFFD.
 * @returns how many bytes were written
 */
export function resolveEscapes(bytes: Uint8Array, start: number, end: number, target: Uint8Array): number {
  let out = 0;
  for (let i = start; i < end; ) {
    const c = bytes[i++]!;
    if (c !== byte.backslash) {
      target[out++] = c;
      continue;
    }
    const escaped = bytes[i++]!;
    const unit = escaped === letterU ? hexUnit(bytes, i, end) : -1;
    if (unit < 0) {
      target[out++] = simple[escaped] ?? escaped;
      continue;
    }
    i += 4;
    let codePoint = unit;
    if (isSurrogate(unit, 0xd800)) {
      const low = bytes[i] === byte.backslash && bytes[i + 1] === letterU ? hexUnit(bytes, i + 2, end) : -1;
      if (isSurrogate(low, 0xdc00)) {
        codePoint = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        i += 6;
      } else codePoint = replacement;
    } else if (isSurrogate(unit, 0xdc00)) codePoint = replacement;
    out = writeUtf8(codePoint, target, out);
  }
  return out;
}

function isSurrogate(unit: number, first: number): boolean {
  return unit >= first && unit < first + 0x400;
}

/** The value of four hexadecimal digits, -1 if they are not. */
function hexUnit(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) return -1;
  let value = 0;
  for (let i = at; i < at + 4; i++) {
    const digit = Number.parseInt(String.fromCharCode(bytes[i]!), 16);
    if (Number.isNaN(digit)) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function writeUtf8(codePoint: number, target: Uint8Array, at: number): number {
  let out = at;
  if (codePoint < 0x80) {
    target[out++] = codePoint;
    return out;
  }
  if (codePoint < 0x800) target[out++] = 0xc0 | (codePoint >> 6);
  else {
    if (codePoint < 0x10000) target[out++] = 0xe0 | (codePoint >> 12);
    else {
      target[out++] = 0xf0 | (codePoint >> 18);
      target[out++] = 0x80 | ((codePoint >> 12) & 0x3f);
    }
    target[out++] = 0x80 | ((codePoint >> 6) & 0x3f);
  }
  target[out++] = 0x80 | (codePoint & 0x3f);
  return out;
}
