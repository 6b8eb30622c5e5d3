import { median } from 'simple-statistics';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import { bootstrapInterval } from '../../src/stats/bootstrap.js';
import { inRounds } from '../../src/stats/inRounds.js';
import type { FoundWindows, Window } from '../activity/window.js';
import { type Latency, predictionOf } from './latency.js';

/** With fewer inferences before the recording, the observer effect is not reported. */
const FOR_EFFECT = 5;

/**
 * Latencies of a watched page: of its own inferences as they were found under the trace, since there is no other pass. Setup is
 * loading: from the start of the page, or from the framework's mark, until it was ready. The observer effect is known if the page
 * had measured inferences before the recording: it is the median of the recorded ones over theirs.
 * @returns null where no inference was found
 */
export function pageLatency({ windows, setup, warmup, leading }: FoundWindows, { page }: PageManifest): Latency | null {
  if (windows.length === 0 && !warmup) return null;
  const msOf = ({ startUs, endUs }: Window): number => (endUs - startUs) / 1000;
  const prediction = predictionOf([inRounds(windows.map(msOf))]);
  const settled = leading.filter((window) => window !== warmup);
  const before = page.unrecordedMs;
  const isKnown = prediction !== null && before.length >= FOR_EFFECT && median(before) > 0;
  const ratio = (under: number[], without: number[]): number => median(under) / median(without);
  const traced = { setupMs: setup && msOf(setup), warmupMs: warmup && msOf(warmup), prediction };
  return {
    ...traced,
    // A page runs in one process.
    modes: null,
    settling: settled.length > 0 ? { firstMs: msOf(settled[0]!), predictions: settled.length } : null,
    traced,
    observerEffect: isKnown ? prediction.medianMs / median(before) : null,
    observerEffectCi95: isKnown ? bootstrapInterval([inRounds(prediction.samplesMs), inRounds(before)], ratio) : null,
  };
}
