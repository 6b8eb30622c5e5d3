/**
 * The frame of a video that is due at a time, by when each frame is due, ms, in order.
 * @returns null where none is due within a quarter of its length: then the player has another clock than the file
 */
export function frameAt(timesMs: readonly number[], ms: number): number | null {
  let low = 0;
  let high = timesMs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timesMs[middle]! + timesMs[middle + 1]!) / 2 < ms) low = middle + 1;
    else high = middle;
  }
  return Math.abs(timesMs[low]! - ms) < lengthMs(timesMs, low) / 4 ? low : null;
}

/** For how long a frame is shown. Of the last one nothing says it: it counts as long as the one before. */
export function lengthMs(timesMs: readonly number[], frame: number): number {
  const at = Math.min(frame, timesMs.length - 2);
  return at < 0 ? ONLY_FRAME_MS : timesMs[at + 1]! - timesMs[at]!;
}

const ONLY_FRAME_MS = 1000;
