import { type Block, type Column, type Line, line, paragraph, remark, sentence, table, valueLine } from '../../src/view/block.js';
import { formatBytes, formatInterval, formatMs, formatName, MISSING } from '../../src/view/format.js';
import { causePaint } from '../partition/causes/index.js';
import type { ComparedCause, ComparedModule, Comparison, Names } from './compared.js';
import type { Compared } from './figure.js';
import type { ComparedNode } from './nodes.js';

const KINDS_SHOWN = 12;
const NODES_SHOWN = 15;

/** What grew and what shrank from a to b: causes, operators, setup, memory and modules, each with its sum. */
export function comparisonBlocks(comparison: Comparison, names: Names): Block[] {
  const { unfit, window, causes, operators, operatorSum, nodes, figures, memory, modules } = comparison;
  return [
    ...unfit.map((text) => paragraph(text)),
    ...(window ? [paragraph(`${sumText('The causes sum to a typical traced window', window)}`)] : []),
    ...(causes.length > 0 ? [table('Causes', causeColumns(names), causes)] : []),
    ...(operatorSum && operators.length > 0
      ? [
          paragraph(sumText('The operators of a profiled prediction sum to', operatorSum)),
          table('Operators by kind', timeColumns('Kind', names), operators, KINDS_SHOWN),
        ]
      : []),
    ...(nodes.length > 0
      ? [
          table('Operators one by one', nodeColumns(names), nodes, NODES_SHOWN),
          remark(
            'By their names in the optimized graph, of the profiling pass; no intervals. One that a graph does not have was fused, split or named anew.',
          ),
        ]
      : []),
    ...(figures.length > 0 ? [table('Latency', timeColumns('Of the timing pass', names), figures)] : []),
    ...(memory.length > 0 ? [table('Peaks of memory', memoryColumns(names), memory)] : []),
    ...(modules.a.length + modules.b.length > 0
      ? [
          table('Wasm modules that ran', moduleColumns, [
            ...modules.a.map((module) => ({ ...module, of: names.a })),
            ...modules.b.map((module) => ({ ...module, of: names.b })),
          ]),
        ]
      : []),
  ];
}

const sumText = (of: string, { aMs, bMs, differenceMs }: Compared): string =>
  `${of}: ${formatMs(aMs)} → ${formatMs(bMs)}${differenceMs === null ? '' : `, ${signedMs(differenceMs)}`}.`;

/** A difference with its sign: +2.50 ms. */
export const signedMs = (ms: number): string => `${ms > 0 ? '+' : ''}${formatMs(ms)}`;

const CAUSES_TOLD = 3;
const OPERATORS_TOLD = 3;
/** Less than this part of the whole difference, and of the whole, is not told in brief. */
const LEAST_PART = 0.05;

/** The same in a few lines: the largest differences, and their sums. */
export function comparisonLines(comparison: Comparison): Line[] {
  const { unfit, window, causes, operators, operatorSum, nodes, modules, figures, memory } = comparison;
  const setup = figures.filter(({ what, aMs, bMs }) => what === 'set-up' && aMs !== null && bMs !== null);
  const held = memory.filter(({ aBytes, bBytes }) => aBytes !== null && bBytes !== null).slice(0, 1);
  const beside = [
    ...setup.map(({ aMs, bMs }) => `set-up ${formatMs(aMs)} → ${formatMs(bMs)}`),
    ...held.map(({ what, aBytes, bBytes }) => `${what} ${formatBytes(aBytes)} → ${formatBytes(bBytes)} at most`),
    ...modulesText(modules),
  ];
  return [
    ...unfit.map((text): Line => ({ ...sentence(text), tone: 'doubt' })),
    ...differenceLine('Causes', window, causes, CAUSES_TOLD, ({ title }) => title),
    ...differenceLine('Operators', operatorSum, operators, OPERATORS_TOLD, ({ what }) => what),
    ...nodesLine(operatorSum, nodes),
    ...(beside.length > 0 ? [line('Beside', beside.join('; '))] : []),
  ];
}

function differenceLine<Row extends Compared>(
  label: string,
  whole: Compared | null,
  rows: readonly Row[],
  most: number,
  name: (row: Row) => string,
): Line[] {
  if (!whole || whole.differenceMs === null) return [];
  const told = largest(whole, rows, most).map(
    (row) => `${formatName(name(row))} ${signedMs(row.differenceMs!)}${endsOf(row) === MISSING ? '' : ` (${endsOf(row)})`}`,
  );
  const text = told.length > 0 ? told.join(', ') : 'none that stands out';
  return [valueLine(label, signedMs(whole.differenceMs), `of ${formatMs(whole.aMs)}: ${text}`)];
}

