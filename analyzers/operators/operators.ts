import { median } from 'simple-statistics';
import type { MachinePeaks, OperatorLog, OperatorNode, OperatorProfile } from '../../src/bundle/operatorLog.js';
import { arithmetic } from './arithmetic.js';
import { aboveMs, type OperatorGroup, operatorGroups } from './groups.js';
import { inOnnxTerms } from './inOnnxTerms.js';
import { type OperatorKind, operatorKind } from './kind.js';
import { operatorType, runsOnHost } from './node.js';
import type { FunctionOperators, FunctionsOfOperators, OperatorFunctions, OperatorSampling } from './operatorFunctions.js';
import { pairNodes } from './pairNodes.js';
import { roofline, roofMs } from './roofline.js';

/** One operator of the graph as the framework ran it in the browser; medians over the predictions of the profiling pass. */
export interface Operator extends OperatorFunctions {
  /** The framework's name for it. Untrusted text, as are all names here. */
  readonly name: string;
  readonly operator: string;
  readonly kind: OperatorKind;
  /** Execution provider: "CPU", "WebGpu". */
  readonly provider: string;
  /** Shape of its first output: "1×32×112×112". */
  readonly shape: string;
  /**
   * Time on the device where it reports times, otherwise on the thread that ran the operator: its median, scaled by one factor so
   * that all operators sum to the median of their sums. `nativeMs` likewise.
   */
  readonly ms: number;
  /** Share of the sum of these medians. */
  readonly share: number;
  /** Time of the native operator that does the same; null where there is none, or where it is unknown which one it is. */
  readonly nativeMs: number | null;
  readonly ratio: number | null;
  readonly nativeName: string | null;
  /** How the native operator was matched: by name, or as the n-th of the same type and shapes. */
  readonly pairedBy: 'name' | 'shape' | null;
  /** Floating-point operations by its type and shapes; null where no rule applies. */
  readonly flops: number | null;
  /** Size of inputs and outputs, each counted once; null where a type is unknown, or the operator may only rename. */
  readonly bytes: number | null;
  /** The least that it takes at this machine's peaks, ms; null where its work or the peaks are unknown. */
  readonly roofMs: number | null;
  /**
   * At most that a faster kernel could save of a prediction of the timing pass: its time above the roof or, where that is not known,
   * above native. Null where neither is known.
   */
  readonly couldSaveMs: number | null;
  /** 10⁹ operations, and bytes, per second; null where the time is not that of the computation. */
  readonly gflops: number | null;
  readonly gigabytesPerSecond: number | null;
  /** What takes at least a quarter of its time at this machine's peaks, or `overhead` if neither does; null where unknown. */
  readonly bound: 'compute' | 'memory' | 'overhead' | null;
}

/** All operators of one type, including fused ones: "Conv". */
export interface OperatorType extends OperatorFunctions {
  readonly operator: string;
  readonly count: number;
  readonly ms: number;
  readonly share: number;
  readonly nativeCount: number | null;
  readonly nativeMs: number | null;
  /** Browser over native; null where one side has none. */
  readonly ratio: number | null;
  /** Sum over the operators of the type; null where one of them is unknown. */
  readonly flops: number | null;
  readonly bytes: number | null;
  readonly gflops: number | null;
  readonly gigabytesPerSecond: number | null;
  readonly bound: Operator['bound'];
}

/** Sums over the operators; medians over the predictions of the profiling pass. */
export interface OperatorTotals {
  readonly source: string;
  readonly nativeSource: string | null;
  /** True if a profile that ONNX Runtime wrote itself, natively or in a browser, was given in place of a run bundle. */
  readonly ownProfile: boolean;
  readonly predictions: number;
  /** Whether the browser's times were measured on the device. */
  readonly onDevice: boolean;
  /** Whether all operators ran on the processor. */
  readonly onHost: boolean;
  readonly ms: number;
  /** Time on the thread. Without a device this is the same; with one it is the time to issue the work. */
  readonly hostMs: number;
  /** Duration of a profiled prediction. */
  readonly profiledMs: number;
  /** `ms` as a share of a prediction of the timing pass; null where none was timed. */
  readonly coverage: number | null;
  /** `ms` as a share of a profiled prediction. */
  readonly profiledCoverage: number;
  /**
   * Time of operators in a prediction of the timing pass, or else in a profiled one, over the sum of their medians: what savings
   * are multiplied by.
   */
  readonly scale: number;
  readonly nativeMs: number | null;
  readonly nativeHostMs: number | null;
  readonly nativeProfiledMs: number | null;
  /** Sum over the operators whose operations are known, and the share of `ms` that these operators take. */
  readonly flops: number;
  readonly flopsShare: number;
  /** Operations of these operators over their time; null where the times are not of the computation. */
  readonly gflops: number | null;
  /**
   * Peak rates of arithmetic and memory on this machine in this browser; null where not measured, or where operators ran on a
   * device.
   */
  readonly peaks: MachinePeaks | null;
  /** Null where the functions that they ran in are unknown; then `samplingLack` says why. */
  readonly sampling: OperatorSampling | null;
  readonly samplingLack: string | null;
  readonly types: readonly OperatorType[];
  /** By what they compute, the kind with the most to save first. */
  readonly groups: readonly OperatorGroup[];
  /** The Wasm functions that their time is in, each with its operators; null where that is unknown. */
  readonly functions: readonly FunctionOperators[] | null;
}

