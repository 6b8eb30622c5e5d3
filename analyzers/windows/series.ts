import { median } from 'simple-statistics';
import type { Trace } from '../../src/trace/trace.js';

/** Possible inferences of one thread. */
export interface ThreadSeries {
  readonly thread: number;
  /** By time, without overlap. */
  readonly spans: readonly { readonly startUs: number; readonly endUs: number }[];
  /** Null if they were not found by the idle time between them. */
  readonly boundary: IdleBoundary | null;
  /** False for a thread that works for another: its first task never ends. */
  readonly hasTasks: boolean;
  /** What they consist of, in a few words. */
  readonly what: string;
  /** True if it is known what they are, and not only that they recur. */
  readonly isKnown?: true;
  /** The part of what recurs that they are, where nothing but their time tells them from the rest; 1 if absent. */
  readonly sureness?: number;
}

/** A series that takes less than this part of the longest one's time is left out. */
const SMALL = 0.05;
/**
 * A thread works for another thread of its process if at least this part of its series lies within the other's. A pool thread
 * goes on polling, for longer than it worked on a fast machine, so it also works for one if it shares this part of the other's
 * series, or if this part of its bursts begins within the other's: it begins when it is given work.
 */
const WITHIN = 0.8;

/** The longest series of each thread and of each document on it, without those of threads that work for others. */
export function bestSeries(trace: Trace, found: readonly ThreadSeries[]): ThreadSeries[] {
  const { pid } = trace.tables.threads.columns;
  const ranked = found
    .filter(({ spans }) => spans.length > 0)
    .sort((a, b) => Number(b.hasTasks) - Number(a.hasTasks) || seriesLengthUs(b) - seriesLengthUs(a));
  // A thread without tasks works for others and may poll all the time, so it sets no scale for threads with tasks.
  const mostUs = Math.max(0, ...ranked.filter(({ hasTasks }) => hasTasks === ranked[0]!.hasTasks).map(seriesLengthUs));
  const kept: ThreadSeries[] = [];
  for (const series of ranked) {
    const isSecondary = kept.some(
      (other) =>
        (other.thread === series.thread && interleave(series, other)) ||
        (pid[other.thread] === pid[series.thread] && worksFor(series, other)),
    );
    if (!isSecondary && seriesLengthUs(series) >= SMALL * mostUs) kept.push(series);
  }
  return kept;
}

function worksFor(series: ThreadSeries, other: ThreadSeries): boolean {
  const shared = sharedUs(series, other);
  if (shared >= WITHIN * seriesLengthUs(series)) return true;
  return (
    !series.hasTasks && (shared >= WITHIN * seriesLengthUs(other) || begunWithin(series, other) >= WITHIN * series.spans.length)
  );
}

/** The number of spans of one that begin within a span of the other, whose begin is known up to what counts as idle time. */
function begunWithin({ spans: one }: ThreadSeries, { spans: other, boundary }: ThreadSeries): number {
  const edgeUs = boundary?.withinUs ?? 0;
  let next = 0;
  return one.filter(({ startUs }) => {
    while (next < other.length && other[next]!.endUs <= startUs) next++;
    return next < other.length && other[next]!.startUs <= startUs + edgeUs;
  }).length;
}

/** Whether two series overlap as wholes. Series of successive documents on one thread do not, and both are kept. */
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

/** Lengths are alike if they differ by at most this factor. */
export const ALIKE = 2;

/** The part of the spans that is about as long as their median. */
export function alikeShare(spans: readonly { readonly startUs: number; readonly endUs: number }[]): number {
  const lengths = spans.map(({ startUs, endUs }) => endUs - startUs);
  const middle = median(lengths);
  return lengths.filter((us) => us <= ALIKE * middle && us >= middle / ALIKE).length / lengths.length;
}

/** A piece of computing on one thread: a sample, a call, or a task. */
export interface Piece {
  readonly startUs: number;
  readonly endUs: number;
  /** Key of the function that was called. Pieces of one kind share it. */
  readonly entry: string;
  /** Idle time between the previous piece and this one, µs. */
  readonly idleUs: number;
}

export interface Burst {
  readonly startUs: number;
  readonly endUs: number;
  readonly pieces: readonly Piece[];
}

export interface Bursts {
  readonly bursts: readonly Burst[];
  /** Null if nothing recurs. */
  readonly boundary: IdleBoundary | null;
  /** Pieces that belong to no burst because they do not recur, such as calls that load a model. */
  readonly others: readonly Piece[];
}

/** A call belongs to inferences if it is in at least this part of the bursts. Creating a session is in one of many. */
const RECURS = 0.25;
/** A burst that is shorter than this part of the median is no inference. */
const SHORT = 0.1;

/**
 * Groups pieces of computing into bursts with idle time between them, and keeps the pieces that recur.
 * @param pieces by time
 * @param floorUs shorter pauses do not count as idle time, µs
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
  // If nothing recurs, the last burst is the most likely inference, as loading comes before it.
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

/** The boundary between idle times within an inference and idle times between two inferences. */
export interface IdleBoundary {
  /** The longest idle time within an inference, or the floor, µs. */
  readonly withinUs: number;
  /** The shortest idle time between two inferences, µs. */
  readonly betweenUs: number;
}

/** Idle times that differ by less than this factor are of one kind. */
const CLEAR = 1.5;

/**
 * Finds the widest gap in the sorted lengths of idle times, on a logarithmic scale. A gap counts more with more idle times above
 * it, so that a single long pause does not hide a rhythm.
 * @param floorUs shorter pauses do not count as idle time, µs
 * @returns null if all idle times are of one kind, or too short
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

/** Total time of a series, µs. */
export function seriesLengthUs({ spans }: Pick<ThreadSeries, 'spans'>): number {
  return spans.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0);
}
