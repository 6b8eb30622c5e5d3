import { intrinsics } from './intrinsics.js';

const { apply, btoa, finite, fromCharCode, isArray, isView, ownKeys, quoted, subarray, toBase64, viewLength } = intrinsics;

/** Plain data as JSON. JSON.stringify would call a `toJSON` that the page put on Object.prototype. */
export function jsonOf(value: unknown): string {
  if (typeof value === 'number') return finite(value) ? `${value}` : 'null';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value !== 'object' || value === null) return 'null';
  let text = '';
  if (isArray(value) || isView(value)) {
    const list = value as unknown as ArrayLike<unknown>;
    for (let i = 0; i < list.length; i++) text += i === 0 ? jsonOf(list[i]) : `,${jsonOf(list[i])}`;
    return `[${text}]`;
  }
  const keys = ownKeys(value) as string[];
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    text += `${i === 0 ? '' : ','}${quoted(key)}:${jsonOf((value as Record<string, unknown>)[key])}`;
  }
  return `{${text}}`;
}

/** Bytes that are converted at once, as parameters of one call. */
const STEP = 8190;

/**
 * https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Uint8Array/toBase64, or our own code if it is
 * missing.
 */
export function base64Of(bytes: Uint8Array): string {
  if (toBase64) return toBase64(bytes);
  let text = '';
  for (let from = 0; from < viewLength(bytes); from += STEP) {
    text += btoa(apply(fromCharCode, null, subarray(bytes, from, from + STEP) as unknown as number[]));
  }
  return text;
}
