import { intrinsics } from './intrinsics.js';

const { isArray, finite, isView, ownKeys, quoted } = intrinsics;

/** Plain data as JSON. JSON.stringify would ask `toJSON` of whatever the page has put on Object.prototype; no text or number asks anything. */
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
