import { median } from 'simple-statistics';
import { type IdleBoundary, idleBoundary } from './idleBoundary.js';

/** A piece of computing on one thread: a sample, a call, or a task. */
export interface Piece {
  readonly startUs: number;
  readonly endUs: number;
  /** What was called: pieces of one kind have the same. */
  readonly entry: string;
  /** Idle time between the piece before it and this one. */
  readonly idleUs: number;
}

export interface Burst {
  readonly startUs: number;
  readonly endUs: number;
  readonly pieces: readonly Piece[];
}

export interface Bursts {
  readonly bursts: readonly Burst[];
  /** Null where nothing comes again, so that there is nothing between. */
  readonly boundary: IdleBoundary | null;
  /** Pieces that belong to none: calls that do not come again, such as those that load a model. */
  readonly others: readonly Piece[];
}

/** A call belongs to inferences if it is in this part of the bursts; to create a session is in one of many. */
const RECURS = 0.25;
/** A burst that is shorter than this part of the median is something else. */
const SHORT = 0.1;

/**
 * Groups pieces of computing into bursts with idle time between, and keeps what comes again.
 * @param pieces by time
 * @param floorUs idle time that cannot be told from none
 */
export function splitAtIdle(pieces: readonly Piece[], floorUs: number): Bursts {
  const boundary = idleBoundary(
    pieces.slice(1).map(({ idleUs }) => idleUs),
    floorUs,
  );
  if (!boundary) return { bursts: pieces.length > 0 ? [burstOf(pieces)] : [], boundary: null, others: [] };
  const first = grouped(pieces, boundary.betweenUs, () => true);
  const burstsOf = new Map<string, number>();
  for (const group of first) {
    for (const entry of new Set(group.map((piece) => piece.entry))) burstsOf.set(entry, (burstsOf.get(entry) ?? 0) + 1);
  }
  const least = Math.max(2, RECURS * first.length);
  const recurs = (piece: Piece): boolean => burstsOf.get(piece.entry)! >= least;
  const bursts = grouped(pieces, boundary.betweenUs, recurs).map(burstOf);
  // Of what comes once, the last is the likeliest: loading comes before.
  if (bursts.length < 2) return { bursts: [burstOf(first.at(-1)!)], boundary: null, others: first.slice(0, -1).flat() };
  const leastUs = SHORT * median(bursts.map(({ startUs, endUs }) => endUs - startUs));
  return {
    bursts: bursts.filter(({ startUs, endUs }) => endUs - startUs >= leastUs),
    boundary,
    others: pieces.filter((piece) => !recurs(piece)),
  };
}

function grouped(pieces: readonly Piece[], betweenUs: number, wanted: (piece: Piece) => boolean): Piece[][] {
  const groups: Piece[][] = [];
  let idleUs = Number.POSITIVE_INFINITY;
  for (const piece of pieces) {
    idleUs += piece.idleUs;
    if (!wanted(piece)) continue;
    if (idleUs >= betweenUs) groups.push([piece]);
    else groups.at(-1)!.push(piece);
    idleUs = 0;
  }
  return groups;
}

function burstOf(pieces: readonly Piece[]): Burst {
  const endUs = pieces.reduce((last, piece) => Math.max(last, piece.endUs), Number.NEGATIVE_INFINITY);
  return { startUs: pieces[0]!.startUs, endUs, pieces };
}
