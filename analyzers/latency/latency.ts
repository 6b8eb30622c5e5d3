import { mean, median, sampleStandardDeviation } from 'simple-statistics';
import type { Manifest } from '../../src/bundle/manifest.js';
import { bootstrapInterval } from '../../src/stats/bootstrap.js';
import { byReplicate } from '../../src/stats/byReplicate.js';
import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import { inRounds } from '../../src/stats/inRounds.js';
import type { Interval } from '../../src/stats/interval.js';
import { ladderEffects } from '../../src/stats/ladderEffects.js';
import { type Replicated, replicatedMedian } from '../../src/stats/replicatedMedian.js';
import { studentT } from '../../src/stats/studentT.js';
import { type Mode, twoModes } from '../../src/stats/twoModes.js';
import { type Ladder, ladderChain, samplesOf } from '../gap/ladder.js';

/** A watched page has one pass: all its latencies are of its own inferences under the trace, and `traced` repeats them. */
export interface Latency {
  readonly setupMs: number | null;
  readonly warmupMs: number | null;
  /**
   * The first prediction after the warm-up, and how many predictions were skipped before any counted; medians over processes.
   * Null where all counted.
   */
  readonly settling: { readonly firstMs: number; readonly predictions: number } | null;
  readonly prediction: Prediction | null;
  /**
   * The two levels that processes keep to, faster first, where their mean is a latency that hardly any prediction had. Null where
   * there is one level.
   */
  readonly modes: readonly [LatencyMode, LatencyMode] | null;
  /** The same for the iterations under the trace. */
  readonly traced: { readonly setupMs: number | null; readonly warmupMs: number | null; readonly prediction: Prediction | null };
  /** Traced median over timed median: the cost of recording; 1.02 = 2 % slower. */
  readonly observerEffect: number | null;
  readonly observerEffectCi95: Interval | null;
}

export interface LatencyMode {
  readonly medianMs: number;
  /** Number of processes, and of predictions in them. */
  readonly processes: number;
  readonly n: number;
}

export interface Prediction {
  readonly medianMs: number;
  readonly ci95Ms: Interval;
  readonly n: number;
  readonly samplesMs: readonly number[];
}

/**
 * The three latencies of a run, from the timing pass: set-up (fetching the model and creating the session), warm-up (the first
 * inference) and prediction (the median of the later inferences, once they have settled). Includes the observer effect.
 */
export function runLatency({ timingPass, tracePass, ladder }: Manifest): Latency {
  const timed = byReplicate(timingPass.rounds, ({ browserMs }) => browserMs);
  const traced = [inRounds(tracePass.iterationsMs)];
  const prediction = predictionOf(timed);
  const underTrace = predictionOf(traced);
  return {
    setupMs: timingPass.setupMs,
    warmupMs: timingPass.warmupMs,
    settling: settling(timingPass.setups),
    prediction: ladderPrediction(ladder) ?? prediction,
    modes: modesOf(ladder && ladder.replicates.length > 0 ? usedInLadder(ladder) : timed),
    traced: { setupMs: tracePass.setupMs, warmupMs: tracePass.warmupMs, prediction: underTrace },
    observerEffect: prediction && underTrace && underTrace.medianMs / prediction.medianMs,
    observerEffectCi95: prediction && underTrace && observerInterval(traced, timed),
  };
}

function modesOf(replicates: Replicated<number>): Latency['modes'] {
  const found = twoModes(replicates);
  const mode = ({ median: medianMs, processes, n }: Mode): LatencyMode => ({ medianMs, processes, n });
  return found && [mode(found[0]), mode(found[1])];
}

/** The page as used, in each replicate of a ladder. */
function usedInLadder(ladder: Ladder): Replicated<number> {
  const used = ladderChain(ladder).at(-1)!.id;
  return ladder.replicates.map(({ rounds }) => rounds.map((round) => round.flatMap(({ rung, ms }) => (rung === used ? ms : []))));
}

function settling(setups: Manifest['timingPass']['setups']): Latency['settling'] {
  const passed = setups.map(({ settlingMs }) => settlingMs).filter(({ length }) => length > 0);
  if (passed.length === 0) return null;
  return { firstMs: median(passed.map(([first]) => first!)), predictions: median(passed.map(({ length }) => length)) };
}

/**
 * With a ladder, the top of its chain is quoted. It is the longer measurement, over several processes, and the gap's effects sum
 * to it.
 */
function ladderPrediction(ladder: Manifest['ladder']): Prediction | null {
  if (!ladder || ladder.replicates.length === 0) return null;
  const top = ladderEffects(
    ladderChain(ladder).map(({ id }) => id),
    ladder.replicates,
  ).rungs.at(-1)!;
  const samplesMs = samplesOf(ladder, top.rung);
  return { medianMs: top.ms, ci95Ms: top.ci95Ms, n: samplesMs.length, samplesMs };
}

/**
 * Interval of traced median over timed median. The trace pass is one process, and the replicates of the timing pass show how
 * processes differ: a single process without recording would fall into this interval.
 */
function observerInterval(traced: Replicated<number>, timed: Replicated<number>): Interval {
  const medians = timed.filter((rounds) => rounds.flat().length > 0).map((rounds) => Math.log(median(rounds.flat())));
  if (!enoughReplicates(medians.length)) {
    return bootstrapInterval([traced.flat(), timed.flat()], (under, without) => median(under!) / median(without!));
  }
  const reach = studentT(medians.length - 1) * sampleStandardDeviation(medians) * Math.sqrt(1 + 1 / medians.length);
  const effect = Math.log(median(traced.flat(2))) - mean(medians);
  return [Math.exp(effect - reach), Math.exp(effect + reach)];
}

/** The median of a latency with its interval and its samples. */
export function predictionOf(replicates: Replicated<number>): Prediction | null {
  const estimate = replicatedMedian(replicates, median);
  const samplesMs = replicates.flat(2);
  return estimate && { medianMs: estimate.value, ci95Ms: estimate.ci95, n: samplesMs.length, samplesMs };
}
