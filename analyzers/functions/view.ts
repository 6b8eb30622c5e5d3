import type { MachinePeaks } from '../../src/bundle/operatorLog.js';
import { lastPart } from '../../src/text/lastPart.js';
import { type Block, type Column, figure, fold, type Table, table } from '../../src/view/block.js';
import { formatName, formatPlural, formatShare } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import { isOnGpu, type KnownOfGpu } from '../gpu/words.js';
import { operatorKinds } from '../operators/kind.js';
import { type FunctionOperators, MIN_SAMPLES } from '../operators/operatorFunctions.js';
import type { OperatorTotals } from '../operators/operators.js';
import { causeOf, causePaint, midSentence } from '../partition/causes/index.js';
import { functionsChart, instructionLegend } from './functionsChart.js';
import { mixText } from './mixText.js';
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
  words: {
    'Of peak':
      'Of what one thread of this machine reaches in registers, measured in the same browser: no code that loads its numbers does.',
  },
  blocks({ wasm, kernelTotals }) {
    if (!wasm) return [];
    const { functions, modules } = wasm;
    return [
      ...(functions.length > 0 ? functionBlocks(functions, kernelTotals?.functions ?? [], kernelTotals?.peaks ?? null) : []),
      ...(modules.length > 0
        ? [fold(formatPlural(modules.length, 'Wasm module'), [table('Wasm modules', moduleColumns, modules, MODULES_SHOWN)])]
        : []),
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
const FUNCTIONS_SHOWN = 8;
const PARTS_IN_MIX = 3;
const PARTS_IN_DATA = 6;
/** Kinds of operators that take less of a function are not mentioned. */
const MIN_KIND_SHARE = 0.05;
const FUNCTIONS_IN_BRIEF = 3;

const CHART_TEXT =
  'Each bar is split by the classes of the instructions that the function executed, or of its innermost loops where that was not counted; locals and constants, which mostly cost nothing after optimization, are left out.';

function functionBlocks(
  functions: readonly WasmFunctionTime[],
  operators: readonly FunctionOperators[],
  peaks: MachinePeaks | null,
): Block[] {
  return [
    functionTable(functions, operators, peaks),
    figure(functionsChart(functions), CHART_TEXT, instructionLegend(functions)),
  ];
}

/** Addresses of a module differ between passes, as each is served anew. */
const keyOf = ({ name, index, module }: Pick<FunctionOperators, 'name' | 'index' | 'module'>): string =>
  `${index} ${name} ${lastPart(module)}`;

/** Thread and module are in the caption where all functions share them. */
function functionTable(
  functions: readonly WasmFunctionTime[],
  operators: readonly FunctionOperators[],
  peaks: MachinePeaks | null,
): Table {
  const byFunction = new Map(operators.map((each) => [keyOf(each), each]));
  const threads = [...new Set(functions.map(({ thread }) => thread))];
  const modules = [...new Set(functions.map(({ module }) => module))];
  const caption = [
    'Wasm functions by self time, summed over the typical windows',
    ...(threads.length === 1 ? [`thread ${formatName(threads[0]!, 60)}`] : []),
    ...(modules.length === 1 ? [`module ${formatName(lastPart(modules[0]!), 60)}`] : []),
  ].join(', ');
  const unlessShared = ({ length }: readonly string[]): Partial<Pick<Column<unknown>, 'in'>> =>
    length === 1 ? { in: ['data'] } : {};
  return table<WasmFunctionTime>(
    caption,
    [
      ...functionColumns,
      ...(functions.some(({ gflops }) => gflops !== null) ? [rateColumn(peaks)] : []),
      ...(operators.length > 0 ? [operatorsColumn((fn) => byFunction.get(keyOf(fn)) ?? null)] : []),
      codeColumn,
      { id: 'thread', head: 'Thread', kind: 'text', limit: 60, value: ({ thread }) => thread, ...unlessShared(threads) },
      { id: 'module', head: 'Module', kind: 'text', limit: 60, value: ({ module }) => module, ...unlessShared(modules) },
    ],
    functions,
    FUNCTIONS_SHOWN,
  );
}

const functionColumns: readonly Column<WasmFunctionTime>[] = [
  { id: 'function', head: 'Function', kind: 'code', limit: 80, value: ({ name }) => name },
  { id: 'selfMs', head: 'Self time', kind: 'ms', value: ({ selfMs }) => selfMs },
  { id: 'share', head: 'Of its thread', kind: 'share', value: ({ share }) => share },
  {
    id: 'cause',
    head: 'Cause',
    kind: 'text',
    in: ['page', 'terminal'],
    limit: 40,
    value: ({ cause }) => titleOf(cause),
    note: causesText,
    fill: ({ cause }) => (cause === null ? null : causePaint(cause).fill),
  },
  { id: 'cause', head: 'Cause', kind: 'code', in: ['data'], value: ({ cause }) => cause },
  { id: 'causes', head: 'Causes', kind: 'text', in: ['data'], value: (fn) => causesText(fn)?.join(', ') ?? null },
  { id: 'counted', head: 'Counted', kind: 'flag', in: ['data'], value: ({ counted }) => counted },
  {
    id: 'mostInstructions',
    head: 'Instructions',
    kind: 'text',
    in: ['page', 'terminal'],
    value: (fn) => instructionWords(fn, PARTS_IN_MIX),
  },
  {
    id: 'instructions',
    head: 'Instructions',
    kind: 'text',
    in: ['data'],
    value: (fn) => instructionWords(fn, PARTS_IN_DATA),
  },
];

/** What a thread computes in it, beside what one thread of this machine reaches in registers. */
const rateColumn = (peaks: MachinePeaks | null): Column<WasmFunctionTime> => ({
  id: 'gflops',
  head: 'GFLOP/s',
  kind: 'rate',
  value: ({ gflops }) => gflops,
  note: ({ gflops }) => (gflops !== null && peaks ? `${formatShare((gflops * peaks.threads) / peaks.gigaflops)} of peak` : null),
});

/** A smaller part of a function's time is not mentioned. */
const MIN_CAUSE = 0.01;

/**
 * "62 % (45 to 77 %) scalar Wasm", "38 % (23 to 55 %) 128-bit SIMD Wasm, counted"; of a function that was not counted, what else it may be.
 * Null where nothing is to say.
 */
function causesText({ causes, counted }: WasmFunctionTime): readonly string[] | null {
  const title = (id: string): string => midSentence(causeOf(id)?.title ?? id);
  if (!counted) {
    const others = causes.filter(({ share, high }) => share === 0 && high > 0).map(({ cause }) => title(cause));
    return others.length > 0 ? [`or ${others.join(', ')}: which loops run was not counted`] : null;
  }
  const parts = causes.filter(({ share }) => share >= MIN_CAUSE);
  if (parts.length < 2) return null;
  const percent = (share: number): number => Math.round(share * 100);
  return parts.map(
    ({ cause, share, low, high }, i) =>
      `${percent(share)} % (${percent(low)} to ${percent(high)} %) ${title(cause)}${i === parts.length - 1 ? ', counted' : ''}`,
  );
}

const titleOf = (cause: string | null): string | null => cause && (causeOf(cause)?.title ?? cause);

const codeColumn: Column<WasmFunctionTime> = {
  id: 'bodyBytes',
  head: 'Code',
  kind: 'bytes',
  more: true,
  value: ({ bodyBytes }) => bodyBytes,
};

/** The operators during which its samples were taken, by what they compute; the operators themselves unfold. */
function operatorsColumn(of: (fn: WasmFunctionTime) => FunctionOperators | null): Column<WasmFunctionTime> {
  return {
    id: 'operators',
    head: 'Runs operators',
    kind: 'text',
    value(fn) {
      const found = of(fn);
      const kinds = found?.kinds.filter(({ share }) => share >= MIN_KIND_SHARE) ?? [];
      // Shares of few samples would look better known than they are.
      const isShared = found !== null && found.samples >= MIN_SAMPLES;
      const parts = kinds.map(({ kind, share }) => `${operatorKinds[kind]}${isShared ? ` ${formatShare(share)}` : ''}`);
      return parts.join(', ') || null;
    },
    unfolds: (fn) => (of(fn)?.operators ?? []).map(({ name, samples }) => `${name} (${formatPlural(samples, 'sample')})`),
  };
}

const moduleColumns: readonly Column<WasmModuleFacts>[] = [
  { id: 'file', head: 'Module', kind: 'text', limit: 60, in: ['page', 'terminal'], value: ({ url }) => lastPart(url) },
  { id: 'module', head: 'Module', kind: 'text', in: ['data'], value: ({ url }) => url },
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
      { id: 'cause', head: '', kind: 'text', limit: 40, value: ({ cause }) => titleOf(cause) },
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

function instructionWords({ mix, evidence }: WasmFunctionTime, most: number): string {
  const words = mix ? mixText(mix, most) : 'unknown, no module bytes';
  return evidence ? `${words}; ${evidence}` : words;
}
