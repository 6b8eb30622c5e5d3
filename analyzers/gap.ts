import { median } from 'simple-statistics';
import type { Baseline, Manifest } from '../src/bundle/manifest.js';
import { ladderEffects } from '../src/stats/ladderEffects.js';
import type { Gap } from './analysis.js';
import { baselineName } from './baselineName.js';
import { beside } from './beside.js';
import { effects } from './effects.js';
import { ladderChain } from './ladderChain.js';
import { samplesOf } from './ladderSamples.js';
import { nativeRatio } from './nativeRatio.js';
import { otherBaselines } from './otherBaselines.js';
import { scaling } from './scaling.js';

type Setup = Manifest['timingPass']['setups'][number];

/**
 * How far the browser is from native, see `nativeRatio`; or, with a ladder, between the ladder's ends. Other native runs are beside it.
 * @returns null where no round ran both
 */
export function gap(manifest: Manifest, baseline: Baseline | null): Gap | null {
  if (manifest.ladder && manifest.ladder.replicates.length > 0 && baseline) return ladderGap(manifest, manifest.ladder, baseline);
  const measured = nativeRatio(manifest.timingPass.rounds, ({ nativeMs }) => nativeMs);
  if (!baseline || !measured) return null;
  return {
    baseline: nameOf(baseline, baseline.threads),
    ...measured,
    ...nativeStart(manifest, baseline),
    others: otherBaselines(manifest),
    effects: [],
    scaling: [],
    beside: [],
  };
}

const nameOf = (baseline: Baseline, threads: number): string => baselineName({ ...baseline, threads });

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
    others: otherBaselines(manifest),
    effects: effects(ladder),
    scaling: scaling(ladder),
    beside: beside(ladder),
  };
}
