import { describe, expect, test } from 'vitest';
import { findWasmFunctions, type SampledFunction } from '../../../analyzers/activity/wasmFunctions.js';
import type { ModuleBytes } from '../../../analyzers/input.js';
import { DecodedModules } from '../../../src/wasm/decodedModules.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { moduleOf, op } from '../../wasm/builder.js';
import { type Frame, js, module, moduleUrl, RunBuilder, wasm } from '../buildRun.js';

function functionsOf(frame: Frame, modules: readonly ModuleBytes[] = [module]): (SampledFunction | null)[] {
  const run = new RunBuilder();
  run.thread().executes(frame, 0, 1);
  return [...findWasmFunctions(run.trace(), modules).functions];
}

const last = (functions: readonly (SampledFunction | null)[]) => functions.at(-1);

describe('wasmFrames', () => {
  test('joins a frame to its function by the byte offset, and says what its code is', () => {
    expect(functionsOf(wasm('simd128'))).toEqual([
      null,
      expect.objectContaining({ name: 'wasm-function[0]', index: 0, class: 'simd128', module: expect.objectContaining(module) }),
    ]);
  });

  test('finds the module by offset and index where the URL is another, as of modules that were not streamed', () => {
    const other = {
      url: 'https://page.example/other.wasm',
      sha256: 'c'.repeat(64),
      bytes: moduleOf({ functions: [op.count()] }),
    };
    const found = last(functionsOf({ ...wasm('scalar'), url: 'wasm://wasm/1a2b3c' }, [other, module]));
    expect(found).toMatchObject({ class: 'scalar', module: { url: moduleUrl } });
  });

  test('does not take another function for it where offset and index disagree', () => {
    const found = last(functionsOf({ ...wasm('scalar'), functionName: 'wasm-function[99]' }));
    expect(found).toMatchObject({ name: 'wasm-function[99]', index: 99, module: null, class: null });
  });

  test('takes no module where the offset is not the first byte of the function’s body', () => {
    const inside = { ...wasm('simd128'), columnNumber: wasm('simd128').columnNumber! + 1, url: 'wasm://wasm/1' };
    expect(last(functionsOf(inside))).toMatchObject({ module: null, class: null });
  });

  test('takes none of several modules of one layout, unless the URL tells them apart', () => {
    const twin = { ...module, url: 'https://page.example/twin.wasm', sha256: 'e'.repeat(64) };
    expect(last(functionsOf(wasm('simd128'), [twin, module]))).toMatchObject({ module: { url: moduleUrl } });
    expect(last(functionsOf({ ...wasm('simd128'), url: 'wasm://wasm/1' }, [twin, module]))).toMatchObject({
      module: null,
      class: null,
    });
  });

  test('lets only the URL vouch for a named function where there are more modules', () => {
    const other = { ...module, url: 'https://page.example/other.wasm' };
    const named = { ...wasm('simd128'), functionName: 'gemm' };
    expect(last(functionsOf(named, [other, module]))).toMatchObject({ name: 'gemm', module: { url: moduleUrl } });
    expect(last(functionsOf({ ...named, url: 'wasm://wasm/1' }, [other, module]))).toMatchObject({ module: null });
    expect(last(functionsOf({ ...named, url: 'wasm://wasm/1' }, [module]))).toMatchObject({ class: 'simd128' });
  });

  test('prefers the name that the module gives to a number', () => {
    const exported = { ...module, bytes: moduleOf({ functions: [op.loop(op.load(), op.float())], exports: { dot: 0 } }) };
    const [offset] = indexModule(exported.bytes).bodyStart;
    expect(last(functionsOf({ ...wasm('simd128'), columnNumber: offset! }, [exported]))).toMatchObject({ name: 'dot', index: 0 });
  });

  test('leaves out JavaScript, V8’s own frames, and its adapters with or without signature', () => {
    expect(functionsOf(js)).toEqual([null]);
    for (const functionName of ['wasm-to-js', 'js-to-wasm:ii:i', 'c-wasm-entry']) {
      expect(functionsOf({ functionName, codeType: 'wasm' })).toEqual([null]);
    }
    expect(functionsOf({ functionName: 'wasm-to-js-like', codeType: 'wasm' })[0]).not.toBeNull();
  });

  test('tells Wasm by name or URL in traces without code types', () => {
    expect(functionsOf({ functionName: 'wasm-function[3]' })[0]).toMatchObject({ index: 3, class: null });
    expect(functionsOf({ functionName: 'gemm', url: 'wasm://wasm/1' })[0]).toMatchObject({ name: 'gemm', index: null });
    expect(functionsOf({ functionName: 'gemm', url: 'https://page.example/a.js' })).toEqual([null]);
  });

  test('reports modules that cannot be read, with the reason, and goes on with the others', () => {
    const run = new RunBuilder();
    run.thread().executes(wasm('simd128'), 0, 1);
    const broken = { url: 'broken', sha256: 'd'.repeat(64), bytes: new Uint8Array([1, 2, 3]) };
    const found = findWasmFunctions(run.trace(), [broken, module]);
    expect(found.broken).toEqual([{ url: 'broken', reason: expect.stringMatching(/./) }]);
    expect(found.functions.at(-1)).toMatchObject({ class: 'simd128' });
  });

  test('decodes a function once for several bundles of the same module', () => {
    const decoded = new DecodedModules();
    const codes = [1, 2].map(() => {
      const run = new RunBuilder();
      run.thread().executes(wasm('simd128'), 0, 1);
      return findWasmFunctions(run.trace(), [{ ...module, bytes: module.bytes.slice() }], null, new Map(), decoded).functions.at(
        -1,
      )!.code;
    });
    expect(codes[0]).not.toBeNull();
    expect(codes[1]).toBe(codes[0]);
  });
});
