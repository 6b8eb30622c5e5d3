import { median } from 'simple-statistics';
import type { Baseline, Manifest } from '../src/bundle/manifest.js';
import { byReplicate } from '../src/stats/byReplicate.js';
import { ladderEffects } from '../src/stats/ladderEffects.js';
import { replicatedMedian } from '../src/stats/replicatedMedian.js';
import type { Gap, Interval } from './analysis.js';
import { beside } from './beside.js';
import { effects } from './effects.js';
import { ladderChain } from './ladderChain.js';
import { samplesOf } from './ladderSamples.js';
import { scaling } from './scaling.js';

type Round = Manifest['timingPass']['rounds'][number];
type Setup = Manifest['timingPass']['setups'][number];

/**
 * How far the browser is from native: the ratio of the medians of each replicate, in which both ran in turn, averaged as logarithms.
 * What slowed both of them down at a time does not widen its interval.
 * @returns null where no round ran both
 */
export function gap(manifest: Manifest, baseline: Baseline | null): Gap | null {
  if (manifest.ladder && manifest.ladder.replicates.length > 0 && baseline) return ladderGap(manifest, manifest.ladder, baseline);
  const rounds = manifest.timingPass.rounds.filter(({ browserMs, nativeMs }) => browserMs.length > 0 && nativeMs.length > 0);
  if (!baseline || rounds.length === 0) return null;
  const native = replicatedMedian(
    byReplicate(rounds, ({ nativeMs }) => nativeMs),
    median,
  )!;
  const browser = replicatedMedian(
    byReplicate(rounds, ({ browserMs }) => browserMs),
    median,
  )!;
  const logRatios = replicatedMedian(
    byReplicate(rounds, (round) => [round]),
    (drawn) => Math.log(ratio(drawn)),
  )!;
  return {
    baseline: nameOf(baseline, baseline.threads),
    nativeMs: native.value,
    nativeCi95Ms: native.ci95,
    nativeSamplesMs: rounds.flatMap(({ nativeMs }) => nativeMs),
    ...nativeStart(manifest, baseline),
    ratio: browser.value / native.value,
    ratioCi95: around(browser.value / native.value, logRatios.value, logRatios.ci95),
    effects: [],
    scaling: [],
    beside: [],
  };
}

const ratio = (rounds: readonly Round[]): number =>
  median(rounds.flatMap(({ browserMs }) => browserMs)) / median(rounds.flatMap(({ nativeMs }) => nativeMs));

/** A GPU has threads of its own. */
const nameOf = ({ runtime, provider }: Baseline, threads: number): string =>
  provider === 'webgpu' ? runtime : `${runtime}, ${threads} thread${threads === 1 ? '' : 's'}`;

/** The interval of the ratio: as wide as that of the logarithms, around the ratio of the quoted medians. */
function around(ratio: number, logarithm: number, [low, high]: Interval): Interval {
  return [ratio * Math.exp(low - logarithm), ratio * Math.exp(high - logarithm)];
}

/** Medians over the replicates of the timing pass, as the browser's are quoted. */
function nativeStart({ timingPass }: Manifest, baseline: Baseline): Pick<Gap, 'nativeSetupMs' | 'nativeWarmupMs'> {
  const medianOfSetups = (pick: (setup: Setup) => number | null): number | null => {
    const values = timingPass.setups.map(pick).filter((ms) => ms !== null);
    return values.length > 0 ? median(values) : null;
  };
  return {
    nativeSetupMs: medianOfSetups(({ nativeSetupMs }) => nativeSetupMs) ?? baseline.setupMs,
    nativeWarmupMs: medianOfSetups(({ nativeWarmupMs }) => nativeWarmupMs) ?? baseline.warmupMs,
  };
}

/** The gap between the ends of the ladder, and the effects of its steps. */
function ladderGap(manifest: Manifest, ladder: NonNullable<Manifest['ladder']>, baseline: Baseline): Gap {
  const chain = ladderChain(ladder);
  const ids = chain.map(({ id }) => id);
  const { rungs, ratio, ratioCi95 } = ladderEffects(ids, ladder.replicates);
  const bottom = chain[0]!;
  const native = rungs[0]!;
  return {
    baseline: nameOf(baseline, bottom.threads),
    nativeMs: native.ms,
    nativeCi95Ms: native.ci95Ms,
    nativeSamplesMs: samplesOf(ladder, bottom.id),
    ...nativeStart(manifest, baseline),
    ratio,
    ratioCi95,
    effects: effects(ladder),
    scaling: scaling(ladder),
    beside: beside(ladder),
  };
}
