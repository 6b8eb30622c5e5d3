import { median } from 'simple-statistics';
import type { MachinePeaks, OperatorLog, OperatorNode, OperatorProfile } from '../../src/bundle/operatorLog.js';
import { arithmetic } from './arithmetic.js';
import { inOnnxTerms } from './inOnnxTerms.js';
import { operatorType, runsOnHost } from './node.js';
import type { FunctionsOfOperators, OperatorFunctions, OperatorSampling } from './operatorFunctions.js';
import { pairNodes } from './pairNodes.js';
import { roofline } from './roofline.js';

/** One operator of the graph as the framework ran it in the browser; medians over the predictions of the profiling pass. */
export interface Operator extends OperatorFunctions {
  /** The framework's name of it. Untrusted text, as all names here. */
  readonly name: string;
  readonly operator: string;
  /** What ran it: "CPU", "WebGpu". */
  readonly provider: string;
  /** Of its first output: "1×32×112×112". */
  readonly shape: string;
  /** On the device where that tells its times, else on the thread that ran it. */
  readonly ms: number;
  /** Of the sum of all such medians. */
  readonly share: number;
  /** Of the native operator that does the same; null where there is none, or it is not known which. */
  readonly nativeMs: number | null;
  readonly ratio: number | null;
  readonly nativeName: string | null;
  /** How that one is known: by its name, or as the n-th of the same type and shapes. */
  readonly pairedBy: 'name' | 'shape' | null;
  /** Floating-point operations by its type and shapes; null where no rule tells. */
  readonly flops: number | null;
  /** Inputs and outputs, each once; null where a type is not known, or the operator may only rename. */
  readonly bytes: number | null;
  /** 10⁹ operations, and bytes, per second; null where the time is not of the computation itself. */
  readonly gflops: number | null;
  readonly gigabytesPerSecond: number | null;
  /** What takes at least a quarter of its time at this machine's peaks, `overhead` where neither does; null where that is not known. */
  readonly bound: 'compute' | 'memory' | 'overhead' | null;
}

/** All operators of one type, fused ones with the others: "Conv". */
export interface OperatorType extends OperatorFunctions {
  readonly operator: string;
  readonly count: number;
  readonly ms: number;
  readonly share: number;
  readonly nativeCount: number | null;
  readonly nativeMs: number | null;
  /** Null where one of both sides has none. */
  readonly ratio: number | null;
  /** As of one operator, of all of the type; null where it is not known of one of them. */
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
  readonly predictions: number;
  /** Whether the browser's times are of the device. */
  readonly onDevice: boolean;
  /** Whether all operators ran on the processor. */
  readonly onHost: boolean;
  readonly ms: number;
  /** Time on the thread: the same without a device, else what asking it took. */
  readonly hostMs: number;
  /** Of a profiled prediction. */
  readonly profiledMs: number;
  /** `ms` as a share of a prediction of the timing pass; null where none was timed. */
  readonly coverage: number | null;
  /** `ms` as a share of a profiled prediction. */
  readonly profiledCoverage: number;
  readonly nativeMs: number | null;
  readonly nativeHostMs: number | null;
  readonly nativeProfiledMs: number | null;
  /** Of the operators of which it is known; together their share of `ms`. */
  readonly flops: number;
  readonly flopsShare: number;
  /** Their operations over their time; null where the times are not of the computation. */
  readonly gflops: number | null;
  /** What this machine's arithmetic and memory reach in this browser; null where not measured, or where operators ran on a device. */
  readonly peaks: MachinePeaks | null;
  /** Null where it cannot be told in which functions their time is; then `samplingLack` says why. */
  readonly sampling: OperatorSampling | null;
  readonly samplingLack: string | null;
  readonly types: readonly OperatorType[];
}

/**
 * Time per operator of the profiling pass, browser beside native: of each operator the median over the profiled predictions. On a device that tells
 * its times it is the time there, else the time on the thread that ran the operator. Most first.
 * @param timedMs of a prediction in the timing pass; null where none was timed
 * @param sampled in which functions their time is, or why that cannot be told
 */
