import { median } from 'simple-statistics';
import type { Trace } from '../../src/trace/trace.js';

/** What may be the inferences of one thread. */
export interface ThreadSeries {
  readonly thread: number;
  /** By time, free of overlap. */
  readonly spans: readonly { readonly startUs: number; readonly endUs: number }[];
  /** Null where they are known by something else than the idle time between them. */
  readonly boundary: IdleBoundary | null;
  /** False of a thread that works for another: it never comes back from its first task. */
  readonly hasTasks: boolean;
  /** What they are made of, in a word or two. */
  readonly what: string;
}

/** A series that takes less than this part of the longest one's time is something small beside it. */
const SMALL = 0.05;
/** A series of which this part lies within that of another thread of the process works for it; and so does a thread of a pool, which goes on polling, that has this part of the other's. */
const WITHIN = 0.8;

/** Of each thread, and of each document on it, the series that takes the most time, without those of threads that work for others. */
export function bestSeries(trace: Trace, found: readonly ThreadSeries[]): ThreadSeries[] {
  const { pid } = trace.tables.threads.columns;
  const ranked = found
    .filter(({ spans }) => spans.length > 0)
    .sort((a, b) => Number(b.hasTasks) - Number(a.hasTasks) || seriesLengthUs(b) - seriesLengthUs(a));
  // One that works for others may be at it all the time.
  const mostUs = Math.max(0, ...ranked.filter(({ hasTasks }) => hasTasks === ranked[0]!.hasTasks).map(seriesLengthUs));
  const kept: ThreadSeries[] = [];
  for (const series of ranked) {
    const isTold = kept.some(
      (other) =>
        (other.thread === series.thread && interleave(series, other)) ||
        (pid[other.thread] === pid[series.thread] &&
          sharedUs(series, other) >=
            WITHIN * Math.min(seriesLengthUs(series), series.hasTasks ? Number.POSITIVE_INFINITY : seriesLengthUs(other))),
    );
    if (!isTold && seriesLengthUs(series) >= SMALL * mostUs) kept.push(series);
  }
  return kept;
}

/** Documents that come one after the other share a thread, and each has its own. */
function interleave({ spans: one }: ThreadSeries, { spans: other }: ThreadSeries): boolean {
  return one[0]!.startUs < other.at(-1)!.endUs && other[0]!.startUs < one.at(-1)!.endUs;
}

function sharedUs(one: ThreadSeries, other: ThreadSeries): number {
  let sum = 0;
  let first = 0;
  for (const { startUs, endUs } of one.spans) {
    while (first < other.spans.length && other.spans[first]!.endUs <= startUs) first++;
    for (let i = first; i < other.spans.length && other.spans[i]!.startUs < endUs; i++) {
      sum += Math.min(endUs, other.spans[i]!.endUs) - Math.max(startUs, other.spans[i]!.startUs);
    }
  }
  return sum;
}

/** Lengths that differ by more are not alike. */
export const ALIKE = 2;

/** The part of what was found that is about as long as the median of it. */
export function alikeShare(spans: readonly { readonly startUs: number; readonly endUs: number }[]): number {
  const lengths = spans.map(({ startUs, endUs }) => endUs - startUs);
  const middle = median(lengths);
  return lengths.filter((us) => us <= ALIKE * middle && us >= middle / ALIKE).length / lengths.length;
}

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
function idleBoundary(idleUs: readonly number[], floorUs: number): IdleBoundary | null {
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

/** How much time a series takes, µs. */
export function seriesLengthUs({ spans }: Pick<ThreadSeries, 'spans'>): number {
  return spans.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0);
}
