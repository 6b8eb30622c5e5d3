import { median } from 'simple-statistics';
import type { Baseline, Manifest } from '../../src/bundle/manifest.js';
import { byReplicate } from '../../src/stats/byReplicate.js';
import type { Interval } from '../../src/stats/interval.js';
import { ladderEffects } from '../../src/stats/ladderEffects.js';
import { replicatedMedian } from '../../src/stats/replicatedMedian.js';
import { plural } from '../../src/view/format.js';
import { type BesideRun, beside } from './beside.js';
import { type Effect, effects } from './effects.js';
import { gapChain, type Ladder, ladderChain, type Rung, samplesOf } from './ladder.js';
import { scaling, type ThreadScaling } from './scaling.js';

export interface Gap {
  /** Native has as many threads as the page. E.g. "onnxruntime-node 1.30.0, CPU, 1 thread". */
  readonly baseline: string;
  readonly nativeMs: number;
  readonly nativeCi95Ms: Interval;
  readonly nativeSamplesMs: readonly number[];
  readonly nativeSetupMs: number | null;
  readonly nativeWarmupMs: number | null;
  readonly ratio: number;
  readonly ratioCi95: Interval;
  /** Other native runs: with all cores, where a ladder has it, and tfjs-node. Empty for most runs. */
  readonly others: readonly OtherBaseline[];
  /** Measured by taking away one factor at a time; empty without a ladder. */
  readonly effects: readonly Effect[];
  /** Speedup from threads, by their number; empty without a ladder, or with a single number of threads. */
  readonly scaling: readonly ThreadScaling[];
  /** Side runs: the page as used with one thing changed; empty without a ladder. */
  readonly beside: readonly BesideRun[];
}

/**
 * A further native run, in addition to the baseline of the gap: with all cores, or of a TF.js model tfjs-node, in addition to ONNX
 * Runtime.
 */
export interface OtherBaseline {
  /** E.g. "tfjs-node 4.22.0, CPU, given 1 thread". */
  readonly baseline: string;
  readonly nativeMs: number;
  readonly nativeCi95Ms: Interval;
  /** Browser latency over the latency of this run. */
  readonly ratio: number;
  readonly ratioCi95: Interval;
}

type Setup = Manifest['timingPass']['setups'][number];

/**
 * How far the browser is from native: from the timing pass (see `nativeRatio`) or, with a ladder, between its rungs.
 * Other native runs are listed separately.
 * @returns null where no round ran both
 */
export function runGap(manifest: Manifest, baseline: Baseline | null): Gap | null {
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

/** Medians over the replicates of the timing pass, in the same way as the browser's are quoted. */
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

/** The gap between native and the page as used, both from the ladder, and the effects of the rungs between them. */
function ladderGap(manifest: Manifest, ladder: NonNullable<Manifest['ladder']>, baseline: Baseline): Gap {
  const { chain, below } = gapChain(ladder);
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
    others: [...below.map((rung) => nativeRung(ladder, rung, baseline)), ...otherBaselines(manifest)],
    effects: effects(ladder),
    scaling: scaling(ladder),
    beside: beside(ladder),
  };
}

/** A native rung below that of the gap: native with all cores. */
function nativeRung(ladder: Ladder, { id, threads }: Rung, baseline: Baseline): OtherBaseline {
  const { rungs, ratio, ratioCi95 } = ladderEffects([id, ladderChain(ladder).at(-1)!.id], ladder.replicates);
  return {
    baseline: `${nameOf(baseline, threads)} (all cores)`,
    nativeMs: rungs[0]!.ms,
    nativeCi95Ms: rungs[0]!.ci95Ms,
    ratio,
    ratioCi95,
  };
}

type Round = Manifest['timingPass']['rounds'][number];

/**
 * The browser's latency over that of a native run. The ratio of the medians is taken within each replicate, in which both ran in
 * turn, and averaged as the latencies are, so that it is their ratio. What slows down both at the same time does not widen the
 * interval.
 * @param nativeOf the native run's latencies in a round, ms
 * @returns null where no round ran both
 */
function nativeRatio(
  all: readonly Round[],
  nativeOf: (round: Round) => readonly number[],
): Pick<Gap, 'nativeMs' | 'nativeCi95Ms' | 'nativeSamplesMs' | 'ratio' | 'ratioCi95'> | null {
  const rounds = all.filter((round) => round.browserMs.length > 0 && nativeOf(round).length > 0);
  if (rounds.length === 0) return null;
  const ratioOf = (drawn: readonly Round[]): number =>
    median(drawn.flatMap(({ browserMs }) => browserMs)) / median(drawn.flatMap(nativeOf));
  const native = replicatedMedian(byReplicate(rounds, nativeOf), median)!;
  const ratio = replicatedMedian(
    byReplicate(rounds, (round) => [round]),
    ratioOf,
  )!;
  return {
    nativeMs: native.value,
    nativeCi95Ms: native.ci95,
    nativeSamplesMs: rounds.flatMap(nativeOf),
    ratio: ratio.value,
    ratioCi95: ratio.ci95,
  };
}

/** Other native runs of the timing pass, in addition to the baseline of the gap: tfjs-node, in addition to an ONNX twin. */
function otherBaselines({ timingPass, collectors, framework }: Manifest): readonly OtherBaseline[] {
  const measured = nativeRatio(timingPass.rounds, ({ tfjsNodeMs }) => tfjsNodeMs ?? []);
  if (!measured) return [];
  const { nativeMs, nativeCi95Ms, ratio, ratioCi95 } = measured;
  const { tfjsNode } = collectors;
  const runtime = tfjsNode?.outcome === 'done' ? tfjsNode.detail : 'tfjs-node, CPU';
  const threads = framework?.threads;
  const given = threads === undefined ? '' : `, given ${plural(threads, 'thread')}`;
  return [{ baseline: `${runtime}${given}`, nativeMs, nativeCi95Ms, ratio, ratioCi95 }];
}

/**
 * Name of a native run: "onnxruntime-node 1.30.0, CPU, 2 threads". No threads are named for a GPU, which has its own. For
 * tfjs-node the number is what it was given, since it does not report how many it used.
 */
export function baselineName({
  runtime,
  provider,
  library,
  threads,
}: Pick<Baseline, 'runtime' | 'provider' | 'library' | 'threads'>): string {
  const given = library === 'tensorflow' ? 'given ' : '';
  return provider === 'webgpu' ? runtime : `${runtime}, ${given}${plural(threads, 'thread')}`;
}
