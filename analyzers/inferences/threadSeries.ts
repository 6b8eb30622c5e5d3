import type { Trace } from '../../src/trace/trace.js';
import type { IdleBoundary } from './idleBoundary.js';
import { seriesLengthUs } from './seriesLengthUs.js';

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
