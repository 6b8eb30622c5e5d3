import { expect, test } from 'vitest';
import { instructionKinds } from '../../../analyzers/functions/mixText.js';
import { view } from '../../../analyzers/functions/view.js';
import type { WasmFunctionTime } from '../../../analyzers/functions/wasmUse.js';
import type { Table } from '../../../src/view/block.js';
import { instructionClasses } from '../../../src/wasm/mix.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';
import { buildGpuAnalysis } from '../../report/buildGpuAnalysis.js';

const { wasm, kernelTotals } = buildAnalysis();
const [first, ...others] = wasm!.functions;

function tableOf(functions: readonly WasmFunctionTime[]): Table {
  const blocks = view.blocks({ wasm: { ...wasm!, functions }, kernelTotals, gpu: null });
  return blocks.find((each): each is Table => each.block === 'table')!;
}

test('every class of instructions but the free ones has a name of its own, and the parts sum to 1', () => {
  const even = Object.fromEntries(Object.keys(instructionClasses).map((name) => [name, 1]));
  const kinds = instructionKinds(even);
  expect(new Set(kinds.map(({ name }) => name)).size).toBe(Object.keys(instructionClasses).length - 1);
  expect(kinds.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1, 9);
});

test('largest first, and nothing of what is not there or unknown', () => {
  expect(instructionKinds({ simdLoad: 0.1, simdFloat: 0.3, other: 0.5, constructor: 0.1 })).toEqual([
    { name: 'vector float', part: expect.closeTo(0.75, 9) },
    { name: 'v128 load', part: expect.closeTo(0.25, 9) },
  ]);
  expect(instructionKinds({ other: 1 })).toEqual([]);
});

test('a function whose cause rests on more than its instructions says on what', () => {
  const told = (fn: WasmFunctionTime) => {
    const { columns, rows } = tableOf([fn, ...others]);
    return rows[0]![columns.findIndex(({ id }) => id === 'instructions')]!.value;
  };
  const polling = { ...first!, cause: 'contention.spin', evidence: 'polls: between inferences, too' };
  expect(told(polling)).toMatch(/ %; polls: between inferences, too$/);
  expect(told({ ...polling, mix: null })).toBe('unknown, no module bytes; polls: between inferences, too');
  expect(told(first!)).not.toContain('polls: ');
});

test('thread and module that all functions share are in the caption, and columns of the data alone', () => {
  const mediaOf = ({ columns }: Table) => columns.filter(({ id }) => id === 'thread' || id === 'module').map((each) => each.in);
  const shared = tableOf([first!]);
  expect(shared.caption).toBe(
    `Wasm functions by self time, summed over the typical windows, thread ${first!.thread}, module ${first!.module.split('/').at(-1)}`,
  );
  expect(mediaOf(shared)).toEqual([['data'], ['data']]);
  const several = tableOf([first!, { ...first!, thread: 'Worker 7', module: 'other.wasm' }]);
  expect(several.caption).toBe('Wasm functions by self time, summed over the typical windows');
  expect(mediaOf(several)).toEqual([undefined, undefined]);
});

test('the terminal has three functions, two beside operators, and none where the GPU computes', () => {
  const functions = [first!, first!, first!, first!];
  const rowsOf = (known: Partial<Parameters<NonNullable<typeof view.briefTable>>[0]>) =>
    view.briefTable!({ wasm: { ...wasm!, functions }, kernelTotals: null, gpu: null, ...known })?.rows.length ?? 0;
  expect(rowsOf({})).toBe(3);
  expect(rowsOf({ kernelTotals })).toBe(2);
  expect(rowsOf({ gpu: buildGpuAnalysis().gpu })).toBe(0);
  expect(rowsOf({ wasm: null })).toBe(0);
});

test('a thread is named once, or beside each function where there are several', () => {
  const briefOf = (functions: readonly WasmFunctionTime[]) =>
    view.briefTable!({ wasm: { ...wasm!, functions }, kernelTotals: null, gpu: null })!;
  const one = briefOf([first!]);
  expect(one.caption).toContain(` of ${first!.thread}: `);
  expect(one.rows[0]!.at(-1)!.value).toBe(first!.name);
  const several = briefOf([first!, { ...first!, thread: 'Worker 7' }]);
  expect(several.caption).toMatch(/^Top Wasm functions: /);
  expect(several.rows[1]!.at(-1)!.value).toBe(`${first!.name}, Worker 7`);
});
