import { median } from 'simple-statistics';
import { enoughReplicates } from './enoughReplicates.js';
import type { Interval } from './interval.js';
import type { LadderRound } from './ladderEffects.js';
import { logInterval } from './logInterval.js';

/** What runs side by side where a build is compared with another: the reference, the reference once more, and the build. */
export const COMPARED_RUNGS = ['reference', 'again', 'candidate'] as const;

/** How many times as long as the reference a build takes. */
export interface BuildRatio {
  readonly ratio: number;
  readonly ratioCi95: Interval;
  /** The reference against itself, in other processes: what no difference can be told from. */
  readonly again: number;
  readonly againCi95: Interval;
  /** Geometric means over replicates of the medians of the replicate's rounds. */
  readonly referenceMs: number;
  readonly candidateMs: number;
  /** Fresh processes of each. */
  readonly replicates: number;
}

/**
 * The ratio of a build to the reference, of which two processes ran: to their geometric mean. In each replicate it is the median of the
 * ratios of its rounds, as in a round all ran within about a second, so that most of what else happened to the machine happened to all.
 * The interval is over replicates, as a process keeps its luck for life.
 * @param replicates each with rounds that hold every one of `COMPARED_RUNGS`
 * @returns null without a replicate
 */
export function buildRatio(replicates: readonly { readonly rounds: readonly LadderRound[] }[]): BuildRatio | null {
  if (replicates.length === 0) return null;
  const each = replicates.map(({ rounds }) => {
    const levels = rounds.map((round) => {
      const [reference, again, candidate] = COMPARED_RUNGS.map((id) =>
        median(round.flatMap(({ rung, ms }) => (rung === id ? ms : []))),
      ) as [number, number, number];
      return { reference: Math.sqrt(reference * again), again: again / reference, candidate };
    });
    const typical = (of: (level: (typeof levels)[number]) => number): number => median(levels.map(of));
    return {
      ratio: typical(({ candidate, reference }) => candidate / reference),
      again: typical(({ again }) => again),
      reference: typical(({ reference }) => reference),
      candidate: typical(({ candidate }) => candidate),
    };
  });
  const ratio = logInterval(each.map((one) => one.ratio));
  const again = logInterval(each.map((one) => one.again));
  return {
    ratio: ratio.value,
    ratioCi95: ratio.ci95,
    again: again.value,
    againCi95: again.ci95,
    referenceMs: logInterval(each.map(({ reference }) => reference)).value,
    candidateMs: logInterval(each.map(({ candidate }) => candidate)).value,
    replicates: each.length,
  };
}

/** `undecided`: the interval holds the limit, there are too few processes, or the reference is not even like itself. */
export type BuildVerdict = 'slower' | 'not slower' | 'undecided';

/**
 * Whether a build is slower by more than the limit: where its whole interval is beyond it, or before it.
 * @param limit 0.1 for 10 %
 */
export function buildVerdict(ratio: BuildRatio | null, limit: number): BuildVerdict {
  if (!ratio || !enoughReplicates(ratio.replicates) || !isQuiet(ratio, limit)) return 'undecided';
  const [low, high] = ratio.ratioCi95;
  return low > 1 + limit ? 'slower' : high < 1 + limit ? 'not slower' : 'undecided';
}

/** Whether the reference is so much like itself that a difference as large as the limit means something. */
export const isQuiet = ({ again }: BuildRatio, limit: number): boolean => Math.abs(Math.log(again)) < Math.log1p(limit);
