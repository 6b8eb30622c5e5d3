import { max, mean, median, quantile, sum } from 'simple-statistics';
import { isSoftwareRenderer } from '../../src/bundle/gpuNames.js';
import { type QoeCondition, qoeConditions } from '../../src/bundle/qoeConditions.js';
import type { QoeLog } from '../../src/bundle/qoeLog.js';
import { clip } from '../activity/spans.js';
import type { Verdict } from '../frames/vsyncs.js';
import { type StageTime, stagesOf } from '../responsiveness/stages.js';
import { type Estimate, estimateRate, estimateShare, estimateTime, increase } from './estimate.js';
import { type FrameCauseId, frameCauseIds, frameCauses } from './frameCauses.js';
import type { Contention, QoeRound } from './rounds.js';

/** What a user of a page gets while inference runs on its main thread, in a worker or on the GPU, beside a page without inference. */
export interface Qoe {
  readonly conditions: readonly Condition[];
  readonly responsiveness: readonly Responsiveness[];
  readonly smoothness: readonly Smoothness[];
  /** Part of the time in which threads had work and no core; null without the scheduler’s records. */
  readonly contention: readonly ({ readonly id: QoeCondition } & Contention)[] | null;
  /** Why vsyncs were missed or shown in part, by condition; the counts of one sum to its missed and partial vsyncs. */
  readonly frameCauses: readonly FrameCause[];
  readonly noVideo: string | null;
  /** How the browser puts its frames together, in its own words; null if it does not say. */
  readonly gpuCompositing: string | null;
  /** What draws for the browser where it uses a GPU, in its own words; null if it does not say. Untrusted text. */
  readonly renderer: string | null;
  /** Whether frames are drawn on a GPU that the processor stands in for, as is what a model computes on WebGL or WebGPU. */
  readonly isSoftwareGpu: boolean;
  /**
   * Whether the machine was so busy that the page waited for a core without inference too. What inference adds is not known then.
   */
  readonly isContended: boolean;
  /** A part of one round of each condition, for a picture. */
  readonly strips: readonly Strip[];
}

/** Two seconds of a round. */
export interface Strip {
  readonly condition: QoeCondition;
  readonly vsyncs: readonly { readonly atMs: number; readonly verdict: Verdict }[];
  readonly inferences: readonly { readonly startMs: number; readonly endMs: number }[];
}

export interface FrameCause {
  readonly condition: QoeCondition;
  readonly id: FrameCauseId;
  readonly title: string;
  /** A vsync with two causes counts in parts. */
  readonly vsyncs: number;
  /** Part of the condition’s missed and partial vsyncs. */
  readonly share: number;
}

export interface Condition {
  readonly id: QoeCondition;
  readonly rounds: number;
  readonly seconds: number;
  /** Part of the time that inference was to take, and took. Null where a rate was asked for. */
  readonly dutyAsked: number | null;
  readonly duty: number;
  readonly inferences: number;
  /** Median latency of an inference in use. */
  readonly inferenceMs: number | null;
}

/** From an input to the next frame that shows its effect. */
export interface Responsiveness {
  readonly id: QoeCondition;
  /** Interactions that were seen, and operations that were sent. Each makes one. */
  readonly interactions: number;
  readonly operations: number;
  /** Geometric mean over rounds of their medians. */
  readonly medianMs: Estimate | null;
  readonly p95Ms: number | null;
  /** The longest but one of each 50, as INP takes it. https://web.dev/articles/inp */
  readonly inpMs: number | null;
  /** Means of the parts: until handlers begin, the handlers, and from their end to the frame. */
  readonly parts: { readonly delayMs: number; readonly processingMs: number; readonly presentationMs: number } | null;
  /** Where the time went, stage by stage; empty where the traces do not tell. */
  readonly stages: readonly StageTime[];
  /** Increase of the median over the round without inference, 0.67 is 67 % more. Null where the machine was too busy to tell. */
  readonly increase: Estimate | null;
  /** Mean time of an operation as benchmarks of GUIs take it: handlers, a task after them and layout, without input or display. */
  readonly scriptedMs: Estimate | null;
  readonly scriptedIncrease: Estimate | null;
}

