/** What one source said, row by row in the order of time. */
export interface Readings {
  readonly atMs: readonly number[];
  /** Null where it said nothing. */
  readonly bytes: readonly (number | null)[];
}

/** The rows in which something was said, in the order of time; null if there is none. */
export function readings(atMs: readonly number[], bytes: readonly (number | null)[]): Readings | null {
  const rows = atMs.map((at, row) => [at, bytes[row] ?? null] as const).filter(([, value]) => value !== null);
  if (rows.length === 0) return null;
  rows.sort(([a], [b]) => a - b);
  return { atMs: rows.map(([at]) => at), bytes: rows.map(([, value]) => value) };
}
