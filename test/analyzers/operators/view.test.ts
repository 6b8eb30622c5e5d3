import { describe, expect, test } from 'vitest';
import type { OperatorTotals } from '../../../analyzers/operators/operators.js';
import { couldSaveMs, view } from '../../../analyzers/operators/view.js';
import { type Block, type Cell, type Table, unfolded } from '../../../src/view/block.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';

const { kernels, kernelTotals } = buildAnalysis();
const blocksOf = (changed: Partial<OperatorTotals> = {}, operators = kernels): readonly Block[] =>
  view.blocks({ kernels: operators, kernelTotals: { ...kernelTotals!, ...changed } });
const textOf = (changed: Partial<OperatorTotals>): string =>
  unfolded(blocksOf(changed))
    .flatMap((each) => (each.block === 'paragraph' ? [each.text] : []))
    .join(' ');
const tableOf = (changed: Partial<OperatorTotals> = {}, operators = kernels): Table =>
  blocksOf(changed, operators).find((each): each is Table => each.block === 'table')!;
const headsOf = (changed: Partial<OperatorTotals> = {}): string[] => tableOf(changed).columns.map(({ head }) => head);
const cellOf = ({ columns }: Table, row: readonly Cell[], id: string): Cell => row[columns.findIndex((each) => each.id === id)]!;

describe('the table of operators', () => {
  test('has a group for each kind, the most to save first, and every operator in the group of its kind', () => {
    const table = tableOf();
    const { groups, rows } = table;
    expect(groups!.map(({ cells, count }) => [cellOf(table, cells, 'name').value, count])).toEqual([
      ['Depthwise convolutions', 1],
      ['1×1 convolutions', 1],
      ['Resizings', 1],
    ]);
    expect(rows.map((row) => cellOf(table, row, 'name').value)).toEqual(['p2o.Conv.26', 'p2o.ConvTranspose.0', 'p2o.Resize.1']);
    expect(cellOf(table, groups![0]!.cells, 'name').notes).toEqual(['14 operators, most in 4 of 1×96×40×40']);
    const counted = groups!.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(kernels.length);
  });

  test('says of a group what could be saved, as the step does, and in which functions with which instructions it is', () => {
    const table = tableOf();
    const [group] = kernelTotals!.groups;
    const { cells } = table.groups![0]!;
    expect(cellOf(table, cells, 'couldSaveMs').value).toBe(group!.couldSaveMs);
    expect(cellOf(table, cells, 'ratio').value).toBeCloseTo(9.4 / 0.64, 9);
    expect(cellOf(table, cells, 'functions')).toMatchObject({
      value: 'wasm-function[1709] 80.0 %, outside Wasm 2.0 %',
      notes: ['[1709]: vector float 44 %, v128 load 33 %, scalar integer 22 %'],
    });
    expect(table.sortedBy).toBe('couldSaveMs');
  });

  test('has the native columns only where something ran natively, and what is known of nothing has none', () => {
    expect(headsOf()).toEqual(expect.arrayContaining(['Native', '× native', 'Natively called', 'Roof', 'Could save, at most']));
    expect(headsOf({ nativeSource: null }).join(' ')).not.toMatch(/[Nn]ative/);
    const unknown = kernelTotals!.groups.map((group) => ({ ...group, couldSaveMs: null, roof: null, functions: null }));
    expect(headsOf({ groups: unknown }).join(' ')).not.toMatch(/Could save|Roof|Runs in/);
  });

  test('names the provider only where there are several', () => {
    expect(headsOf()).not.toContain('On');
    const mixed = [{ ...kernels[0]!, provider: 'WebGpu' }, ...kernels.slice(1)];
    expect(tableOf({}, mixed).columns.map(({ head }) => head)).toContain('On');
  });

  test('keeps operators that took no time, in a group of their own', () => {
    const renamed = { ...kernels[2]!, name: 'reshape', kind: 'layout' as const, ms: 0, share: 0 };
    const table = tableOf({}, [...kernels, renamed]);
    expect(cellOf(table, table.groups!.at(-1)!.cells, 'name').value).toBe('Without time');
    expect(cellOf(table, table.rows.at(-1)!, 'name').value).toBe('reshape');
  });
});

test('what could be saved is told in one figure, and to which predictions it is scaled', () => {
  const ms = kernelTotals!.groups.reduce((sum, group) => sum + (group.couldSaveMs ?? 0), 0);
  expect(couldSaveMs(kernelTotals!)).toBeCloseTo(ms, 9);
  expect(textOf({})).toContain('At most 14.4 ms of a prediction could be saved by faster kernels');
  expect(textOf({})).toContain('is scaled to a timed prediction (0.99×)');
  expect(textOf({ scale: 1 })).not.toContain('scaled');
  expect(textOf({ groups: [] })).not.toContain('of a prediction could be saved');
});

test('what is not known of the machine or of the functions is said in its place', () => {
  expect(textOf({})).toContain('An operator is bound by compute or by memory where');
  expect(textOf({})).toContain('Only native runs ReorderOutput (52, 0.80 ms).');
  expect(textOf({ peaks: null, onHost: true })).toContain('was not measured, so what bounds them is not known');
  expect(textOf({ peaks: null, onHost: false })).toContain('tell nothing of what bounds operators on a device');
  expect(blocksOf({ peaks: null }).some(({ block }) => block === 'figure')).toBe(false);
  expect(textOf({ samplingLack: 'the trace was lost' })).toContain('cannot be told: the trace was lost.');
  expect(textOf({ sampling: null })).not.toContain('Wasm functions in which');
});

test('a profile that was given is not called the browser’s', () => {
  expect(textOf({ ownProfile: true })).toContain('The operators of a run take');
  expect(headsOf({ ownProfile: true })).toContain('Time');
  expect(headsOf({ ownProfile: true })).not.toContain('Browser');
});

test('nothing is said without a profile', () => {
  expect(view.blocks({ kernels: [], kernelTotals: null })).toEqual([]);
  expect(view.brief({ kernels: [], kernelTotals: null })).toEqual([]);
});
