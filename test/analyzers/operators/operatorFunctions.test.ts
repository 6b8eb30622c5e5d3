import { describe, expect, test } from 'vitest';
import { type ExecutedFunctions, findWasmFunctions } from '../../../analyzers/activity/wasmFunctions.js';
import { analyze } from '../../../analyzers/index.js';
import { operatorNotes } from '../../../analyzers/operators/index.js';
import { operatorFunctions } from '../../../analyzers/operators/operatorFunctions.js';
import { type OperatorLog, type OperatorNode, type OperatorProfile, operatorLogSchema } from '../../../src/bundle/operatorLog.js';
import type { Trace } from '../../../src/trace/trace.js';
import { mixOf } from '../../../src/wasm/mix.js';
import { buildManifest } from '../buildManifest.js';
import { idle, js, module, RunBuilder, wasm } from '../buildRun.js';
import { buildNode } from './buildNode.js';

type Planted = readonly (readonly [prediction: number, startMs: number, ms: number])[];

function node(operator: string, planted: Planted, overrides: Partial<OperatorNode> = {}): OperatorNode {
  const stretches = {
    prediction: planted.map(([prediction]) => prediction),
    startMs: planted.map(([, startMs]) => startMs),
    ms: planted.map(([, , ms]) => ms),
  };
  return buildNode({ name: operator.toLowerCase(), operator, hostMs: [1, 1], stretches, ...overrides });
}

/** Two recorded predictions of 10 ms, 30 ms apart by the framework's clock: a Conv of 6 ms, then a Relu of 4 ms. */
const planted = [
  node('FusedConv', [
    [0, 0, 6],
    [1, 0, 6],
  ]),
  node('Relu', [
    [0, 6, 4],
    [1, 6, 4],
  ]),
];

const profile = (nodes = planted, overrides: Partial<OperatorProfile> = {}): OperatorProfile => ({
  source: 'a runtime',
  graph: 'onnx',
  predictionsMs: [11, 11],
  nodes: [...nodes],
  runs: { first: 3, startMs: [0, 30], ms: [10, 10] },
  ...overrides,
});

/** What was planted in the trace, which has them at 100 ms and 130 ms: Conv in one function, Relu in another. */
function run({ marked = [3, 4], marginMs = 0, skewMs = 0 } = {}): { trace(): Trace; builder: RunBuilder } {
  const builder = new RunBuilder();
  const worker = builder.thread().executes(js, 90, 100).executes(js, 110, 130).executes(js, 140, 150);
  for (const [i, startMs] of [100, 130].entries()) {
    worker.executes(wasm('simd128'), startMs, startMs + 6).executes(wasm('scalar'), startMs + 6, startMs + 10);
    const name = `inferscope:r1:profiled:${3 + i}`;
    const shiftMs = i * skewMs;
    if (marked.includes(3 + i)) worker.measure(name, startMs - marginMs + shiftMs, startMs + 10 + marginMs + shiftMs);
  }
  return { trace: () => builder.trace(), builder };
}

const manifest = { ...buildManifest(), id: 'r1' };
const of = (given: OperatorProfile, trace: Trace | null, executed: ExecutedFunctions = new Map()) =>
  operatorFunctions(given, trace, manifest, (each) => findWasmFunctions(each, [module], null, executed));
function found(given: OperatorProfile, trace: Trace, executed?: ExecutedFunctions) {
  const result = of(given, trace, executed);
  if ('lack' in result) throw new Error(result.lack);
  return result;
}
const namesAndShares = (functions: ReturnType<typeof found>['operators'][number] | undefined) =>
  functions?.functions?.map(({ index, share }) => [index, Math.round(share * 100)]) ?? null;

