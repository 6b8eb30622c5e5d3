import { type Block, type Column, lead, line, remark, table } from '../../src/view/block.js';
import { formatBytes, formatCount, formatMean, formatMs, formatName, formatPlural } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { siteColumns } from '../gpu/siteColumns.js';
import type { Fallback, FallbackCost, Fallbacks, PlacedType, Why } from './fallbacks.js';
import type { AmidSite, ReadBacksAmid } from './readBacksAmid.js';

/** The parts of an analysis that it reads. */
export interface KnownOfPlacement {
  readonly fallbacks: Fallbacks | null;
  readonly readBacksAmid: ReadBacksAmid | null;
}

/** Why an operator is not where it was asked for. */
const WHYS: Readonly<Record<NonNullable<Why>, string>> = {
  lacks: 'the backend has no kernel for it',
  moved: 'on purpose: its inputs are there',
  small: 'on purpose: its inputs are small and there',
  reads: 'its kernel reads its inputs back and computes in JavaScript',
};

const ROWS_SHOWN = 12;

export const view: View<KnownOfPlacement> = {
  id: 'placement',
  title: 'Where operators ran',
  words: {
    'Fall-back': 'An operator that runs on the processor since the backend that was asked for has no kernel for it.',
    'Copies for it':
      'Tensors between device and processor for one operator; one from the device waits until that has computed all that was asked before.',
    'Read-back amid an inference':
      'Bytes from the GPU after which the same inference starts more work: the processor needed them in between.',
  },
  blocks: ({ fallbacks, readBacksAmid }) => [
    ...(fallbacks ? fallbackBlocks(fallbacks) : []),
    ...(readBacksAmid && readBacksAmid.count > 0 ? amidBlocks(readBacksAmid) : []),
  ],
  brief: ({ fallbacks, readBacksAmid }) => {
    if (fallbacks) return [line('Placement', sentenceOf(fallbacks))];
    const amid = readBacksAmid && readBacksAmid.count >= OFTEN ? readBacksAmid : null;
    return amid ? [line('Placement', amidText(amid))] : [];
  },
};

/** A page that reads back amid one of many inferences does so for a reason of its own. */
const OFTEN = 0.5;

/** How many operators ran where, and what those elsewhere cost. */
function sentenceOf({ backend, onBackend, elsewhere, cost, costLack }: Fallbacks): string {
  const on = formatName(backend, 24);
  const whole = onBackend + elsewhere;
  if (elsewhere === 0) {
    const others = cost && cost.others.count > 0 ? `; ${othersText(cost)}` : '';
    return `all ${formatPlural(whole, 'operator')} on ${on}${others}`;
  }
  const there = `${formatCount(onBackend)} of ${formatPlural(whole, 'operator')} on ${on}`;
  const spent = cost
    ? ` cost ${formatMs(cost.ms)} (copies ${formatMs(cost.copiesMs)})`
    : `; what they cost is ${formatName(costLack ?? 'not measured', 120)}`;
  return `${there}; ${formatCount(elsewhere)} elsewhere${spent}`;
}

const othersText = ({ others }: FallbackCost): string =>
  `${copiesText(others.count)} between it and the processor, ${formatMs(others.ms)}`;

const copiesText = (count: number): string => (count === 1 ? '1 copy' : `${formatCount(count)} copies`);

