import { expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { CountLog } from '../../../src/bundle/countLog.js';
import { decodeFunction } from '../../../src/wasm/decodeFunction.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { mixOf } from '../../../src/wasm/mix.js';
import { js, module, RunBuilder, wasm } from '../buildRun.js';

const index = Number(/\d+/.exec(wasm('mixed').functionName)![0]);
const code = decodeFunction(indexModule(module.bytes), index);

/** What was counted where the loops of the mixed function began anew so often, and nothing else ran. */
function counted(...times: readonly number[]): CountLog {
  const loops = code.loops.map(({ offset, own }, i) => ({
    offset,
    iterations: times[i]!,
    executed: mixOf((name) => own[name] * times[i]!),
  }));
  const executed = mixOf((name) => loops.reduce((sum, loop) => sum + loop.executed[name], 0));
  const floats = { scalar: times[1]!, vector: 4 * times[0]! };
  const functions = [{ index, calls: 1, repeats: true, executed, floats, loops }];
  return {
    schema: 'inferscope.counts/1',
    predictions: 1,
    threads: 1,
    sampledOnly: false,
    varyingShare: 0,
    modules: [{ sha256: module.sha256, functions }],
  };
}

/** 20 ms of JavaScript around 40 ms of the mixed function, of which a page task takes 10 ms. */
function analyzed(counts: CountLog | null) {
  const run = new RunBuilder();
  const main = run.thread('CrRendererMain').task(0, 60).phase('iteration:0', 0, 60);
  main.executes(js, 0, 10).executes(wasm('mixed'), 10, 50).executes(js, 50, 60).slice('V8.GCScavenger', 20, 30);
  return analyze({ ...run.input(), counts });
}

const sharesOf = ({ partition }: ReturnType<typeof analyzed>): Record<string, number> =>
  Object.fromEntries(partition!.causes.map(({ id, ms }) => [id, Math.round(ms * 10) / 10]));

test('the time of a function is of the causes of its loops, as they executed, also where a slice takes some of it', () => {
  const analysis = analyzed(counted(600, 400));
  expect(sharesOf(analysis)).toEqual({ 'runtime.glue': 20, 'isa.simd128': 18, 'isa.scalar': 12, 'runtime.gc': 10 });
  expect(analysis.partition!.causes.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(60, 9);
  const scalar = analysis.partition!.causes.find(({ id }) => id === 'isa.scalar')!;
  expect(scalar.evidence).toMatch(/by loop 60 % vector, 40 % scalar; it may be from 12\.\d % to 28\.\d % of the time/);
  const [mixed] = analysis.wasm!.functions;
  expect(mixed).toMatchObject({ cause: 'isa.simd128', counted: true, floats: { scalar: 400, vector: 2400 } });
  expect(mixed!.causes.map(({ cause, share }) => [cause, Math.round(share * 1000) / 1000])).toEqual([
    ['isa.simd128', 0.6],
    ['isa.scalar', 0.4],
  ]);
  expect(analysis.instructionSet!.scalar.share! / analysis.instructionSet!.simd128.share!).toBeCloseTo(2 / 3, 9);
  expect(analysis.notes.map(({ id }) => id)).not.toContain('loops-uncounted');
});

test('a function that runs one of its loops alone is of that loop’s class, whatever its code looks like', () => {
  expect(sharesOf(analyzed(counted(0, 1000)))).toEqual({ 'isa.scalar': 30, 'runtime.glue': 20, 'runtime.gc': 10 });
  expect(analyzed(counted(0, 1000)).uncertainCauses).toBeNull();
});

test('where nobody counted, it is said between what the time of each class may be', () => {
  const analysis = analyzed(null);
  expect(sharesOf(analysis)).toEqual({ 'isa.simd128': 30, 'runtime.glue': 20, 'runtime.gc': 10 });
  const { uncounted, counted: known, causes } = analysis.uncertainCauses!;
  expect([uncounted, known]).toEqual([expect.closeTo(0.5, 2), 0]);
  expect(causes.map(({ id, low, high }) => [id, low, high])).toEqual([
    ['isa.simd128', expect.closeTo(0, 9), expect.closeTo(0.5, 2)],
    ['isa.scalar', 0, expect.closeTo(0.5, 2)],
  ]);
  expect(analysis.notes.find(({ id }) => id === 'loops-uncounted')!.text).toContain('scalar Wasm from 0 % to 50');
});

test('what is executed is told by class, with the rate while it runs', () => {
  const { executed, partition } = analyzed(counted(600, 400));
  expect(executed).toMatchObject({ functions: 1, floats: { scalar: 400, vector: 2400 }, varying: [], varyingShare: 0 });
  expect(executed!.classes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  const inWasmMs = partition!.causes.filter(({ id }) => id.startsWith('isa.')).reduce((sum, { ms }) => sum + ms, 0);
  expect(executed!.gflops).toBeGreaterThan(2800 / inWasmMs / 1e6 / 2);
});
