import { median } from 'simple-statistics';
import { replicatedMedian } from '../src/stats/replicatedMedian.js';
import type { Latency, Prediction } from './analysis.js';
import { inRounds } from './inRounds.js';
import type { FoundWindows, Window } from './windows.js';

/** With fewer inferences there are too few rounds to draw from, and each is drawn by itself. */
const FOR_ROUNDS = 25;

/**
 * Latencies of a page that was watched: of its own inferences as they were found, under the trace, for there is no other pass. Setup is
 * loading: from the page's begin, or the framework's mark of it, until it was ready.
 * @returns null where no inference was found
 */
export function pageLatency({ windows, setup, warmup, leading }: FoundWindows): Latency | null {
  if (windows.length === 0 && !warmup) return null;
  const msOf = ({ startUs, endUs }: Window): number => (endUs - startUs) / 1000;
  const prediction = predictionOf(windows.map(msOf));
  const settled = leading.filter((window) => window !== warmup);
  const traced = { setupMs: setup && msOf(setup), warmupMs: warmup && msOf(warmup), prediction };
  return {
    ...traced,
    settling: settled.length > 0 ? { firstMs: msOf(settled[0]!), predictions: settled.length } : null,
    traced,
    observerEffect: null,
    observerEffectCi95: null,
  };
}

function predictionOf(samplesMs: readonly number[]): Prediction | null {
  const rounds = samplesMs.length < FOR_ROUNDS ? samplesMs.map((ms) => [ms]) : inRounds(samplesMs);
  const estimate = replicatedMedian([rounds], median);
  return estimate && { medianMs: estimate.value, ci95Ms: estimate.ci95, n: samplesMs.length, samplesMs };
}
