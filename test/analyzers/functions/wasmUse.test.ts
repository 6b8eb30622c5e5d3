import { describe, expect, test } from 'vitest';
import type { WasmUse } from '../../../analyzers/functions/wasmUse.js';
import { analyze } from '../../../analyzers/index.js';
import { idle, js, module, moduleUrl, RunBuilder, wasm } from '../buildRun.js';

const useOf = (run: RunBuilder, parts = {}): WasmUse | null => analyze(run.input(parts)).wasm;

describe('wasmUse', () => {
  test('gives each function its self time inside the windows, largest first', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(js, 0, 10).executes(wasm('simd128'), 10, 40).executes(wasm('scalar'), 40, 50);
    worker.executes(wasm('spin'), 50, 80).phase('iteration:0', 10, 50);
    const { functions } = useOf(run)!;
    expect(functions.map(({ name, thread, cause }) => [name, thread, cause])).toEqual([
      ['wasm-function[0]', 'DedicatedWorker thread 10', 'isa.simd128'],
      ['wasm-function[2]', 'DedicatedWorker thread 10', 'isa.scalar'],
    ]);
    expect(functions[0]!.selfMs).toBeCloseTo(30, 6);
    expect(functions[1]!.share).toBeCloseTo(0.25, 6);
    expect(Object.values(functions[0]!.mix!).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(functions[0]!.bodyBytes).toBeGreaterThan(10);
  });

  test('adds up a function that is called from several places', () => {
    const run = new RunBuilder();
    const worker = run
      .thread()
      .executes(wasm('simd128'), 0, 5)
      .executes({ ...wasm('simd128'), caller: wasm('scalar') }, 5, 10);
    worker.phase('iteration:0', 0, 10);
    expect(useOf(run)!.functions).toEqual([expect.objectContaining({ name: 'wasm-function[0]', share: 1 })]);
  });

  test('tells threads apart, and counts time once where windows of two threads overlap', () => {
    const run = new RunBuilder();
    run.thread('a').executes(wasm('simd128'), 0, 20).measure('infer', 0, 20);
    run.thread('b').executes(wasm('simd128'), 0, 10).sleeps(idle, 10, 20).measure('infer', 0, 20);
    const { functions } = useOf(run, { mark: 'infer' })!;
    expect(functions.map(({ thread }) => thread)).toEqual(['a 10', 'b 11']);
    expect(functions.map(({ selfMs }) => Math.round(selfMs))).toEqual([20, 10]);
  });

  test('describes the modules, with the features that the sampled functions use', () => {
    const run = new RunBuilder();
    run.thread().executes(wasm('simd128'), 0, 10).executes(wasm('relaxed'), 10, 20).phase('iteration:0', 0, 20);
    const [facts] = useOf(run)!.modules;
    expect(facts).toMatchObject({ url: moduleUrl, sha256: module.sha256, bytes: module.bytes.length, functions: 9 });
    expect(facts!.features).toContain('simd128');
    expect(facts!.features).toContain('relaxed-simd');
  });

  test('says null of what only the bytes tell where they are missing', () => {
    const run = new RunBuilder();
    run.thread().executes(wasm('simd128'), 0, 10).phase('iteration:0', 0, 10);
    const { modules, functions } = useOf(run, { modules: [] })!;
    expect(modules).toEqual([{ url: moduleUrl, sha256: null, bytes: null, functions: null, features: null }]);
    expect(functions[0]).toMatchObject({ cause: null, mix: null, bodyBytes: null, index: 0 });
  });

  test('is null without Wasm, and without functions where there are no windows', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(js, 0, 10);
    expect(useOf(run)).toBeNull();
    worker.executes(wasm('simd128'), 10, 20);
    expect(useOf(run)!.functions).toEqual([]);
  });
});
