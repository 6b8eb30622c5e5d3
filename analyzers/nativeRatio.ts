import { median } from 'simple-statistics';
import type { Manifest } from '../src/bundle/manifest.js';
import { byReplicate } from '../src/stats/byReplicate.js';
import { replicatedMedian } from '../src/stats/replicatedMedian.js';
import type { Gap, Interval } from './analysis.js';

type Round = Manifest['timingPass']['rounds'][number];

/**
 * The browser over a native run: the ratio of the medians of each replicate, in which both ran in turn, averaged as logarithms. What slowed
 * both of them down at a time does not widen its interval.
 * @param nativeOf the native run's latencies in a round, ms
 * @returns null where no round ran both
 */
export function nativeRatio(
  all: readonly Round[],
  nativeOf: (round: Round) => readonly number[],
): Pick<Gap, 'nativeMs' | 'nativeCi95Ms' | 'nativeSamplesMs' | 'ratio' | 'ratioCi95'> | null {
  const rounds = all.filter((round) => round.browserMs.length > 0 && nativeOf(round).length > 0);
  if (rounds.length === 0) return null;
  const ratioOf = (drawn: readonly Round[]): number =>
    median(drawn.flatMap(({ browserMs }) => browserMs)) / median(drawn.flatMap(nativeOf));
  const native = replicatedMedian(byReplicate(rounds, nativeOf), median)!;
  const browser = replicatedMedian(
    byReplicate(rounds, ({ browserMs }) => browserMs),
    median,
  )!;
  const logRatios = replicatedMedian(
    byReplicate(rounds, (round) => [round]),
    (drawn) => Math.log(ratioOf(drawn)),
  )!;
  return {
    nativeMs: native.value,
    nativeCi95Ms: native.ci95,
    nativeSamplesMs: rounds.flatMap(nativeOf),
    ratio: browser.value / native.value,
    ratioCi95: around(browser.value / native.value, logRatios.value, logRatios.ci95),
  };
}

/** The interval of the ratio: as wide as that of the logarithms, around the ratio of the quoted medians. */
function around(ratio: number, logarithm: number, ends: Interval): Interval {
  if (!ends.every(Number.isFinite)) return ends;
  const [low, high] = ends;
  return [ratio * Math.exp(low - logarithm), ratio * Math.exp(high - logarithm)];
}
