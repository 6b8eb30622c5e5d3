import { median } from 'simple-statistics';
import type { Baseline } from '../../src/bundle/manifest.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import { byReplicate } from '../../src/stats/byReplicate.js';
import { ANYWHERE, type Interval } from '../../src/stats/interval.js';
import { replicatedMedian } from '../../src/stats/replicatedMedian.js';
import type { Latency } from '../latency/latency.js';
import { baselineName, type Gap } from './gap.js';

/**
 * How far a page's inferences are from the model that its author named, which runs natively after the recording. The two are
 * measured independently, so the relative widths of both intervals are combined as for independent estimates:
 * https://www.itl.nist.gov/div898/handbook/mpc/section5/mpc55.htm
 * @returns null where there is no such run, or no inference was found
 */
export function pageGap(page: PageManifest, baseline: Baseline | null, measured: Latency | null): Gap | null {
  const prediction = measured?.prediction;
  const rounds = page.baseline?.rounds ?? [];
  const native = replicatedMedian(
    byReplicate(rounds, ({ ms }) => ms),
    median,
  );
  if (!baseline || !prediction || !native) return null;
  const ratio = prediction.medianMs / native.value;
  const apart = (end: 0 | 1): number =>
    Math.hypot(Math.log(prediction.ci95Ms[end] / prediction.medianMs), Math.log(native.ci95[1 - end]! / native.value));
  const isKnown = [...prediction.ci95Ms, ...native.ci95].every(Number.isFinite);
  const ratioCi95: Interval = isKnown ? [ratio * Math.exp(-apart(0)), ratio * Math.exp(apart(1))] : ANYWHERE;
  return {
    baseline: baselineName(baseline),
    nativeMs: native.value,
    nativeCi95Ms: native.ci95,
    nativeSamplesMs: rounds.flatMap(({ ms }) => ms),
    nativeSetupMs: baseline.setupMs,
    nativeWarmupMs: baseline.warmupMs,
    ratio,
    ratioCi95,
    others: [],
    effects: [],
    scaling: [],
    beside: [],
  };
}
