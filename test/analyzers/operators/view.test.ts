import { describe, expect, test } from 'vitest';
import type { OperatorTotals } from '../../../analyzers/operators/operators.js';
import { view } from '../../../analyzers/operators/view.js';
import type { Block, Table } from '../../../src/view/block.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';

const { kernels, kernelTotals } = buildAnalysis();
const blocksOf = (changed: Partial<OperatorTotals> = {}): readonly Block[] =>
  view.blocks({ kernels, kernelTotals: { ...kernelTotals!, ...changed } });
const textOf = (changed: Partial<OperatorTotals>): string =>
  blocksOf(changed)
    .flatMap((each) => (each.block === 'paragraph' ? [each.text] : []))
    .join(' ');
const tablesOf = (blocks: readonly Block[]): readonly Table[] => blocks.filter((each) => each.block === 'table');
const headsOf = (changed: Partial<OperatorTotals> = {}): string[][] =>
  tablesOf(blocksOf(changed)).map(({ columns }) => columns.map(({ head }) => head));

describe('the tables of operators', () => {
  test('have the native columns only where something ran natively', () => {
    const [types, operators] = headsOf();
    expect(types).toEqual(expect.arrayContaining(['Operators natively', 'Native', 'Ratio']));
    expect(operators).toEqual(expect.arrayContaining(['Native', 'Ratio']));
    for (const heads of headsOf({ nativeSource: null })) expect(heads.join(' ')).not.toMatch(/[Nn]ative|Ratio/);
  });

  test('name the functions only where samples tell them, and the provider only where there are several', () => {
    expect(headsOf()[0]).toContain('In');
    const types = kernelTotals!.types.map((type) => ({ ...type, functions: null }));
    expect(headsOf({ types })[0]).not.toContain('In');
    expect(headsOf()[1]).not.toContain('On');
    const mixed = [{ ...kernels[0]!, provider: 'WebGpu' }, ...kernels.slice(1)];
    expect(tablesOf(view.blocks({ kernels: mixed, kernelTotals }))[1]!.columns.map(({ head }) => head)).toContain('On');
  });

  test('say nothing of the time of a type that did not run in the browser', () => {
    const [conv] = kernelTotals!.types;
    const [types] = tablesOf(blocksOf({ types: [{ ...conv!, count: 0, ms: 0, share: 0 }] }));
    const at = (id: string) => types!.rows[0]![types!.columns.findIndex((column) => column.id === id)]!.value;
    expect([at('ms'), at('share'), at('nativeMs')]).toEqual([null, null, conv!.nativeMs]);
  });

  test('have every operator, of which a page shows the first', () => {
    const many = Array.from({ length: 30 }, () => kernels[0]!);
    expect(tablesOf(view.blocks({ kernels: many, kernelTotals }))[1]).toMatchObject({ shownRows: 20, rows: { length: 30 } });
  });
});

test('what is not known of the machine or of the functions is said in its place', () => {
  expect(textOf({})).toContain('An operator is bound by compute or by memory where');
  expect(textOf({ peaks: null, onHost: true })).toContain('was not measured, so what bounds them is not known');
  expect(textOf({ peaks: null, onHost: false })).toContain('tell nothing of what bounds operators on a device');
  expect(blocksOf({ peaks: null }).some(({ block }) => block === 'figure')).toBe(false);
  expect(textOf({ samplingLack: 'the trace was lost' })).toContain('cannot be told: the trace was lost.');
  expect(textOf({ sampling: null })).not.toContain('Wasm functions in which');
});

test('a profile that was given is not called the browser’s', () => {
  expect(textOf({ ownProfile: true })).toContain('The operators of a run take');
  for (const heads of headsOf({ ownProfile: true })) {
    expect(heads).toContain('Time');
    expect(heads).not.toContain('Browser');
  }
});

test('nothing is said without a profile', () => {
  expect(view.blocks({ kernels: [], kernelTotals: null })).toEqual([]);
  expect(view.brief({ kernels: [], kernelTotals: null })).toEqual([]);
});