const endsOf = ({ differenceMs, differenceCi95Ms }: Compared): string =>
  formatInterval(differenceCi95Ms, differenceMs || (differenceCi95Ms?.[1] ?? 0));

function nodesLine(whole: Compared | null, nodes: readonly ComparedNode[]): Line[] {
  if (!whole) return [];
  const told = largest(whole, nodes, OPERATORS_TOLD).map(
    ({ what, operator, differenceMs }) => `${formatName(operator, 20)} ${formatName(what)} ${signedMs(differenceMs!)}`,
  );
  return told.length > 0 ? [line('', told.join(', '))] : [];
}

const largest = <Row extends Compared>({ aMs, bMs, differenceMs }: Compared, rows: readonly Row[], most: number): Row[] => {
  const least = LEAST_PART * Math.max(Math.abs(differenceMs ?? 0), LEAST_PART * Math.max(aMs ?? 0, bMs ?? 0));
  return rows.filter((row) => row.differenceMs !== null && Math.abs(row.differenceMs) >= least).slice(0, most);
};

function modulesText({ a, b }: Comparison['modules']): string[] {
  if (a.length !== 1 || b.length !== 1) return [];
  const [[was], [is]] = [a, b] as unknown as [[ComparedModule], [ComparedModule]];
  if (was.sha256 === is.sha256) return ['the same Wasm module'];
  const size = `Wasm module ${formatBytes(was.bytes)} → ${formatBytes(is.bytes)}`;
  const [before, after] = [was, is].map(({ features }) => features?.join(' ') ?? 'unknown');
  return [before === after ? `${size}, with ${after}` : `${size}, with ${before} → ${after}`];
}

const timeColumns = <Row extends Compared>(head: string, { a, b }: Names): Column<Row>[] => [
  { id: 'what', head, kind: 'text', limit: 60, value: ({ what }) => what },
  ...times<Row>(a, b),
];

const times = <Row extends Compared>(a: string, b: string): Column<Row>[] => [
  { id: 'aMs', head: formatName(a, 24), kind: 'ms', value: ({ aMs }) => aMs, ci95: ({ aCi95Ms }) => aCi95Ms },
  { id: 'bMs', head: formatName(b, 24), kind: 'ms', value: ({ bMs }) => bMs, ci95: ({ bCi95Ms }) => bCi95Ms },
  {
    id: 'differenceMs',
    head: 'Difference',
    kind: 'ms',
    value: ({ differenceMs }) => differenceMs,
    ci95: ({ differenceCi95Ms }) => differenceCi95Ms,
  },
  { id: 'ratio', head: 'Ratio', kind: 'ratio', value: ({ ratio }) => ratio, ci95: ({ ratioCi95 }) => ratioCi95 },
];

const causeColumns = ({ a, b }: Names): Column<ComparedCause>[] => [
  { id: 'cause', head: 'Cause', kind: 'text', value: ({ title }) => title, fill: ({ id }) => causePaint(id).fill },
  { id: 'id', head: 'Id', kind: 'code', value: ({ id }) => id, in: ['data'] },
  ...times<ComparedCause>(a, b),
];

const nodeColumns = ({ a, b }: Names): Column<ComparedNode>[] => [
  { id: 'operator', head: 'Operator', kind: 'text', limit: 40, value: ({ operator }) => operator },
  {
    id: 'name',
    head: 'Name',
    kind: 'code',
    limit: 60,
    value: ({ what }) => what,
    note: (node) => (node.in === 'both' ? null : `only in ${formatName(node.in === 'a' ? a : b, 24)}`),
  },
  ...times<ComparedNode>(a, b),
];

const memoryColumns = ({ a, b }: Names): Column<Comparison['memory'][number]>[] => [
  { id: 'what', head: 'Of', kind: 'text', value: ({ what }) => what },
  { id: 'aBytes', head: formatName(a, 24), kind: 'bytes', value: ({ aBytes }) => aBytes },
  { id: 'bBytes', head: formatName(b, 24), kind: 'bytes', value: ({ bBytes }) => bBytes },
];

const moduleColumns: readonly Column<ComparedModule & { readonly of: string }>[] = [
  { id: 'of', head: 'Of', kind: 'text', limit: 40, value: ({ of }) => of },
  { id: 'module', head: 'Module', kind: 'text', limit: 60, value: ({ name }) => name },
  { id: 'bytes', head: 'Size', kind: 'bytes', value: ({ bytes }) => bytes },
  { id: 'functions', head: 'Functions', kind: 'count', value: ({ functions }) => functions },
  { id: 'features', head: 'Features', kind: 'text', value: ({ features }) => features?.join(', ') ?? null },
];
