import { intrinsics } from './intrinsics.js';

const { apply, btoa, fromCharCode, subarray, toBase64, viewLength } = intrinsics;

/** Bytes that are turned into text at once: parameters of one call. */
const STEP = 8190;

/** https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Uint8Array/toBase64, or the same by hand where it is missing. */
export function base64Of(bytes: Uint8Array): string {
  if (toBase64) return toBase64(bytes);
  let text = '';
  for (let from = 0; from < viewLength(bytes); from += STEP) {
    text += btoa(apply(fromCharCode, null, subarray(bytes, from, from + STEP) as unknown as number[]));
  }
  return text;
}
