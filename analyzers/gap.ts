import { median } from 'simple-statistics';
import type { Baseline, Manifest } from '../src/bundle/manifest.js';
import { bootstrapInterval } from '../src/stats/bootstrap.js';
import { ladderEffects } from '../src/stats/ladderEffects.js';
import type { Gap } from './analysis.js';
import { effects } from './effects.js';
import { samplesOf } from './ladderSamples.js';

type Round = Manifest['timingPass']['rounds'][number];

/**
 * How far the browser is from native: the ratio of the medians, over the rounds in which both ran in turn. Its interval resamples
 * rounds as wholes, so that what slowed both of them down at a time does not widen it.
 * @returns null where no round ran both
 */
export function gap(manifest: Manifest, baseline: Baseline | null): Gap | null {
  if (manifest.ladder && manifest.ladder.replicates.length > 0 && baseline) return ladderGap(manifest.ladder, baseline);
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

/** The gap between the ends of the ladder, and the effects of its steps. */
function ladderGap(ladder: NonNullable<Manifest['ladder']>, baseline: Baseline): Gap {
  const ids = ladder.rungs.map(({ id }) => id);
  const { rungs, ratio, ratioCi95 } = ladderEffects(ids, ladder.replicates);
  const bottom = ladder.rungs[0]!;
  const native = rungs[0]!;
  return {
    baseline: `${baseline.runtime}, ${bottom.threads} thread${bottom.threads === 1 ? '' : 's'}`,
    nativeMs: native.ms,
    nativeCi95Ms: native.ci95Ms,
    nativeSamplesMs: samplesOf(ladder, bottom.id),
    nativeSetupMs: baseline.setupMs,
    nativeWarmupMs: baseline.warmupMs,
    ratio,
    ratioCi95,
    effects: effects(ladder),
  };
}
