import { median } from 'simple-statistics';
import type { Manifest } from '../src/bundle/manifest.js';
import { bootstrapInterval, type Grouped } from '../src/stats/bootstrap.js';
import type { Interval, Latency, Prediction } from './analysis.js';
import { inRounds } from './inRounds.js';

/**
 * The three latencies of the study, quoted from the timing pass: set-up (fetching the model and creating the session), warm-up
 * (the first inference) and prediction (the median of all later ones), with the cost of recording beside them.
 */
export function latency({ timingPass, tracePass }: Manifest): Latency {
  const timed = timingPass.rounds.map(({ browserMs }) => browserMs);
  const traced = inRounds(tracePass.iterationsMs);
  const prediction = predictionOf(timed);
  const underTrace = predictionOf(traced);
  return {
    setupMs: timingPass.setupMs,
    warmupMs: timingPass.warmupMs,
    prediction,
    traced: { setupMs: tracePass.setupMs, warmupMs: tracePass.warmupMs, prediction: underTrace },
    observerEffect: prediction && underTrace && underTrace.medianMs / prediction.medianMs,
    observerEffectCi95: prediction && underTrace && observerInterval(traced, timed),
  };
}

function observerInterval(traced: Grouped<number>, timed: Grouped<number>): Interval {
  return bootstrapInterval([traced, timed], (under, without) => median(under!) / median(without!));
}

function predictionOf(groups: Grouped<number>): Prediction | null {
  const samplesMs = groups.flat();
  if (samplesMs.length === 0) return null;
  return { medianMs: median(samplesMs), ci95Ms: bootstrapInterval([groups], median), n: samplesMs.length, samplesMs };
}
