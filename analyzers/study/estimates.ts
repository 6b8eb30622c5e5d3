import { median } from 'simple-statistics';
import type { Manifest } from '../../src/bundle/manifest.js';
import type { Interval } from '../../src/stats/interval.js';
import { type Replicated, replicatedMedian } from '../../src/stats/replicatedMedian.js';
import type { StudyRunInput } from './studyInput.js';

/** A number of a cell, over its rounds. */
export interface RoundsEstimate {
  readonly value: number;
  /** Null with fewer than three processes, unless the data inside them gives an interval. */
  readonly ci95: Interval | null;
}

/**
 * Measurements of one fresh browser, and of native in turn with it. A round of a study has one of these, or several where its run
 * repeats itself.
 */
export interface Process {
  /** Round of the study. */
  readonly round: number;
  readonly setupMs: number | null;
  readonly warmupMs: number | null;
  /** Rounds of the timing pass, in which browser and native ran in turn. */
  readonly rounds: Manifest['timingPass']['rounds'];
}

/** The processes of a cell's runs, by round; only latencies of their timing passes. */
export function processes(runs: readonly StudyRunInput[]): Process[] {
  return runs.flatMap(({ round, manifest: { timingPass } }) => {
    const replicates = [...new Set(timingPass.rounds.map(({ replicate }) => replicate))];
    const known = Math.max(replicates.length, timingPass.setups.length, timingPass.setupMs === null ? 0 : 1);
    return Array.from({ length: known }, (_, place) => ({
      round,
      setupMs: timingPass.setups[place]?.setupMs ?? (known === 1 ? timingPass.setupMs : null),
      warmupMs: timingPass.setups[place]?.warmupMs ?? (known === 1 ? timingPass.warmupMs : null),
      rounds: timingPass.rounds.filter(({ replicate }) => replicate === replicates[place]),
    }));
  });
}

/**
 * A statistic of a cell over its fresh browsers, computed by `replicatedMedian`. The interval is null where there are too few
 * observations.
 * @returns null without observations
 */
export function overRounds<T>(observed: Replicated<T>, statistic: (observations: T[]) => number): RoundsEstimate | null {
  const estimate = replicatedMedian(observed, statistic);
  if (!estimate || !Number.isFinite(estimate.value)) return null;
  return { value: estimate.value, ci95: estimate.ci95.every(Number.isFinite) ? estimate.ci95 : null };
}

/** A value that occurs once in each process, such as its setup. */
export function onceEach(all: readonly Process[], pick: (process: Process) => number | null): RoundsEstimate | null {
  return overRounds(
    all.map((process) => [[pick(process)].filter((ms) => ms !== null)]),
    median,
  );
}

/** The prediction of a cell: the median of each fresh browser, averaged. Null where nothing was timed. */
export function predictionEstimate(runs: readonly StudyRunInput[]): RoundsEstimate | null {
  return overRounds(
    processes(runs).map(({ rounds }) => rounds.map(({ browserMs }) => browserMs)),
    median,
  );
}

/**
 * The ratio of two latencies that were measured in turn: that of each process, averaged as the latencies are, so that it is the
 * ratio of their quoted values. What slows down both at the same time does not widen its interval.
 * @param pairs per process, per round: the values measured together
 * @returns null where nothing was measured on one side, or the ratio is not a finite number
 */
export function pairedRatio<T>(
  pairs: Replicated<T>,
  over: (pair: T) => readonly number[],
  under: (pair: T) => readonly number[],
): RoundsEstimate | null {
  const whole = pairs.map((rounds) =>
    rounds.map((round) => round.filter((pair) => over(pair).length > 0 && under(pair).length > 0)),
  );
  return overRounds(whole, (drawn) => median(drawn.flatMap(over)) / median(drawn.flatMap(under)));
}
