import { type Column, groupedTable, type Table } from '../../src/view/block.js';
import { formatName, formatPlural, formatShare } from '../../src/view/format.js';
import { fillOf } from '../../src/view/palette.js';
import { mixText } from '../functions/mixText.js';
import type { OperatorGroup } from './groups.js';
import { operatorKinds } from './kind.js';
import type { OperatorFunctions } from './operatorFunctions.js';
import type { Operator, OperatorTotals } from './operators.js';

/** An operator, or a group of them with the same columns. */
interface Row extends Pick<OperatorFunctions, 'functions' | 'outsideWasm' | 'executedFlops'> {
  readonly isGroup: boolean;
  readonly name: string;
  readonly note: string | null;
  readonly kind: string;
  readonly type: string;
  readonly shape: string | null;
  readonly provider: string | null;
  readonly ms: number;
  readonly share: number;
  readonly nativeMs: number | null;
  readonly ratio: number | null;
  readonly nativeNote: string | null;
  /** How it was found, unless by its name. */
  readonly pairedBy: string | null;
  readonly nativeName: string | null;
  readonly roofMs: number | null;
  readonly roofNote: string | null;
  readonly couldSaveMs: number | null;
  readonly intensity: number | null;
  readonly flops: number | null;
  readonly gflops: number | null;
  readonly gigabytesPerSecond: number | null;
  readonly bound: Operator['bound'];
}

/**
 * Every operator, in groups of what they compute: what it takes here, natively and at this machine's roof, what a faster kernel could
 * save, and the functions that it runs in. The most to save first.
 */
export function operatorTable(operators: readonly Operator[], totals: OperatorTotals): Table {
  const sorted = [...operators].sort((a, b) => (b.couldSaveMs ?? -1) - (a.couldSaveMs ?? -1) || b.ms - a.ms);
  const groups = totals.groups.map((group) => ({
    head: ofGroup(group, operators),
    rows: sorted.filter(({ kind, ms }) => kind === group.kind && ms > 0).map(ofOperator),
  }));
  const idle = sorted.filter(({ ms }) => ms <= 0).map(ofOperator);
  const all = idle.length === 0 ? groups : [...groups, { head: ofIdle(idle.length), rows: idle }];
  return groupedTable('Operators by what they compute, the most to save first', columns(operators, totals), all, 'couldSaveMs');
}

function ofOperator(operator: Operator): Row {
  const { name, operator: type, kind, shape, provider, flops, bytes, nativeName, pairedBy } = operator;
  return {
    ...operator,
    isGroup: false,
    name: name || type,
    note: null,
    kind: operatorKinds[kind],
    type,
    shape: shape || null,
    provider: provider || null,
    nativeNote: null,
    pairedBy: pairedBy === 'shape' ? 'by type and shapes' : null,
    nativeName: nativeName === name ? null : nativeName,
    roofNote: null,
    intensity: flops && bytes ? flops / bytes : null,
  };
}

function ofGroup(group: OperatorGroup, operators: readonly Operator[]): Row {
  const { kind, title, count, ms, share, paired, roof, couldSaveMs, largest, functions, outsideWasm, executedFlops } = group;
  const types = [...new Set(operators.flatMap((each) => (each.kind === kind && each.ms > 0 ? [each.operator] : [])))];
  const of = (known: number): string | null => (known === count ? null : `of ${known}`);
  return {
    ...UNKNOWN,
    name: `${title[0]!.toUpperCase()}${title.slice(1)}`,
    note: `${formatPlural(count, 'operator')}${largest.count < count && largest.shape !== '' ? `, most in ${largest.count} of ${largest.shape}` : ''}`,
    kind: title,
    type: types.length === 1 ? types[0]! : formatPlural(types.length, 'type'),
    ms,
    share,
    nativeMs: paired?.nativeMs ?? null,
    ratio: paired && paired.nativeMs > 0 ? paired.ms / paired.nativeMs : null,
    nativeNote: paired && of(paired.count),
    roofMs: roof?.roofMs ?? null,
    roofNote: roof && of(roof.count),
    couldSaveMs,
    functions,
    outsideWasm,
    flops: sumOfKnown(operators.filter((each) => each.kind === kind).map(({ flops }) => flops)),
    executedFlops,
  };
}

/** The sum of operations; null where those of an operator are unknown. */
const sumOfKnown = (flops: readonly (number | null)[]): number | null =>
  flops.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), 0);

/** Operators that took no time: a renamed tensor, a constant. */
const ofIdle = (count: number): Row => ({
  ...UNKNOWN,
  name: 'Without time',
  note: formatPlural(count, 'operator'),
  kind: 'without time',
});

const UNKNOWN: Row = {
  isGroup: true,
  name: '',
  note: null,
  kind: '',
  type: '',
  shape: null,
  provider: null,
  ms: 0,
  share: 0,
  nativeMs: null,
  ratio: null,
  nativeNote: null,
  pairedBy: null,
  nativeName: null,
  roofMs: null,
  roofNote: null,
  couldSaveMs: null,
  intensity: null,
  flops: null,
  gflops: null,
  gigabytesPerSecond: null,
  bound: null,
  functions: null,
  outsideWasm: null,
  executedFlops: null,
};

