import { onAxis } from './onAxis.js';
import type { Readings } from './readings.js';

/**
 * Adds up several sources, read at times of their own: at each reading of one, what the others said last still holds. Before its first
 * reading a source counts nothing.
 */
export function sumOf(sources: readonly Readings[]): Readings | null {
  if (sources.length === 0) return null;
  const atMs = [...new Set(sources.flatMap((source) => source.atMs))].sort((a, b) => a - b);
  const bytes = new Array<number>(atMs.length).fill(0);
  for (const source of sources) {
    let last = 0;
    onAxis(source, atMs).forEach((value, place) => {
      last = value ?? last;
      bytes[place]! += last;
    });
  }
  return { atMs, bytes };
}