/**
 * Time per operator of the profiling pass, in the browser and natively: the median over the profiled predictions. It is the time
 * on the device where that reports times, otherwise the time on the thread that ran the operator. Longest first.
 * @param timedMs duration of a prediction in the timing pass; null where none was timed
 * @param sampled the functions that their time is in, or a sentence that says why these are unknown
 * @param ownProfile whether the log is a profile that ONNX Runtime wrote itself
 */
export function operatorTimes(
  { browser: given, native, peaks: measured }: OperatorLog,
  timedMs: number | null,
  sampled: FunctionsOfOperators | { readonly lack: string },
  ownProfile = false,
): { readonly kernels: readonly Operator[]; readonly totals: OperatorTotals } {
  const browser = { ...given, nodes: given.nodes.map((node) => inOnnxTerms(node, given.graph)) };
  const works = browser.nodes.map(arithmetic);
  const known = 'lack' in sampled ? null : sampled;
  const onHost = browser.nodes.every(runsOnHost);
  // The peaks are the processor's.
  const peaks = onHost ? measured : null;
  const ms = sumMs(browser, computingMs);
  const wholeMs = browser.nodes.reduce((sum, node) => sum + medianOf(computingMs(node)), 0);
  const profiledMs = medianOf(browser.predictionsMs);
  const profiledCoverage = share(ms, profiledMs);
  // Medians of single operators sum to less than the median of sums where others took the cores now and then.
  const toSum = wholeMs > 0 ? ms / wholeMs : 1;
  const nativeMsOfAll = native && sumMs(native, computingMs);
  const nativeWholeMs = native?.nodes.reduce((sum, node) => sum + medianOf(computingMs(node)), 0) ?? 0;
  const nativeToSum = nativeMsOfAll !== null && nativeWholeMs > 0 ? nativeMsOfAll / nativeWholeMs : 1;
  const scale = ms > 0 ? ((timedMs ?? profiledMs) * profiledCoverage) / ms : 1;
  const kernels = pairNodes(browser.nodes, native?.nodes ?? []).map((found, i): Operator => {
    const pair =
      found.by === 'shape' && given.graph === 'tfjs' && !works[i]!.flops ? { ...found, native: null, by: null } : found;
    const tookMs = medianOf(computingMs(pair.browser)) * toSum;
    const nativeMs = pair.native && medianOf(computingMs(pair.native)) * nativeToSum;
    const least = { ms: tookMs, nativeMs, roofMs: isComputing(pair.browser) ? roofMs(works[i]!, peaks) : null };
    const above = aboveMs(least);
    return {
      name: pair.browser.name,
      operator: given.nodes[i]!.operator,
      kind: operatorKind(pair.browser),
      provider: pair.browser.provider,
      shape: given.nodes[i]!.outputs[0]?.join('×') ?? '',
      ms: tookMs,
      share: share(tookMs, ms),
      nativeMs,
      ratio: ratio(tookMs, nativeMs),
      nativeName: pair.native?.name ?? null,
      pairedBy: pair.by,
      ...works[i]!,
      roofMs: least.roofMs,
      couldSaveMs: above === null ? null : above * scale,
      ...roofline(works[i]!, isComputing(pair.browser) ? tookMs : null, peaks),
      ...(known?.operators[i] ?? UNKNOWN),
    };
  });
  const counted = browser.nodes.filter((_, i) => works[i]!.flops !== null);
  const flops = works.reduce((sum, work) => sum + (work.flops ?? 0), 0);
  const knownMs = sumMs({ ...browser, nodes: counted }, computingMs);
  return {
    kernels: kernels.sort((a, b) => b.ms - a.ms),
    totals: {
      source: browser.source,
      nativeSource: native?.source ?? null,
      ownProfile,
      predictions: browser.predictionsMs.length,
      onDevice: browser.nodes.some(({ deviceMs }) => deviceMs !== null),
      onHost,
      ms,
      hostMs: sumMs(browser, ({ hostMs }) => hostMs),
      profiledMs,
      coverage: timedMs === null ? null : share(ms, timedMs),
      profiledCoverage,
      scale,
      nativeMs: nativeMsOfAll,
      nativeHostMs: native && sumMs(native, ({ hostMs }) => hostMs),
      nativeProfiledMs: native && medianOf(native.predictionsMs),
      flops,
      flopsShare: share(knownMs, ms),
      gflops: counted.every(isComputing) && knownMs > 0 ? flops / knownMs / 1e6 : null,
      peaks,
      sampling: known?.sampling ?? null,
      samplingLack: 'lack' in sampled ? sampled.lack : null,
      types: types(browser, native, peaks, known?.types ?? new Map()),
      groups: operatorGroups(kernels, (kind) => known?.kinds.get(kind) ?? UNKNOWN),
      functions: known?.functions ?? null,
    },
  };
}