/** What is known of no operator has no column. */
function columns(operators: readonly Operator[], totals: OperatorTotals): readonly Column<Row>[] {
  const providers = new Set(operators.map(({ provider }) => provider));
  const hasSavings = totals.groups.some(({ couldSaveMs }) => couldSaveMs !== null);
  const hasRoof = totals.groups.some(({ roof }) => roof !== null);
  const hasFunctions = totals.groups.some(({ functions }) => functions !== null);
  return [
    { id: 'name', head: 'Operators', kind: 'text', limit: 48, value: ({ name }) => name, note: ({ note }) => note },
    ...(hasSavings ? [savings] : []),
    { id: 'ms', head: totals.ownProfile ? 'Time' : 'Browser', kind: 'ms', value: ({ ms }) => ms },
    { id: 'share', head: 'Share', kind: 'share', value: ({ share }) => share },
    ...(totals.nativeSource === null ? [] : nativeColumns),
    ...(hasRoof ? [roof] : []),
    ...(hasFunctions ? [functionsColumn, mixColumn] : []),
    { id: 'operator', head: 'Type', kind: 'code', limit: 24, value: ({ type }) => type || null },
    { id: 'kind', head: 'Kind', kind: 'text', more: true, choice: true, value: ({ kind }) => kind },
    { id: 'shape', head: 'Output', kind: 'text', more: true, limit: 40, value: ({ shape }) => shape },
    ...(providers.size > 1 ? [providerColumn] : []),
    ...(totals.nativeSource === null ? [] : [nativeName]),
    ...rateColumns,
  ];
}

const savings: Column<Row> = {
  id: 'couldSaveMs',
  head: 'Could save, at most',
  kind: 'ms',
  value: ({ couldSaveMs }) => couldSaveMs,
};

const nativeColumns: readonly Column<Row>[] = [
  { id: 'nativeMs', head: 'Native', kind: 'ms', value: ({ nativeMs }) => nativeMs, note: ({ nativeNote }) => nativeNote },
  { id: 'ratio', head: '× native', kind: 'ratio', value: ({ ratio }) => ratio },
];

const roof: Column<Row> = {
  id: 'roofMs',
  head: 'Roof',
  kind: 'ms',
  value: ({ roofMs }) => roofMs,
  note: ({ roofNote }) => roofNote,
};

/** A function with a smaller part of the samples is not where the time is. */
const MIN_FUNCTION_SHARE = 0.1;
/** A smaller share of time outside of Wasm is not mentioned. */
const MIN_OUTSIDE_SHARE = 0.01;
const PARTS_IN_MIX = 3;

/** The Wasm functions that its time is in, and the share outside of Wasm functions. */
const functionsColumn: Column<Row> = {
  id: 'functions',
  head: 'Runs in',
  kind: 'text',
  value({ functions, outsideWasm }) {
    if (functions === null) return null;
    const outside = outsideWasm !== null && outsideWasm >= MIN_OUTSIDE_SHARE ? [`outside Wasm ${formatShare(outsideWasm)}`] : [];
    return [...functions.map(({ name, share }) => `${formatName(name)} ${formatShare(share)}`), ...outside].join(', ');
  },
  // An operator runs in the functions of its kind.
  note: (row) => (row.isGroup ? mixes(row) : null),
};

const mixes = ({ functions }: Row): string[] =>
  (functions ?? []).flatMap(({ name, index, share, mix }) =>
    mix && share >= MIN_FUNCTION_SHARE
      ? [`${index === null ? formatName(name, 24) : `[${index}]`}: ${mixText(mix, PARTS_IN_MIX)}`]
      : [],
  );

/** The page has it below the functions. */
const mixColumn: Column<Row> = {
  id: 'instructions',
  head: 'Instructions in their loops',
  kind: 'text',
  in: ['data'],
  value: (row) => mixes(row).join('; ') || null,
};

const providerColumn: Column<Row> = {
  id: 'provider',
  head: 'On',
  kind: 'text',
  limit: 20,
  choice: true,
  value: ({ provider }) => provider,
};

const nativeName: Column<Row> = {
  id: 'nativeName',
  head: 'Natively called',
  kind: 'code',
  more: true,
  limit: 40,
  value: ({ nativeName: name }) => name,
  note: ({ pairedBy }) => pairedBy,
};

/** What an operator reaches of the machine. */
const rateColumns: readonly Column<Row>[] = [
  { id: 'megaflop', head: 'MFLOP by its shapes', kind: 'rate', more: true, value: ({ flops }) => flops && flops / 1e6 },
  {
    id: 'executedMegaflop',
    head: 'MFLOP executed',
    kind: 'rate',
    more: true,
    value: ({ executedFlops }) => executedFlops && executedFlops / 1e6,
  },
  { id: 'gflops', head: 'GFLOP/s', kind: 'rate', more: true, value: ({ gflops }) => gflops },
  { id: 'gigabytesPerSecond', head: 'GB/s', kind: 'rate', more: true, value: ({ gigabytesPerSecond }) => gigabytesPerSecond },
  { id: 'operationsPerByte', head: 'FLOP per byte', kind: 'rate', more: true, value: ({ intensity }) => intensity },
  {
    id: 'bound',
    head: 'Bound by',
    kind: 'text',
    more: true,
    value: ({ bound }) => bound,
    fill: ({ bound }) => (bound === null ? null : fillOf('bound', bound)),
  },
];
