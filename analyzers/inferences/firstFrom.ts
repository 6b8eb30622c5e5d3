import { firstWhere } from '../firstWhere.js';

/** Position of the first that begins at a moment or later; they are sorted. */
export function firstFrom(sorted: readonly { readonly startUs: number }[], atUs: number): number {
  return firstWhere(sorted.length, (i) => sorted[i]!.startUs >= atUs);
}
