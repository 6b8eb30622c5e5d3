/** Rows in sorted order; rows of group g are order[offsets[g]] … order[offsets[g + 1] - 1]. */
export interface SortedOrder {
  readonly order: Uint32Array;
  readonly offsets: Uint32Array;
}

export interface SortKeys {
  /** First key: group of each row, 0 … groups - 1. */
  readonly group?: Int32Array | undefined;
  readonly groups?: number | undefined;
  /** Second key, ascending; no NaN. */
  readonly key: Float64Array;
  /** Third key, descending; no NaN. */
  readonly longerFirst?: Float64Array | undefined;
}

/**
 * Sorts row numbers, stable. Rows are dealt out to their groups, then each group is merged from the ascending runs it consists
 * of: events of one thread mostly come in order, so this is about one pass; the worst case is n log n.
 */
export function sortedOrder({ group, groups = 1, key, longerFirst }: SortKeys): SortedOrder {
  const { order, offsets } = deal(key.length, group, groups);
  let scratch: Uint32Array | undefined;
  for (let g = 0; g < groups; g++) {
    const from = offsets[g]!;
    const to = offsets[g + 1]!;
    const runs = ascendingRuns(order, from, to, key, longerFirst);
    if (runs.length <= 2) continue;
    scratch ??= new Uint32Array(order.length);
    mergeRuns(order, scratch, runs, key, longerFirst);
  }
  return { order, offsets };
}

function deal(length: number, group: Int32Array | undefined, groups: number): SortedOrder {
  const offsets = new Uint32Array(groups + 1);
  const order = new Uint32Array(length);
  if (!group) {
    for (let row = 0; row < length; row++) order[row] = row;
    offsets[groups] = length;
    return { order, offsets };
  }
  for (let row = 0; row < length; row++) offsets[group[row]! + 1]!++;
  for (let g = 0; g < groups; g++) offsets[g + 1]! += offsets[g]!;
  const next = offsets.slice();
  for (let row = 0; row < length; row++) order[next[group[row]!]!++] = row;
  return { order, offsets };
}

/** True if row `b` must stand before row `a`, which comes earlier. */
function precedes(b: number, a: number, key: Float64Array, longerFirst: Float64Array | undefined): boolean {
  const keyB = key[b]!;
  const keyA = key[a]!;
  return keyB < keyA || (keyB === keyA && longerFirst !== undefined && longerFirst[b]! > longerFirst[a]!);
}

/** Where ascending runs begin, and the end of the last. */
function ascendingRuns(
  order: Uint32Array,
  from: number,
  to: number,
  key: Float64Array,
  longerFirst: Float64Array | undefined,
): number[] {
  const runs = [from];
  for (let i = from + 1; i < to; i++) if (precedes(order[i]!, order[i - 1]!, key, longerFirst)) runs.push(i);
  runs.push(to);
  return runs;
}

function mergeRuns(
  order: Uint32Array,
  scratch: Uint32Array,
  bounds: number[],
  key: Float64Array,
  longerFirst: Float64Array | undefined,
): void {
  const from = bounds[0]!;
  const to = bounds[bounds.length - 1]!;
  let source = order;
  let target = scratch;
  let runs = bounds;
  while (runs.length > 2) {
    const merged = [from];
    for (let k = 0; k + 1 < runs.length; k += 2) {
      const middle = runs[k + 1]!;
      const end = runs[k + 2] ?? middle;
      mergeTwo(source, target, runs[k]!, middle, end, key, longerFirst);
      merged.push(end);
    }
    runs = merged;
    [source, target] = [target, source];
  }
  if (source !== order) order.set(source.subarray(from, to), from);
}

function mergeTwo(
  source: Uint32Array,
  target: Uint32Array,
  from: number,
  middle: number,
  end: number,
  key: Float64Array,
  longerFirst: Float64Array | undefined,
): void {
  let left = from;
  let right = middle;
  for (let out = from; out < end; out++) {
    const fromRight = left === middle || (right < end && precedes(source[right]!, source[left]!, key, longerFirst));
    target[out] = source[fromRight ? right++ : left++]!;
  }
}
