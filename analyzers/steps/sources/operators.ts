import { formatMs, formatName, formatPlural, formatRate, formatRatio, formatShare } from '../../../src/view/format.js';
import type { OperatorGroup } from '../../operators/groups.js';
import type { OperatorKind } from '../../operators/kind.js';
import { operatorType } from '../../operators/node.js';
import type { Operator, OperatorTotals } from '../../operators/operators.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate, place } from '../step.js';

/** A kind of operators that could save less than this share of a prediction is not worth a step. */
const MIN_SHARE = 0.03;
/** Kinds with less to save than the first ones are in the table of operators. */
const MOST = 3;
/** A function with a smaller part of a kind's samples is not where its time is. */
const MIN_FUNCTION_SHARE = 0.1;

/** Kinds that a graph can do without, as others do their work in passing: then all of their time is saved, and not only what is above the roof. */
const LEFT_OUT: ReadonlySet<OperatorKind> = new Set<OperatorKind>(['layout', 'elementwise']);

/** A type of operators with this part of the time of its kind is named. */
const MOST_OF_KIND = 0.5;

/** How kernels of a kind are made fast. */
const KERNELS: Readonly<Record<OperatorKind, string | null>> = {
  depthwise: 'A direct kernel: a channel at a time, vectors along the width, sums in registers, and no im2col.',
  pointwise: 'A blocked matrix product: weights packed once, and several rows by several vectors of sums in registers.',
  convolution: 'Im2col in blocks that stay in the cache with a blocked product behind it, or Winograd for 3×3 of stride 1.',
  attention: 'Products, scaling and softmax of a head in one kernel, block by block: https://arxiv.org/abs/2205.14135',
  product: 'A blocked matrix product: weights packed once, and several rows by several vectors of sums in registers.',
  layout: 'Fold copies into the operators beside them; what only renames a shape needs none. Or export the model without them.',
  elementwise: 'Fuse chains of them into the operator before, so that values are read and written once.',
  normalization: 'A pass for mean and variance and one that scales, both with vectors, or fused with what follows.',
  reduction: 'Vectors along the axis that lies together in memory, and several sums at once.',
  resize: 'Positions and weights once per row and column and not per pixel, and vectors along the channels.',
  other: null,
};

/** Kinds of operators that take longer than this machine allows, or than they take natively. */
export function operatorSteps({ kernelTotals: totals, kernels, latency, page }: Seen): Candidate[] {
  if (!totals || totals.ownProfile) return [];
  const timedMs = page ? null : (latency?.prediction?.medianMs ?? null);
  const wholeMs = timedMs ?? totals.profiledMs;
  return totals.groups
    .filter(({ couldSaveMs }) => couldSaveMs !== null && couldSaveMs >= MIN_SHARE * wholeMs)
    .slice(0, MOST)
    .map((group) =>
      candidate({
        id: `operators.${group.kind}`,
        title: `Faster kernels for ${group.title}${mostOfAll(group, kernels ?? [])}: ${what(group)}`,
        saves: atMost('prediction', Math.min(LEFT_OUT.has(group.kind) ? group.ms * totals.scale : group.couldSaveMs!, wholeMs)),
        basis: basis(group, totals),
        who: 'framework',
        code: KERNELS[group.kind],
        where: [
          ...(group.functions ?? [])
            .filter(({ share }) => share >= MIN_FUNCTION_SHARE)
            .map(({ name, module }) => place({ operators: group.kind, function: name, script: module })),
          ...(group.functions ? [] : [place({ operators: group.kind })]),
        ],
        evidence: evidence(group, totals),
      }),
    );
}

/** ", most of all Pow": the type that takes most of its kind, where the kind does not say it. */
function mostOfAll({ kind, ms }: OperatorGroup, kernels: readonly Pick<Operator, 'kind' | 'operator' | 'ms'>[]): string {
  const times = new Map<string, number>();
  for (const one of kernels) {
    const type = operatorType(one);
    if (one.kind === kind && !/Conv/.test(type)) times.set(type, (times.get(type) ?? 0) + one.ms);
  }
  const [most] = [...times].sort(([, a], [, b]) => b - a);
  return most && most[1] >= MOST_OF_KIND * ms ? `, most of all ${formatName(most[0])}` : '';
}

/** "14 operators, 18.0 % of the time, 14.8× native" */
function what({ count, share, paired }: OperatorGroup): string {
  const native = paired && paired.nativeMs > 0 ? `, ${formatRatio(paired.ms / paired.nativeMs)} native` : '';
  return `${formatPlural(count, 'operator')}, ${formatShare(share)} of the time${native}`;
}

function basis({ kind, ms, aboveMs, roof }: OperatorGroup, { peaks, scale }: OperatorTotals): string {
  const least = roof && peaks ? `this machine’s roof in this browser (${roofText(peaks)})` : 'what they take natively';
  const scaled =
    Math.abs(scale - 1) < 0.005
      ? ''
      : ` Times are of the profiling pass; the saving is scaled to a timed prediction (${formatRatio(scale)}).`;
  const more = LEFT_OUT.has(kind)
    ? 'better kernels save no more, and all of it is saved where others do their work in passing'
    : 'more cannot be saved by better kernels alone';
  return `${formatMs(aboveMs)} of their ${formatMs(ms)} are above ${least}: ${more}.${scaled}`;
}

const roofText = ({ gigaflops, gigabytesPerSecond }: NonNullable<OperatorTotals['peaks']>): string =>
  `${formatRate(gigaflops, 'GFLOP/s')}, ${formatRate(gigabytesPerSecond, 'GB/s')}`;

function evidence(group: OperatorGroup, { samplingLack }: OperatorTotals): string[] {
  const { largest, count, paired, roof, functions, outsideWasm } = group;
  const inFunctions = (functions ?? []).map(({ name, share }) => `${formatName(name)} ${formatShare(share)}`);
  const outside = outsideWasm !== null && outsideWasm >= MIN_FUNCTION_SHARE ? [`outside Wasm ${formatShare(outsideWasm)}`] : [];
  return [
    ...(largest.count < count
      ? [`${formatMs(largest.ms)} of it are ${formatPlural(largest.count, 'operator')} of ${largest.shape}.`]
      : []),
    ...(roof ? [`At the roof it would be ${formatMs(roof.roofMs)} (${formatPlural(roof.count, 'operator')}).`] : []),
    ...(paired
      ? [
          `Natively it is ${formatMs(paired.nativeMs)}, and here ${formatMs(paired.ms)} (${formatPlural(paired.count, 'operator')}).`,
        ]
      : []),
    ...(inFunctions.length > 0 ? [`CPU samples while they ran: ${[...inFunctions, ...outside].join(', ')}.`] : []),
    ...(inFunctions.length === 0 && samplingLack !== null ? [`Their functions are not known: ${samplingLack}.`] : []),
  ];
}