describe('the functions that an operator’s time is in', () => {
  test('are those of the samples taken while it ran, by type and by operator', () => {
    const { types, operators, sampling } = found(profile(), run().trace());
    expect(namesAndShares(types.get('Conv'))).toEqual([[0, 100]]);
    expect(namesAndShares(types.get('Relu'))).toEqual([[2, 100]]);
    expect(types.get('Conv')).toMatchObject({ samples: 60, outsideWasm: 0, functions: [{ cause: 'isa.simd128', samples: 60 }] });
    expect(operators.map(({ samples }) => samples)).toEqual([60, 40]);
    expect(sampling).toEqual({ samples: 100, doubtful: 0, clockErrorMs: 0.005 });
  });

  test('are told the other way round: of each function the operators that run in it', () => {
    const { functions } = found(profile(), run().trace());
    expect(functions.map(({ index, samples, kinds, operators }) => ({ index, samples, kinds, operators }))).toEqual([
      {
        index: 0,
        samples: 60,
        kinds: [{ kind: 'pointwise', samples: 60, share: 1 }],
        operators: [{ name: 'fusedconv', samples: 60 }],
      },
      {
        index: 2,
        samples: 40,
        kinds: [{ kind: 'elementwise', samples: 40, share: 1 }],
        operators: [{ name: 'relu', samples: 40 }],
      },
    ]);
    const [first] = functions;
    expect(Object.values(first!.mix!).reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 9);
  });

  test('tell the float operations that it executed, where they were counted', () => {
    const executed = { calls: 1, mix: mixOf(() => 1), loops: null, floats: { scalar: 10, vector: 90 } };
    const counted = new Map([[module.sha256, new Map([[0, executed]])]]);
    const { types, functions } = found(profile(), run().trace(), counted);
    expect(types.get('Conv')!.executedFlops).toBe(100);
    expect(types.get('Relu')!.executedFlops).toBeNull();
    expect(functions[0]!.mix!.simdFloat).toBeCloseTo(1 / 17, 9);
    // Both run in one function: each has the part of its samples.
    const both = new RunBuilder();
    both
      .thread()
      .executes(wasm('simd128'), 90, 150)
      .measure('inferscope:r1:profiled:3', 100, 110)
      .measure('inferscope:r1:profiled:4', 130, 140);
    const shared = found(profile(), both.trace(), counted);
    expect(shared.types.get('Conv')!.executedFlops).toBeCloseTo(60, 6);
    expect(shared.types.get('Relu')!.executedFlops).toBeCloseTo(40, 6);
  });

  test('are found for a prediction without a mark by the marks of the others', () => {
    expect(found(profile(), run({ marked: [4] }).trace()).types.get('Conv')!.samples).toBe(60);
  });

  test('are not told by samples that may be of another operator, by what the marks leave open', () => {
    const { types, sampling } = found(profile(), run({ marginMs: 0.5 }).trace());
    expect(sampling.clockErrorMs).toBeCloseTo(0.505, 6);
    // Of each prediction three samples on either side of the change.
    expect(sampling.doubtful).toBe(12);
    expect(types.get('Conv')!.samples).toBe(54);
    expect(namesAndShares(types.get('Relu'))).toEqual([[2, 100]]);
  });

  test('count samples between two operators of one type for the type, and for neither of both', () => {
    const halves = [
      ['a', 0],
      ['b', 3],
    ] as const;
    const nodes = halves.map(([name, startMs]) => node('Conv', [[0, startMs, 3]], { name }));
    const { types, operators, sampling } = found(profile(nodes), run({ marginMs: 0.5 }).trace());
    expect(sampling.doubtful).toBe(0);
    expect(types.get('Conv')!.samples).toBe(30);
    expect(operators.map(({ samples }) => samples)).toEqual([12, 12]);
    expect(operators[0]).toMatchObject({ functions: null, outsideWasm: null });
  });

  test('of one inside of another are those of the inner one', () => {
    const loop = node('Loop', [
      [0, 0, 10],
      [1, 0, 10],
    ]);
    const { types } = found(profile([loop, planted[1]!]), run().trace());
    expect(namesAndShares(types.get('Loop'))).toEqual([[0, 100]]);
    expect(namesAndShares(types.get('Relu'))).toEqual([[2, 100]]);
  });

  test('have beside them the share of time that is in none', () => {
    const wide = node('Relu', [
      [0, 6, 8],
      [1, 6, 8],
    ]);
    const { types } = found(profile([planted[0]!, wide]), run().trace());
    expect(types.get('Relu')!.outsideWasm).toBeCloseTo(0.5, 6);
  });

  test('have the pool’s part where it computes, and not where it sleeps or polls', () => {
    const { builder, trace } = run();
    const pool = builder.thread('pool').executes(wasm('relaxed'), 100, 106).executes(wasm('spin'), 106, 110);
    pool.executes(wasm('wait'), 130, 136).executes(js, 136, 140);
    builder.thread('another page', 2).executes(wasm('copy'), 100, 140);
    const { types } = found(profile(), trace());
    expect(namesAndShares(types.get('Conv'))).toEqual([
      [0, 67],
      [1, 33],
    ]);
    expect(types.get('Relu')!.samples).toBe(40);
  });

  test('are three at most, and the same one called from elsewhere is one', () => {
    const builder = new RunBuilder();
    const worker = builder.thread().measure('inferscope:r1:profiled:3', 100, 110);
    for (const [i, kind] of (['simd128', 'scalar', 'relaxed', 'copy'] as const).entries()) {
      worker.executes(wasm(kind), 100 + 2 * i, 102 + 2 * i);
    }
    worker.executes({ ...wasm('scalar'), caller: wasm('copy') }, 108, 110);
    const { types } = found(profile([node('Conv', [[0, 0, 10]])]), builder.trace());
    expect(namesAndShares(types.get('Conv'))).toEqual([
      [2, 40],
      [0, 20],
      [1, 20],
    ]);
  });

  const silent = (): Trace => {
    const builder = new RunBuilder();
    builder.thread().measure('inferscope:r1:profiled:3', 100, 110).sleeps(idle, 0, 50);
    return builder.trace();
  };

  test.each([
    ['an older bundle', profile(planted, { runs: null }), run().trace(), /before it said when each ran/],
    ['no trace', profile(), null, /left no trace/],
    ['no mark', profile(), run({ marked: [] }).trace(), /no measure of a profiled prediction/],
    ['clocks that do not fit', profile(), run({ skewMs: 2 }).trace(), /they differ by 2\.000 ms/],
    ['no samples meanwhile', profile(), silent(), /no CPU samples in their time/],
    ['a device', profile([buildNode({ provider: 'WebGpu', deviceMs: [1, 1, 1] })]), null, /ran on a device/],
  ])('are not told with %s, and why is said', (_, given, trace, message) => {
    expect(of(given, trace)).toEqual({ lack: expect.stringMatching(message) });
  });

  const log = (browser: object): OperatorLog =>
    operatorLogSchema.parse({ schema: 'inferscope.kernels/1', browser, native: null });

  test('are in the analysis, by type and by operator, and their lack is a note', () => {
    const { builder, trace } = run();
    const kernels = log(profile());
    const analysis = analyze(builder.input({ manifest, kernels, operatorTrace: trace() }));
    expect(analysis.kernelTotals).toMatchObject({ sampling: { samples: 100 }, samplingLack: null });
    expect(analysis.kernelTotals!.types.map(({ operator, functions }) => [operator, functions![0]!.index])).toEqual([
      ['Conv', 0],
      ['Relu', 2],
    ]);
    expect(analysis.kernels.map(({ functions }) => functions![0]!.name).sort()).toEqual(['wasm-function[0]', 'wasm-function[2]']);
    const without = analyze(builder.input({ manifest, kernels }));
    expect(without.notes.map(({ id }) => id)).toContain('kernel-functions');
    expect(operatorNotes(without.kernelTotals!).at(-1)!.text).toMatch(/cannot be told: the profiling pass left no trace\.$/);
  });

  test('are not known of a log from before they were kept, which is read all the same', () => {
    const { runs: _, nodes, ...older } = profile();
    const { browser } = log({ ...older, nodes: nodes.map(({ stretches: __, ...rest }) => rest) });
    expect(browser.runs).toBeNull();
    expect(browser.nodes.every(({ stretches }) => stretches === null)).toBe(true);
  });

  test('need a log whose columns fit', () => {
    const torn = { prediction: [0], startMs: [], ms: [1] };
    const beyond = { prediction: [2], startMs: [0], ms: [1] };
    for (const stretches of [torn, beyond]) expect(() => log(profile([buildNode({ hostMs: [1, 1], stretches })]))).toThrow();
    expect(() => log(profile(planted, { runs: { first: 0, startMs: [0], ms: [1, 1] } }))).toThrow(/differ in length/);
  });
});
