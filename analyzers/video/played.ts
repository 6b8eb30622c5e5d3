import { mean, sum } from 'simple-statistics';
import type { VideoLog } from '../../src/bundle/videoLog.js';
import type { CategorizedPicture } from '../../src/detection/classPrecision.js';
import type { Interval } from '../../src/stats/interval.js';
import { type Spread, spreadOf } from '../accuracy/liveAccuracy.js';
import { estimateShare } from '../qoe/estimate.js';
import { predictedResults, type Result } from './predictedResults.js';
import { type Score, scoreOf } from './score.js';
import { foundByPicture, type VideoFrames } from './videoFrames.js';

/**
 * What pages showed of a model’s results while the video played. Scores are means over pages, and intervals are of pages: how late results come
 * differs from page to page, which the frames of one page do not tell.
 */
export interface PlayedAccuracy {
  /** Where the model ran. */
  readonly condition: 'main' | 'worker';
  /** Fresh pages that showed a result. */
  readonly pages: number;
  /** By how much the frame that is shown is later than the one that its result was made from, over all labelled frames that show one. */
  readonly ageMs: Spread;
  /** From picture to result. */
  readonly latencyMs: Spread;
  readonly results: number;
  /** Labelled frames that show a result; the others came before the first. */
  readonly frames: number;
  /** Of those, frames that the page was not told of, as it was busy. Its viewer saw them. */
  readonly unseen: number;
  /** Frames that the player dropped, of those that were to be shown. */
  readonly dropped: number;
  readonly played: number;
  /** Of what was shown: AP@.5, or top-1 accuracy. */
  readonly measured: number;
  /** Of `measured`. Null of fewer than three pages. */
  readonly ci95: Interval | null;
  /**
   * What follows from the ages alone: what is found in frames that stand still, so much later. Null where not all frames that results were made
   * from were looked at.
   */
  readonly replayed: number | null;
  /** The same at ages that follow from the latencies alone. See `predictedResults`. */
  readonly predicted: number | null;
  /** AP@[.5:.95] of what was shown; null of a classifier. */
  readonly measuredAp: number | null;
  readonly measuredApCi95: Interval | null;
}

type Round = VideoLog['rounds'][number];

/** @returns a row for each place where the model ran; none of those where no result was shown */
export function playedAccuracy(log: VideoLog, known: VideoFrames): PlayedAccuracy[] {
  return (['main', 'worker'] as const).flatMap((condition) => {
    const own = log.rounds.filter(({ on }) => on === condition);
    const pages = own.flatMap((round) => judged(log, round, known) ?? []);
    return pages.length === 0 ? [] : [summary(condition, pages)];
  });
}

/** What one page showed. */
interface Page {
  /** Per labelled frame that shows a result. */
  readonly agesMs: readonly number[];
  /** Per result. */
  readonly latenciesMs: readonly number[];
  readonly unseen: number;
  readonly playback: Round['playback'];
  readonly measured: Score;
  readonly replayed: number | null;
  readonly predicted: number | null;
}

function summary(condition: PlayedAccuracy['condition'], pages: readonly Page[]): PlayedAccuracy {
  const measured = estimateShare(pages.map((page) => page.measured.value))!;
  const aps = pages.flatMap((page) => page.measured.ap ?? []);
  const measuredAp = aps.length < pages.length ? null : estimateShare(aps);
  return {
    condition,
    pages: pages.length,
    ageMs: spreadOf(pages.map(({ agesMs }) => agesMs)),
    latencyMs: spreadOf(pages.map(({ latenciesMs }) => latenciesMs)),
    results: sum(pages.map(({ latenciesMs }) => latenciesMs.length)),
    frames: sum(pages.map(({ agesMs }) => agesMs.length)),
    unseen: sum(pages.map(({ unseen }) => unseen)),
    dropped: sum(pages.map(({ playback }) => playback.dropped)),
    played: sum(pages.map(({ playback }) => playback.total)),
    measured: measured.value,
    ci95: measured.ci95,
    replayed: meanOrNull(pages.map(({ replayed }) => replayed)),
    predicted: meanOrNull(pages.map(({ predicted }) => predicted)),
    measuredAp: measuredAp?.value ?? null,
    measuredApCi95: measuredAp?.ci95 ?? null,
  };
}

/** @returns null where one is not known */
function meanOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length < values.length ? null : mean(known);
}

/** @returns null if no labelled frame showed a result */
function judged(log: VideoLog, round: Round, known: VideoFrames): Page | null {
  const { timesMs, stretch, what } = log;
  const { shown, results, found, on, playback } = round;
  const foundLive = foundByPicture(found, results.frame.length);
  const made = results.frame.map((frame, i) => ({ frame, readyMs: results.readyMs[i]!, found: foundLive[i]! }));
  const latenciesMs = results.readyMs.map((readyMs, i) => readyMs - results.takenMs[i]!);
  const last = Math.min(stretch.last, shown.frame.at(-1) ?? -1);
  const beside = shownResults(made, (frame) => shownAtMs(frame, shown, timesMs), { first: stretch.first, last }, known);
  const measured = scoreOf(
    what,
    beside.map(({ labels, result }) => ({ labels, found: result.found })),
  );
  if (!measured) return null;
  const seen = new Set(shown.frame);
  const replay = (of: readonly ShownResult<Result>[]): number | null => {
    const pictures = of.flatMap(({ labels, result }): CategorizedPicture[] => {
      const standing = known.found.get(result.frame);
      return standing ? [{ labels, found: standing }] : [];
    });
    return pictures.length < of.length ? null : (scoreOf(what, pictures)?.value ?? null);
  };
  const predicted = predictedResults(latenciesMs, on, log);
  return {
    agesMs: beside.map(({ frame, result }) => timesMs[frame]! - (timesMs[result.frame] ?? 0)),
    latenciesMs,
    unseen: beside.filter(({ frame }) => !seen.has(frame)).length,
    playback,
    measured,
    replayed: replay(beside),
    predicted: replay(shownResults(predicted, (frame) => timesMs[frame]!, stretch, known)),
  };
}

/** A labelled frame, and the result that is shown over it. */
interface ShownResult<Of extends Result> {
  readonly frame: number;
  readonly labels: CategorizedPicture['labels'];
  readonly result: Of;
}

/**
 * The labelled frames of a stretch that show a result: the last one that is there by then.
 * @param atMs when a frame is shown, on the clock of the results
 */
function shownResults<Of extends Result>(
  results: readonly Of[],
  atMs: (frame: number) => number,
  { first, last }: VideoLog['stretch'],
  { labels }: VideoFrames,
): ShownResult<Of>[] {
  const frames: ShownResult<Of>[] = [];
  let next = 0;
  for (let frame = first; frame <= last; frame++) {
    while (next < results.length && results[next]!.readyMs <= atMs(frame)) next++;
    const result = results[next - 1];
    const there = labels.get(frame);
    if (result && there) frames.push({ frame, labels: there, result });
  }
  return frames;
}

/**
 * When a frame was shown: of those that the page was told of as it says, of others as much after the last one as they are later in the video,
 * but not after the next one.
 */
function shownAtMs(frame: number, shown: Round['shown'], timesMs: readonly number[]): number {
  let low = 0;
  let high = shown.frame.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (shown.frame[middle]! <= frame) low = middle + 1;
    else high = middle;
  }
  const before = Math.max(0, low - 1);
  const dueMs = shown.atMs[before]! + timesMs[frame]! - timesMs[shown.frame[before]!]!;
  return Math.min(dueMs, shown.atMs[before + 1] ?? Number.POSITIVE_INFINITY);
}