function fallbackBlocks(known: Fallbacks): Block[] {
  const { types, nodes, nodesLeftOut, elsewhere, backend } = known;
  return [
    lead(`${capital(sentenceOf(known))}.`),
    ...(types.length > 0 ? [table('Where each operator ran', typeColumns(backend), types, ROWS_SHOWN)] : []),
    ...(known.cost ? [remark(costText(known.cost))] : []),
    ...(elsewhere > 0 && nodes.length > 0
      ? [table('Operators elsewhere, one by one', nodeColumns, nodes, ROWS_SHOWN, nodesLeftOut)]
      : []),
  ];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function costText({ ms, ownMs, copiesMs, waitMs, bytes, others, predictionMs, source }: FallbackCost): string {
  const whole = predictionMs === null ? '' : ` of a prediction of ${formatMs(predictionMs)}`;
  const size = bytes === null ? '' : ` of ${formatBytes(bytes)}`;
  const wait =
    waitMs === null
      ? ' What of that is waiting for the device was not measured.'
      : ` At most ${formatMs(waitMs)} of the copies wait for what the device has to compute anyway.`;
  const rest = others.count === 0 ? '' : ` Further ${copiesText(others.count)} (${formatMs(others.ms)}) are for none of them.`;
  return `Operators elsewhere take ${formatMs(ms)}${whole}, ${source}: ${formatMs(ownMs)} themselves, ${formatMs(copiesMs)} copies${size}.${wait}${rest}`;
}

const whyText = (why: Why): string => (why === null ? 'not told' : WHYS[why]);

const typeColumns = (backend: string): Column<PlacedType>[] => [
  { id: 'operator', head: 'Operator', kind: 'code', limit: 40, value: ({ operator }) => operator },
  { id: 'count', head: 'Operators', kind: 'count', value: ({ count }) => count },
  {
    id: 'provider',
    head: 'Ran on',
    kind: 'text',
    limit: 24,
    value: ({ provider, isOnBackend }) => (isOnBackend ? backend : provider),
  },
  { id: 'why', head: 'Why', kind: 'text', value: ({ why, isOnBackend }) => (isOnBackend ? 'as asked' : whyText(why)) },
  { id: 'ownMs', head: 'Itself', kind: 'ms', value: ({ ownMs }) => ownMs },
  { id: 'copies', head: 'Copies', kind: 'count', value: ({ copies }) => copies },
  { id: 'copiesMs', head: 'Copies for it', kind: 'ms', value: ({ copiesMs }) => copiesMs },
  { id: 'copiedBytes', head: 'Copied', kind: 'bytes', value: ({ bytes }) => bytes },
];

const nodeColumns: readonly Column<Fallback>[] = [
  { id: 'name', head: 'Node', kind: 'code', limit: 60, value: ({ name }) => name },
  { id: 'operator', head: 'Operator', kind: 'code', limit: 40, value: ({ operator }) => operator },
  { id: 'provider', head: 'Ran on', kind: 'text', limit: 24, value: ({ provider }) => provider },
  { id: 'why', head: 'Why', kind: 'text', value: ({ why }) => whyText(why) },
  { id: 'ownMs', head: 'Itself', kind: 'ms', value: ({ ownMs }) => ownMs },
  { id: 'copies', head: 'Copies', kind: 'count', value: ({ copies }) => copies },
  { id: 'copiesMs', head: 'Copies for it', kind: 'ms', value: ({ copiesMs }) => copiesMs },
  { id: 'copiedBytes', head: 'Copied', kind: 'bytes', value: ({ bytes }) => bytes },
];

/** How often inferences are interrupted by a read-back, and for how long. */
export const amidText = ({ count, ms, bytes }: ReadBacksAmid): string =>
  `${formatMean(count)} read-backs amid an inference, ${formatMs(ms)} with what they wait for, ${formatBytes(bytes)}`;

function amidBlocks(known: ReadBacksAmid): Block[] {
  return [
    table('Read-backs amid an inference, by place in a script', amidColumns, known.sites),
    remark(
      `${capital(amidText(known))}. After each the same inference starts more work on the GPU: the processor needed what was computed, as for an operator that the backend lacks, or where one model takes what another has put out.`,
    ),
  ];
}

const amidColumns: readonly Column<AmidSite>[] = [
  { id: 'call', head: 'Call', kind: 'code', limit: 40, value: ({ call }) => call },
  { id: 'perInference', head: 'Per inference', kind: 'mean', value: ({ count }) => count },
  { id: 'perInferenceMs', head: 'Time of it', kind: 'ms', value: ({ ms }) => ms },
  { id: 'perInferenceBytes', head: 'Bytes', kind: 'bytes', value: ({ bytes }) => bytes },
  ...siteColumns<AmidSite>('Called at'),
];