export interface Smoothness {
  readonly id: QoeCondition;
  readonly vsyncs: number;
  readonly onTime: number;
  readonly partial: number;
  readonly missed: number;
  /** Part of the vsyncs at which all that was to move did. */
  readonly smooth: Estimate | null;
  readonly presentedPerSecond: Estimate | null;
  readonly animationFramesPerSecond: Estimate | null;
  /** Of each round: whole vsyncs from a frame's own to the one at which it is shown, in the median. Null of a round in which nothing moved. */
  readonly vsyncsBehind: readonly (number | null)[];
  readonly longestGapMs: number | null;
  readonly p95GapMs: number | null;
  /** Of a video of 30 frames a second; null if the page has none. */
  readonly videoShownPerSecond: Estimate | null;
  /** Frames of it that the page was told of, and could process. */
  readonly videoCallbacksPerSecond: Estimate | null;
  readonly videoDropped: number | null;
}

/** @returns null without rounds */
export function qoeOf(log: QoeLog, rounds: readonly QoeRound[]): Qoe | null {
  if (rounds.length === 0) return null;
  const isContended = isBusyWithout(rounds);
  const ids = qoeConditions.filter((id) => rounds.some(({ condition }) => condition === id));
  const of = (id: QoeCondition): QoeRound[] => rounds.filter(({ condition }) => condition === id);
  const pairs = (id: QoeCondition, value: (round: QoeRound) => number | null): (readonly [number, number])[] =>
    of(id).flatMap((round) => {
      const control = of('none').find((other) => other.log.round === round.log.round);
      const [mine, others] = [value(round), control ? value(control) : null];
      return id === 'none' || mine === null || others === null ? [] : [[mine, others] as const];
    });
  return {
    conditions: ids.map((id) => conditionOf(id, of(id), log)),
    responsiveness: ids.map((id) => ({
      ...responsivenessOf(id, of(id)),
      increase: isContended ? null : increase(pairs(id, medianMs)),
      scriptedIncrease: isContended ? null : increase(pairs(id, scriptedMs)),
    })),
    smoothness: ids.map((id) => smoothnessOf(id, of(id))),
    contention: rounds.some(({ contention }) => contention) ? ids.map((id) => ({ id, ...contentionOf(of(id)) })) : null,
    frameCauses: ids.flatMap((id) => frameCausesOf(id, of(id))),
    noVideo: log.noVideo,
    gpuCompositing: log.gpuCompositing,
    renderer: log.renderer,
    isSoftwareGpu: isSoftwareGpu(log),
    isContended,
    strips: ids.map((id) => stripOf(of(id)[0]!)),
  };
}

const isSoftwareGpu = ({ gpuCompositing, renderer }: QoeLog): boolean =>
  gpuCompositing !== null && !/software/.test(gpuCompositing) && renderer !== null && isSoftwareRenderer(renderer);

/** If the main thread waits for a core for more of the time than this without inference, something else uses the machine. */
const BUSY_WITHOUT = 0.1;

const isBusyWithout = (rounds: readonly QoeRound[]): boolean =>
  (contentionOf(rounds.filter(({ condition }) => condition === 'none')).main ?? 0) > BUSY_WITHOUT;

const STRIP_US = { from: 1e6, to: 3e6 };

function stripOf({ condition, startUs, vsyncs, inferences }: QoeRound): Strip {
  const [fromUs, toUs] = [startUs + STRIP_US.from, startUs + STRIP_US.to];
  const ms = (us: number): number => (us - fromUs) / 1000;
  return {
    condition,
    vsyncs: vsyncs
      .filter((vsync) => fromUs <= vsync.startUs && vsync.startUs < toUs)
      .map((vsync) => ({ atMs: ms(vsync.startUs), verdict: vsync.verdict })),
    inferences: clip(inferences, fromUs, toUs).map((span) => ({ startMs: ms(span.startUs), endMs: ms(span.endUs) })),
  };
}

function conditionOf(id: QoeCondition, rounds: readonly QoeRound[], { duty }: QoeLog): Condition {
  const ms = rounds.flatMap(({ log }) => log.inferencesMs);
  const seconds = sum(rounds.map((round) => round.seconds));
  return {
    id,
    rounds: rounds.length,
    seconds,
    dutyAsked: id === 'none' ? null : duty,
    duty: sum(ms) / 1000 / seconds,
    inferences: ms.length,
    inferenceMs: ms.length > 0 ? median(ms) : null,
  };
}

const latenciesMs = ({ interactions }: QoeRound): number[] => interactions.map(({ latencyUs }) => latencyUs / 1000);
const medianOrNull = (values: readonly number[]): number | null => (values.length > 0 ? median([...values]) : null);
const medianMs = (round: QoeRound): number | null => medianOrNull(latenciesMs(round));
/** The mean: most operations meet no inference, and those that do take much longer. */
const scriptedMs = ({ log }: QoeRound): number | null => (log.scriptedMs.length > 0 ? mean(log.scriptedMs) : null);
const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

