import { mean, median } from 'simple-statistics';
import { enoughReplicates } from './enoughReplicates.js';
import { logIntervalAround } from './logInterval.js';
import { studentInterval } from './studentInterval.js';

/** What one round of a ladder measured, rung by rung; latencies in ms. */
export type LadderRound = readonly { readonly rung: string; readonly ms: readonly number[] }[];

export interface LadderEffect {
  /** The rung whose step from the one below it is. */
  readonly rung: string;
  readonly ms: number;
  readonly ci95Ms: readonly [low: number, high: number];
}

export interface LadderSummary {
  /**
   * Latency per rung, from the bottom up: the mean over replicates of the replicate's median, ms. A mean, so that effects sum; its
   * interval is on a log scale, as that of any latency.
   */
  readonly rungs: readonly LadderEffect[];
  /** One per step; they sum to the difference between top and bottom exactly. */
  readonly effects: readonly LadderEffect[];
  /** Top over bottom. */
  readonly ratio: number;
  readonly ratioCi95: readonly [low: number, high: number];
}

/**
 * Effects of a ladder: in each replicate the differences of the medians of neighbouring rungs, then their mean over replicates,
 * with Student's interval. A process keeps its luck (where code and memory lie) for life, so the replicate is the unit that
 * repeats; with fewer than three of them it is the round, which knows nothing of that luck and makes intervals too narrow.
 * Rounds that hold only some of them count with those that they hold.
 * @param rungs ids from the bottom up; each is in every replicate, and in some of its rounds with all others
 */
export function ladderEffects(
  rungs: readonly string[],
  replicates: readonly { readonly rounds: readonly LadderRound[] }[],
): LadderSummary {
  const units = enoughReplicates(replicates.length)
    ? replicates.map(({ rounds }) => rounds)
    : replicates.flatMap(({ rounds }) => rounds.filter((round) => holdsAll(round, rungs)).map((round) => [round]));
  const medians = units.map((rounds) =>
    rungs.map((rung) => median(rounds.flatMap((round) => round.flatMap((entry) => (entry.rung === rung ? entry.ms : []))))),
  );
  const summary = (rung: string, values: number[]): LadderEffect => ({ rung, ms: mean(values), ci95Ms: studentInterval(values) });
  const ratio = mean(medians.map((unit) => unit.at(-1)!)) / mean(medians.map((unit) => unit[0]!));
  return {
    rungs: rungs.map((rung, i) => {
      const values = medians.map((unit) => unit[i]!);
      return { rung, ms: mean(values), ci95Ms: logIntervalAround(mean(values), values) };
    }),
    effects: rungs.slice(1).map((rung, i) =>
      summary(
        rung,
        medians.map((unit) => unit[i + 1]! - unit[i]!),
      ),
    ),
    ratio,
    ratioCi95: logIntervalAround(
      ratio,
      medians.map((unit) => unit.at(-1)! / unit[0]!),
    ),
  };
}

const holdsAll = (round: LadderRound, rungs: readonly string[]): boolean =>
  rungs.every((id) => round.some(({ rung, ms }) => rung === id && ms.length > 0));