export function operatorTimes(
  { browser: given, native, peaks: measured }: OperatorLog,
  timedMs: number | null,
  sampled: FunctionsOfOperators | { readonly lack: string },
): { readonly kernels: readonly Operator[]; readonly totals: OperatorTotals } {
  const browser = { ...given, nodes: given.nodes.map((node) => inOnnxTerms(node, given.graph)) };
  const works = browser.nodes.map(arithmetic);
  const known = 'lack' in sampled ? null : sampled;
  const onHost = browser.nodes.every(runsOnHost);
  // They are of the processor.
  const peaks = onHost ? measured : null;
  const ms = sumMs(browser, computingMs);
  const wholeMs = browser.nodes.reduce((sum, node) => sum + medianOf(computingMs(node)), 0);
  const kernels = pairNodes(browser.nodes, native?.nodes ?? []).map((found, i): Operator => {
    const pair =
      found.by === 'shape' && given.graph === 'tfjs' && !works[i]!.flops ? { ...found, native: null, by: null } : found;
    const tookMs = medianOf(computingMs(pair.browser));
    const nativeMs = pair.native && medianOf(computingMs(pair.native));
    return {
      name: pair.browser.name,
      operator: given.nodes[i]!.operator,
      provider: pair.browser.provider,
      shape: given.nodes[i]!.outputs[0]?.join('×') ?? '',
      ms: tookMs,
      share: share(tookMs, wholeMs),
      nativeMs,
      ratio: ratio(tookMs, nativeMs),
      nativeName: pair.native?.name ?? null,
      pairedBy: pair.by,
      ...works[i]!,
      ...roofline(works[i]!, isComputing(pair.browser) ? tookMs : null, peaks),
      ...(known?.operators[i] ?? UNKNOWN),
    };
  });
  const profiledMs = medianOf(browser.predictionsMs);
  const counted = browser.nodes.filter((_, i) => works[i]!.flops !== null);
  const flops = works.reduce((sum, work) => sum + (work.flops ?? 0), 0);
  const knownMs = sumMs({ ...browser, nodes: counted }, computingMs);
  return {
    kernels: kernels.sort((a, b) => b.ms - a.ms),
    totals: {
      source: browser.source,
      nativeSource: native?.source ?? null,
      predictions: browser.predictionsMs.length,
      onDevice: browser.nodes.some(({ deviceMs }) => deviceMs !== null),
      onHost,
      ms,
      hostMs: sumMs(browser, ({ hostMs }) => hostMs),
      profiledMs,
      coverage: timedMs === null ? null : share(ms, timedMs),
      profiledCoverage: share(ms, profiledMs),
      nativeMs: native && sumMs(native, computingMs),
      nativeHostMs: native && sumMs(native, ({ hostMs }) => hostMs),
      nativeProfiledMs: native && medianOf(native.predictionsMs),
      flops,
      flopsShare: share(knownMs, ms),
      gflops: counted.every(isComputing) && knownMs > 0 ? flops / knownMs / 1e6 : null,
      peaks,
      sampling: known?.sampling ?? null,
      samplingLack: 'lack' in sampled ? sampled.lack : null,
      types: types(browser, native, peaks, known?.types ?? new Map()),
    },
  };
}

const UNKNOWN: OperatorFunctions = { samples: 0, functions: null, outsideWasm: null };

/** Whether its time is that of the computation. */
const isComputing = (node: OperatorNode): boolean => node.deviceMs !== null || runsOnHost(node);

const computingMs = ({ deviceMs, hostMs }: OperatorNode): readonly number[] => deviceMs ?? hostMs;

const medianOf = (values: readonly number[]): number => (values.length > 0 ? median([...values]) : 0);
const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
const ratio = (browserMs: number, nativeMs: number | null): number | null =>
  nativeMs !== null && nativeMs > 0 ? browserMs / nativeMs : null;

/** Of the sums of each prediction: the sum of medians would be of no prediction. */
function sumMs(
  { nodes, predictionsMs }: Pick<OperatorProfile, 'nodes' | 'predictionsMs'>,
  timesMs: (node: OperatorNode) => readonly number[],
): number {
  return medianOf(predictionsMs.map((_, i) => nodes.reduce((sum, node) => sum + timesMs(node)[i]!, 0)));
}

/** Those of either side; what only one has (reordering data for the native convolutions) is part of how that side does it. */
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

/** Null where one of them is not known. */
const sumOf = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>(
    (sum, value) => (sum === null || value === null ? null : sum + value),
    values.length > 0 ? 0 : null,
  );
