/** Starts and ends that differ by less are taken as equal: 1 ns, far above the rounding of µs in doubles. */
const toleranceUs = 0.001;

export interface Nesting {
  readonly depth: Uint16Array;
  /** Row of the enclosing slice, -1 if there is none. */
  readonly parent: Int32Array;
  /** Slices that begin inside another and end after it. */
  readonly overlapping: number;
}

/**
 * Nests slices that are sorted by thread, start and longer first: a slice lies in the innermost one that has not ended when it
 * starts. Rows offsets[t] … offsets[t + 1] - 1 are those of thread t.
 */
export function nest(startUs: Float64Array, durationUs: Float64Array, unclosed: Uint8Array, offsets: Uint32Array): Nesting {
  const depth = new Uint16Array(startUs.length);
  const parent = new Int32Array(startUs.length).fill(-1);
  let overlapping = 0;
  for (let t = 0; t + 1 < offsets.length; t++) {
    let open = -1;
    for (let row = offsets[t]!; row < offsets[t + 1]!; row++) {
      const start = startUs[row]!;
      while (open >= 0 && startUs[open]! + durationUs[open]! <= start) open = parent[open]!;
      if (open >= 0) {
        parent[row] = open;
        depth[row] = Math.min(depth[open]! + 1, 0xffff);
        // When an unclosed slice ended is not known, so neither is whether it overlaps.
        const excess = start + durationUs[row]! - (startUs[open]! + durationUs[open]!);
        if (excess > toleranceUs && unclosed[row] === 0) overlapping++;
      }
      open = row;
    }
  }
  return { depth, parent, overlapping };
}
