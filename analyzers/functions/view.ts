import { type Block, type Column, figure, type Table, table } from '../../src/view/block.js';
import { formatName, MISSING } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { instructionTitles } from '../../src/wasm/mix.js';
import { isOnGpu, type KnownOfGpu } from '../gpu/words.js';
import type { OperatorTotals } from '../operators/operators.js';
import { causePaint } from '../partition/causes/index.js';
import { functionsChart, instructionLegend } from './functionsChart.js';
import type { WasmFunctionTime, WasmModuleFacts, WasmUse } from './wasmUse.js';

/** The parts of an analysis that this view shows. */
export interface FunctionsShown extends Pick<KnownOfGpu, 'gpu'> {
  readonly wasm: WasmUse | null;
  readonly kernelTotals: OperatorTotals | null;
}

/** The Wasm functions that take the time, and the modules that contain them. */
export const view: View<FunctionsShown> = {
  id: 'functions',
  title: 'Wasm functions',
  // Those of its columns are shared with other sections.
  words: {},
  blocks({ wasm }) {
    if (!wasm) return [];
    const { functions, modules } = wasm;
    return [
      ...(functions.length > 0 ? functionBlocks(functions) : []),
      ...(modules.length > 0 ? [table('Wasm modules', moduleColumns, modules, MODULES_SHOWN)] : []),
    ];
  },
  brief: () => [],
  /**
   * The functions with the most self time. A GPU run leaves this room to the GPU's lines, and one whose operators were timed has a
   * line of them.
   */
  briefTable(known) {
    const functions = known.wasm?.functions.slice(0, FUNCTIONS_IN_BRIEF - (known.kernelTotals ? 1 : 0)) ?? [];
    return functions.length === 0 || isOnGpu(known) ? null : briefTable(functions);
  },
};

const MODULES_SHOWN = 12;
const KINDS_TOLD = 6;
const FUNCTIONS_IN_BRIEF = 3;

const CHART_TEXT =
  'Each bar is split by the classes of the instructions in the function’s innermost loops; locals and constants, which mostly cost nothing after optimization, are left out.';

function functionBlocks(functions: readonly WasmFunctionTime[]): Block[] {
  return [figure(functionsChart(functions), CHART_TEXT, instructionLegend(functions)), functionTable(functions)];
}

/** Thread and module are in the caption where all functions share them. */
function functionTable(functions: readonly WasmFunctionTime[]): Table {
  const threads = [...new Set(functions.map(({ thread }) => thread))];
  const modules = [...new Set(functions.map(({ module }) => module))];
  const caption = [
    'Wasm functions by self time, summed over the typical windows',
    ...(threads.length === 1 ? [`thread ${formatName(threads[0]!, 60)}`] : []),
    ...(modules.length === 1 ? [`module ${formatName(modules[0]!, 60)}`] : []),
  ].join(', ');
  const unlessShared = ({ length }: readonly string[]): Partial<Pick<Column<unknown>, 'in'>> =>
    length === 1 ? { in: ['data'] } : {};
  return table<WasmFunctionTime>(
    caption,
    [
      ...functionColumns,
      { id: 'thread', head: 'Thread', kind: 'text', limit: 60, value: ({ thread }) => thread, ...unlessShared(threads) },
      { id: 'module', head: 'Module', kind: 'text', limit: 60, value: ({ module }) => module, ...unlessShared(modules) },
    ],
    functions,
  );
}

const functionColumns: readonly Column<WasmFunctionTime>[] = [
  { id: 'function', head: 'Function', kind: 'code', limit: 80, value: ({ name }) => name },
  { id: 'selfMs', head: 'Self time', kind: 'ms', value: ({ selfMs }) => selfMs },
  { id: 'share', head: 'Of its thread', kind: 'share', value: ({ share }) => share },
  {
    id: 'cause',
    head: 'Cause',
    kind: 'code',
    limit: 40,
    value: ({ cause }) => cause,
    fill: ({ cause }) => (cause === null ? null : causePaint(cause).fill),
  },
  { id: 'instructions', head: 'Instructions in its loops', kind: 'text', value: instructionWords },
  { id: 'bodyBytes', head: 'Code', kind: 'bytes', value: ({ bodyBytes }) => bodyBytes },
];

const moduleColumns: readonly Column<WasmModuleFacts>[] = [
  { id: 'module', head: 'Module', kind: 'text', limit: 100, value: ({ url }) => url },
  { id: 'bytes', head: 'Size', kind: 'bytes', value: ({ bytes }) => bytes },
  { id: 'functions', head: 'Functions', kind: 'count', value: ({ functions }) => functions },
  {
    id: 'features',
    head: 'Features',
    kind: 'text',
    limit: 120,
    value: ({ features }) => features && (features.join(', ') || 'none beyond the first version'),
  },
  {
    id: 'sha256',
    head: 'SHA-256',
    kind: 'code',
    limit: 17,
    value: ({ sha256 }) => sha256,
    note: ({ sha256 }) => (sha256 === null ? 'bytes not captured' : null),
  },
];

/** Without headings: its caption says what the columns are. */
function briefTable(functions: readonly WasmFunctionTime[]): Table {
  const threads = new Set(functions.map(({ thread }) => thread));
  const one = threads.size === 1 ? ` of ${formatName(functions[0]!.thread)}` : '';
  return table<WasmFunctionTime>(
    `Top Wasm functions${one}: share, self time over the typical windows`,
    [
      { id: 'share', head: '', kind: 'share', value: ({ share }) => share },
      { id: 'selfMs', head: '', kind: 'ms', value: ({ selfMs }) => selfMs },
      { id: 'cause', head: '', kind: 'code', limit: 40, value: ({ cause }) => cause },
      {
        id: 'function',
        head: '',
        kind: 'code',
        value: ({ name, thread }) => (threads.size === 1 ? name : `${name}, ${formatName(thread)}`),
      },
    ],
    functions,
  );
}

function instructionWords({ mix, evidence }: WasmFunctionTime): string {
  const words = mix ? mixWords(mix) : 'unknown, no module bytes';
  return evidence ? `${words}; ${evidence}` : words;
}

function mixWords(mix: Readonly<Record<string, number>>): string {
  const parts = instructionKinds(mix).filter(({ part }) => part >= 0.01);
  const words = parts.slice(0, KINDS_TOLD).map(({ name, part }) => `${name} ${Math.round(part * 100)} %`);
  return words.join(', ') || MISSING;
}

/** An instruction mix by kind, largest first, as fractions of the kinds that are shown. Finer than the chart's groups. */
export function instructionKinds(
  mix: Readonly<Record<string, number>>,
): readonly { readonly name: string; readonly part: number }[] {
  const kinds = Object.entries(instructionTitles).map(([id, name]) => ({ name, part: Object.hasOwn(mix, id) ? mix[id]! : 0 }));
  const total = kinds.reduce((sum, { part }) => sum + part, 0);
  return kinds
    .filter(({ part }) => part > 0)
    .map(({ name, part }) => ({ name, part: part / total }))
    .sort((a, b) => b.part - a.part);
}
