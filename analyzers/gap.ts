import { median } from 'simple-statistics';
import type { Baseline, Manifest } from '../src/bundle/manifest.js';
import { bootstrapInterval } from '../src/stats/bootstrap.js';
import type { Gap } from './analysis.js';

type Round = Manifest['timingPass']['rounds'][number];

/**
 * How far the browser is from native: the ratio of the medians, over the rounds in which both ran in turn. Its interval resamples
 * rounds as wholes, so that what slowed both of them down at a time does not widen it.
 * @returns null where no round ran both
 */
export function gap(manifest: Manifest, baseline: Baseline | null): Gap | null {
  const rounds = manifest.timingPass.rounds.filter(({ browserMs, nativeMs }) => browserMs.length > 0 && nativeMs.length > 0);
  if (!baseline || rounds.length === 0) return null;
  const native = rounds.map(({ nativeMs }) => nativeMs);
  return {
    baseline: `${baseline.runtime}, ${baseline.threads} thread${baseline.threads === 1 ? '' : 's'}`,
    nativeMs: median(native.flat()),
    nativeCi95Ms: bootstrapInterval([native], median),
    nativeSamplesMs: native.flat(),
    nativeSetupMs: baseline.setupMs,
    nativeWarmupMs: baseline.warmupMs,
    ratio: ratio(rounds),
    ratioCi95: bootstrapInterval([rounds.map((round) => [round])], (drawn) => ratio(drawn!)),
    effects: [],
  };
}

const ratio = (rounds: readonly Round[]): number =>
  median(rounds.flatMap(({ browserMs }) => browserMs)) / median(rounds.flatMap(({ nativeMs }) => nativeMs));