/** INP leaves out one interaction of each so many. */
const PER_OUTLIER = 50;

function responsivenessOf(id: QoeCondition, rounds: readonly QoeRound[]): Omit<Responsiveness, 'increase' | 'scriptedIncrease'> {
  const all = rounds.flatMap((round) => round.interactions);
  const longestFirst = all.map(({ latencyUs }) => latencyUs / 1000).sort((a, b) => b - a);
  const meanMs = (part: 'delayUs' | 'processingUs' | 'presentationUs'): number => mean(all.map((one) => one[part])) / 1000;
  return {
    id,
    interactions: all.length,
    operations: sum(rounds.map(({ log }) => log.operations.length)),
    medianMs: estimateTime(known(rounds.map(medianMs))),
    p95Ms: all.length > 0 ? quantile(longestFirst, 0.95) : null,
    inpMs: longestFirst[Math.floor(all.length / PER_OUTLIER)] ?? null,
    parts:
      all.length > 0
        ? { delayMs: meanMs('delayUs'), processingMs: meanMs('processingUs'), presentationMs: meanMs('presentationUs') }
        : null,
    stages: stagesOf(all),
    scriptedMs: estimateTime(known(rounds.map(scriptedMs))),
  };
}

function smoothnessOf(id: QoeCondition, rounds: readonly QoeRound[]): Smoothness {
  const count = (vsyncs: QoeRound['vsyncs'], verdict: string): number => vsyncs.filter((one) => one.verdict === verdict).length;
  const total = (verdict: string): number => sum(rounds.map(({ vsyncs }) => count(vsyncs, verdict)));
  const wanted = ({ vsyncs }: QoeRound): number => vsyncs.length - count(vsyncs, 'idle');
  const gapsMs = rounds.flatMap(({ gapsUs }) => gapsUs.map((us) => us / 1000));
  const videos = rounds.flatMap(({ log, seconds }) => (log.video ? [{ ...log.video, seconds }] : []));
  return {
    id,
    vsyncs: sum(rounds.map(({ vsyncs }) => vsyncs.length)),
    onTime: total('onTime'),
    partial: total('partial'),
    missed: total('missed'),
    smooth: estimateShare(rounds.flatMap((round) => (wanted(round) > 0 ? [count(round.vsyncs, 'onTime') / wanted(round)] : []))),
    presentedPerSecond: estimateRate(
      rounds.map(({ vsyncs, seconds }) => new Set(vsyncs.flatMap(({ shownUs }) => shownUs)).size / seconds),
    ),
    animationFramesPerSecond: estimateRate(rounds.map(({ log }) => log.animationFrames / log.seconds)),
    vsyncsBehind: rounds.map((round) => round.vsyncsBehind),
    longestGapMs: gapsMs.length > 0 ? max(gapsMs) : null,
    p95GapMs: gapsMs.length > 0 ? quantile(gapsMs, 0.95) : null,
    videoShownPerSecond: estimateRate(videos.map(({ presented, seconds }) => presented / seconds)),
    videoCallbacksPerSecond: estimateRate(videos.map(({ callbacks, seconds }) => callbacks / seconds)),
    videoDropped: videos.length > 0 ? sum(videos.map(({ dropped }) => dropped)) : null,
  };
}

function frameCausesOf(condition: QoeCondition, rounds: readonly QoeRound[]): FrameCause[] {
  const vsyncs = (id: FrameCauseId): number =>
    sum(rounds.flatMap(({ affected }) => affected.map(({ causes }) => causes[id] ?? 0)));
  const all = sum(frameCauseIds.map(vsyncs));
  return frameCauseIds
    .map((id) => ({ condition, id, title: frameCauses[id].title, vsyncs: vsyncs(id), share: all > 0 ? vsyncs(id) / all : 0 }))
    .filter((cause) => cause.vsyncs > 0)
    .sort((a, b) => b.vsyncs - a.vsyncs);
}

function contentionOf(rounds: readonly QoeRound[]): Contention {
  const share = (thread: keyof Contention): number | null => {
    const shares = known(rounds.map(({ contention }) => contention?.[thread] ?? null));
    return shares.length > 0 ? mean(shares) : null;
  };
  return { main: share('main'), compositor: share('compositor'), viz: share('viz') };
}
