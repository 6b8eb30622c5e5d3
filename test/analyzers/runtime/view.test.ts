import { expect, test } from 'vitest';
import type { CompileUse } from '../../../analyzers/runtime/compile.js';
import { view } from '../../../analyzers/runtime/view.js';
import type { Block, Table } from '../../../src/view/block.js';
import { buildAnalysis } from '../../report/buildAnalysis.js';

const analysis = buildAnalysis();
const compile = analysis.compile!;
const known = {
  compile,
  gc: analysis.gc,
  glue: analysis.glue,
  memoryGrowth: analysis.memoryGrowth,
  partition: analysis.partition,
};
const unknown = { compile: null, gc: null, glue: null, memoryGrowth: null, partition: null };

const textsOf = (blocks: readonly Block[]): string[] => blocks.flatMap((each) => (each.block === 'paragraph' ? [each.text] : []));
const tablesOf = (blocks: readonly Block[]): Table[] => blocks.filter((each) => each.block === 'table');
const saidOf = (changed: Partial<CompileUse>): string =>
  textsOf(view.blocks({ ...unknown, compile: { ...compile, ...changed } })).join(' ');

test('of compiling it is said what each phase waited for, and whether predictions did', () => {
  expect(textsOf(view.blocks(known))[0]).toBe(
    'Compiling took 1,240 ms on all threads, 210 ms of it on the critical path of setup, 40.0 ms of warm-up; none in predictions.',
  );
  const predictions = { ...compile.phases.predictions!, criticalMs: 12 };
  expect(saidOf({ phases: { setup: null, warmup: null, predictions } })).toContain(
    'on all threads, 12.0 ms of it on the critical path of all predictions together.',
  );
});

test('what ran before the tier-up is bounded, and said of all predictions, some or none', () => {
  const before = compile.beforeTopTier!;
  expect(saidOf({})).toContain('at most 24.0 % of the predictions’ Wasm time (at least 1.0 %) ran in baseline code');
  expect(saidOf({ beforeTopTier: { ...before, windowsBefore: 0 } })).toContain('before the first prediction');
  expect(saidOf({ beforeTopTier: { ...before, jobs: 0 } })).toContain('No top-tier compilation was seen');
});

test('compile work that nothing waited for is in the data only', () => {
  const [row] = compile.rows;
  const small = { ...row!, tier: 'decode', totalMs: 0.1, criticalMs: 0 };
  const [table] = tablesOf(view.blocks({ ...unknown, compile: { ...compile, rows: [small, row!], rowsLeftOut: 3 } }));
  expect(table).toMatchObject({ shownRows: 1, rowsLeftOut: 3 });
  expect(table!.rows.map(([work]) => work!.value)).toEqual(['Top-tier compile', 'Decoding and validating']);
});

test('the terminal tells of long waits for the compiler, and of predictions that ran baseline code', () => {
  const setup = { ...compile.phases.setup!, criticalMs: 0.5 * compile.phases.setup!.windowMs };
  const beforeTopTier = { ...compile.beforeTopTier!, predictions: { atMost: 0.5, atLeast: 0.2 } };
  expect(view.brief({ ...unknown, compile: { ...compile, phases: { ...compile.phases, setup: null, warmup: null } } })).toEqual(
    [],
  );
  const lines = view.brief({ ...unknown, compile: { ...compile, phases: { ...compile.phases, setup }, beforeTopTier } });
  expect(lines.map(({ text }) => text)).toEqual([
    'Waiting for the compiler: 450 ms of the traced setup’s 900 ms',
    expect.stringContaining('at most 50.0 % of the predictions’ Wasm time (at least 20.0 %)'),
  ]);
});

test('a collection names its thread, and a builtin the function that called it', () => {
  const tables = tablesOf(view.blocks({ ...known, compile: null }));
  const owned = tables[0]!.rows[0]!.find(({ value }) => value === 'DedicatedWorker thread 41');
  expect(owned?.notes).toEqual(['runs the call']);
  const glue = { ...analysis.glue!, functions: [{ ...analysis.glue!.functions[0]!, builtin: 'ArrayMap', function: 'feed' }] };
  const [functions] = tablesOf(view.blocks({ ...unknown, glue }));
  expect(functions!.rows[0]![0]).toMatchObject({ value: 'ArrayMap', notes: ['called by feed'] });
});

test('nothing is said where nothing is known, and collections that took no time are not listed', () => {
  expect(view.blocks(unknown)).toEqual([]);
  expect(view.brief(unknown)).toEqual([]);
  const gc = { ...analysis.gc!, rows: analysis.gc!.rows.map((row) => ({ ...row, totalMs: 0.01 })) };
  expect(view.blocks({ ...unknown, gc })).toEqual([]);
});