const UNKNOWN: OperatorFunctions = { samples: 0, functions: null, outsideWasm: null, executedFlops: null };

/** Whether the operator's time is that of the computation. */
const isComputing = (node: OperatorNode): boolean => node.deviceMs !== null || runsOnHost(node);

const computingMs = ({ deviceMs, hostMs }: OperatorNode): readonly number[] => deviceMs ?? hostMs;

const medianOf = (values: readonly number[]): number => (values.length > 0 ? median([...values]) : 0);
const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
const ratio = (browserMs: number, nativeMs: number | null): number | null =>
  nativeMs !== null && nativeMs > 0 ? browserMs / nativeMs : null;

/** Median of the sums of each prediction. The sum of medians would describe no prediction. */
function sumMs(
  { nodes, predictionsMs }: Pick<OperatorProfile, 'nodes' | 'predictionsMs'>,
  timesMs: (node: OperatorNode) => readonly number[],
): number {
  return medianOf(predictionsMs.map((_, i) => nodes.reduce((sum, node) => sum + timesMs(node)[i]!, 0)));
}

/**
 * Types of either side. A type that only one side has (such as reordering data for native convolutions) shows how that side
 * works.
 */
function types(
  browser: OperatorProfile,
  native: OperatorProfile | null,
  peaks: MachinePeaks | null,
  sampled: FunctionsOfOperators['types'],
): OperatorType[] {
  const names = new Set([...browser.nodes, ...(native?.nodes ?? [])].map(operatorType));
  const of = (profile: OperatorProfile, operator: string): OperatorNode[] =>
    profile.nodes.filter((node) => operatorType(node) === operator);
  const list = [...names].map((operator): OperatorType => {
    const here = of(browser, operator);
    const there = native && of(native, operator);
    const ms = sumMs({ ...browser, nodes: here }, computingMs);
    const works = here.map(arithmetic);
    const work = { flops: sumOf(works.map(({ flops }) => flops)), bytes: sumOf(works.map(({ bytes }) => bytes)) };
    const nativeMs = there && native && sumMs({ ...native, nodes: there }, computingMs);
    return {
      operator,
      count: here.length,
      ms,
      share: 0,
      nativeCount: there?.length ?? null,
      nativeMs,
      ratio: here.length > 0 ? ratio(ms, nativeMs) : null,
      ...work,
      ...roofline(work, here.every(isComputing) ? ms : null, peaks),
      ...(sampled.get(operator) ?? UNKNOWN),
    };
  });
  const wholeMs = list.reduce((sum, { ms }) => sum + ms, 0);
  return list
    .map((type) => ({ ...type, share: share(type.ms, wholeMs) }))
    .sort((a, b) => b.ms - a.ms || (b.nativeMs ?? 0) - (a.nativeMs ?? 0));
}

/** Null where a value is unknown. */
const sumOf = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>(
    (sum, value) => (sum === null || value === null ? null : sum + value),
    values.length > 0 ? 0 : null,
  );
