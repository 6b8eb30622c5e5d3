/** Idle times of a thread, told apart: those within an inference from those between two. */
export interface IdleBoundary {
  /** The longest that is within one, or the floor. */
  readonly withinUs: number;
  /** The shortest that is between two. */
  readonly betweenUs: number;
}

/** Idle times that differ by less are of one kind. */
const CLEAR = 1.5;

/**
 * Finds the valley in the lengths of idle times: where the next longer one is the most times as long, the more so the more there are
 * beyond it, so that one long pause does not hide a rhythm.
 * @param floorUs idle times shorter than this cannot be told from none
 * @returns null where there is none: all are of one kind, or too short
 */
export function idleBoundary(idleUs: readonly number[], floorUs: number): IdleBoundary | null {
  const lengths = Float64Array.from(idleUs.filter((us) => us > floorUs)).sort();
  let best: IdleBoundary | null = null;
  let bestScore = 0;
  for (let i = 0; i < lengths.length; i++) {
    const withinUs = i === 0 ? floorUs : lengths[i - 1]!;
    const betweenUs = lengths[i]!;
    const score = Math.log(betweenUs / withinUs) * Math.log(1 + lengths.length - i);
    if (betweenUs < CLEAR * withinUs || score <= bestScore) continue;
    best = { withinUs, betweenUs };
    bestScore = score;
  }
  return best;
}
