import { median } from 'simple-statistics';
import type { OperatorNode, OperatorProfile } from '../../src/bundle/operatorLog.js';
import { tensorBytes } from '../operators/arithmetic.js';
import { runsOnHost } from '../operators/node.js';

/** An operator that ran on the processor though others ran on a device, with the copies for it. Medians over the predictions. */
export interface ProfiledFallback {
  readonly name: string;
  readonly operator: string;
  readonly provider: string;
  /** Its own time, ms. */
  readonly ownMs: number;
  /** Copies of its inputs from the device, and of its outputs to it. */
  readonly toHost: number;
  readonly fromHost: number;
  /** Time of these copies on the thread, with what they wait for, ms. */
  readonly copiesMs: number;
  /**
   * At most this part of it waits for work that the device has to do anyway: what operators since the last such copy took there.
   * Null where the device told no times.
   */
  readonly waitMs: number | null;
  /** Size of what is copied; null where a type is unknown. */
  readonly bytes: number | null;
}

export interface ProfiledFallbacks {
  /** What ran the others: "WebGpu". */
  readonly provider: string;
  /** Operators on it by type, without copies. */
  readonly onBackend: ReadonlyMap<string, number>;
  /** In the order of execution. All of their times sum to `ms`. */
  readonly fallbacks: readonly ProfiledFallback[];
  readonly copies: { readonly toHost: number; readonly fromHost: number };
  /** Median of their sums in each prediction. */
  readonly ms: number;
  /** Copies that belong to none of them, such as for operators of the device that take an input on the processor. */
  readonly others: { readonly count: number; readonly ms: number; readonly bytes: number | null };
  /** Duration of a profiled prediction. */
  readonly predictionMs: number;
}

const TO_HOST = 'MemcpyToHost';
const FROM_HOST = 'MemcpyFromHost';

interface Copy {
  readonly node: OperatorNode;
  readonly waitMs: readonly number[] | null;
}

interface Found {
  readonly node: OperatorNode;
  readonly to: Copy[];
  readonly from: Copy[];
}

/**
 * What operators on the processor cost where the others ran on a device, by ONNX Runtime's profile. It holds the copies that ORT
 * puts between both, and not whose they are: a copy from the device belongs to the next operator that takes such a tensor, one to
 * the device to the last that made it. A copy from the device waits until that has done all that was asked before.
 * https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/optimizer/transformer_memcpy.cc
 * @returns null where no operator ran on a device
 */
export function profiledCosts({ nodes, predictionsMs }: OperatorProfile): ProfiledFallbacks | null {
  const provider = deviceOf(nodes);
  if (provider === null) return null;
  const predictions = predictionsMs.map((_, i) => i);
  const found: Found[] = [];
  const pending: Copy[] = [];
  const others: Copy[] = [];
  const onBackend = new Map<string, number>();
  let sinceMs: number[] | null = predictions.map(() => 0);
  for (const node of nodes) {
    if (node.operator === TO_HOST) {
      const { hostMs } = node;
      pending.push({ node, waitMs: sinceMs?.map((ms, i) => Math.min(ms, hostMs[i]!)) ?? null });
      sinceMs = sinceMs && predictions.map(() => 0);
    } else if (node.operator === FROM_HOST) {
      const copy = { node, waitMs: null };
      const maker = found.findLast((each) => each.from.length < each.node.outputs.length && makes(each.node, node));
      if (maker) maker.from.push(copy);
      else others.push(copy);
    } else if (runsOnHost(node)) {
      found.push({ node, to: takenBy(node, pending), from: [] });
    } else {
      const { deviceMs } = node;
      onBackend.set(node.operator, (onBackend.get(node.operator) ?? 0) + 1);
      sinceMs = sinceMs && deviceMs && sinceMs.map((ms, i) => ms + deviceMs[i]!);
    }
  }
  others.push(...pending);
  const rows = found.map(measured);
  const parts = found.flatMap(({ node, to, from }) => [node, ...[...to, ...from].map((copy) => copy.node)]);
  const ms = sumMs(parts, predictions);
  const wholeMs = rows.reduce((sum, { ownMs, copiesMs }) => sum + ownMs + copiesMs, 0);
  // Medians of single parts sum to less than the median of sums.
  const toSum = wholeMs > 0 ? ms / wholeMs : 1;
  const count = (operator: string): number => nodes.filter((node) => node.operator === operator).length;
  return {
    provider,
    onBackend,
    fallbacks: rows.map((row) => ({
      ...row,
      ownMs: row.ownMs * toSum,
      copiesMs: row.copiesMs * toSum,
      waitMs: row.waitMs === null ? null : row.waitMs * toSum,
    })),
    copies: { toHost: count(TO_HOST), fromHost: count(FROM_HOST) },
    ms,
    others: {
      count: others.length,
      ms: sumMs(
        others.map(({ node }) => node),
        predictions,
      ),
      bytes: bytesOf(others),
    },
    predictionMs: medianOf(predictionsMs),
  };
}

/** The provider of most operators that are not on the processor. */
function deviceOf(nodes: readonly OperatorNode[]): string | null {
  const counts = new Map<string, number>();
  for (const node of nodes) {
    if (!runsOnHost(node)) counts.set(node.provider, (counts.get(node.provider) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** Takes from the list the copies of its inputs, one for each at most. */
function takenBy(node: OperatorNode, pending: Copy[]): Copy[] {
  const inputs = tensorsOf(node.inputs, node.inputTypes);
  return inputs.flatMap((wanted) => {
    const at = pending.findIndex((copy) => tensorsOf(copy.node.outputs, copy.node.outputTypes)[0] === wanted);
    return at < 0 ? [] : pending.splice(at, 1);
  });
}

function makes(node: OperatorNode, copy: OperatorNode): boolean {
  const [wanted] = tensorsOf(copy.inputs, copy.inputTypes);
  return wanted !== undefined && tensorsOf(node.outputs, node.outputTypes).includes(wanted);
}

const tensorsOf = (shapes: OperatorNode['inputs'], types: OperatorNode['inputTypes']): string[] =>
  shapes.map((shape, i) => `${types?.[i] ?? ''} ${shape.join('×')}`);

function measured({ node, to, from }: Found): ProfiledFallback {
  const copies = [...to, ...from];
  const waits = to.map(({ waitMs }) => (waitMs === null ? null : medianOf(waitMs)));
  return {
    name: node.name,
    operator: node.operator,
    provider: node.provider,
    ownMs: medianOf(node.hostMs),
    toHost: to.length,
    fromHost: from.length,
    copiesMs: copies.reduce((sum, copy) => sum + medianOf(copy.node.hostMs), 0),
    waitMs: waits.reduce<number | null>((sum, ms) => (sum === null || ms === null ? null : sum + ms), 0),
    bytes: bytesOf(copies),
  };
}

const bytesOf = (copies: readonly Copy[]): number | null =>
  tensorBytes(
    copies.flatMap(({ node }) => node.outputs),
    copies.flatMap(({ node }) => node.outputTypes ?? []),
  );

/** Median of the sums of each prediction. */
const sumMs = (nodes: readonly OperatorNode[], predictions: readonly number[]): number =>
  medianOf(predictions.map((_, i) => nodes.reduce((sum, { hostMs }) => sum + hostMs[i]!, 0)));

const medianOf = (values: readonly number[]): number => (values.length > 0 ? median([...values]) : 0);
