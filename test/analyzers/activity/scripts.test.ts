import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { buildManifest } from '../buildManifest.js';
import { type Frame, js, RunBuilder, wasm } from '../buildRun.js';

const rank: Frame = { functionName: 'rank', url: 'https://page.example/worker.js?v=2', codeType: 'JS', lineNumber: 11 };
const sorted: Frame = { functionName: 'sort', caller: rank };

/** A window of 100 ms: Wasm 60, the framework's own script 10, and 30 of something else. */
function runOf(other: Frame): RunBuilder {
  const run = new RunBuilder();
  const thread = run.thread().executes(wasm('simd128'), 0, 60).executes(js, 60, 70).executes(other, 70, 100);
  thread.task(0, 100).phase('iteration:0', 0, 100);
  return run;
}

const shareOf = (run: RunBuilder, id: string, parts = {}): number =>
  analyze(run.input(parts)).partition!.causes.find((cause) => cause.id === id)?.share ?? 0;

describe('JavaScript of the page', () => {
  test.each([
    ['a function of its script', rank],
    ['a builtin that it calls', sorted],
  ])('is told from the framework’s: %s', (_, frame) => {
    const run = runOf(frame);
    expect(shareOf(run, 'page.script')).toBeCloseTo(0.3, 2);
    expect(shareOf(run, 'runtime.glue')).toBeCloseTo(0.1, 2);
  });

  test('is named by file, line and function', () => {
    const { glue } = analyze(runOf(rank).input());
    expect(glue!.functions[0]).toMatchObject({ cause: 'page.script', function: 'rank', line: 12 });
  });

  test.each([
    ['the runtime is named so', 'https://cdn.example/ort.wasm.min.mjs'],
    ['a version follows', 'https://cdn.example/transformers@3.1.0.js'],
    ['it is the script that calls Wasm', js.url!],
  ])('is not what is the framework’s: %s', (_, url) => {
    expect(shareOf(runOf({ ...rank, url }), 'page.script')).toBe(0);
  });

  test('is not the script that calls Wasm through an adapter, which V8 gives the address of the module', () => {
    const adapter: Frame = { functionName: 'js-to-wasm:i:i', url: wasm('simd128').url!, codeType: 'wasm', caller: js };
    const run = new RunBuilder();
    const thread = run
      .thread()
      .executes({ ...wasm('simd128'), caller: adapter }, 0, 60)
      .executes(js, 60, 65)
      .executes(adapter, 65, 70)
      .executes(rank, 70, 100);
    thread.task(0, 100).phase('iteration:0', 0, 100);
    expect(shareOf(run, 'page.script')).toBeCloseTo(0.3, 2);
    expect(shareOf(run, 'runtime.glue')).toBeCloseTo(0.1, 2);
  });

  test('is not a script of the package that calls Wasm, and is one of another package', () => {
    const from = (name: string): string => `https://page.example/node_modules/${name}/dist/index.js`;
    const ofPackage = (url: string): RunBuilder => {
      const run = new RunBuilder();
      const caller = { ...js, url: from('@scope/runtime') };
      const thread = run
        .thread()
        .executes({ ...wasm('simd128'), caller }, 0, 70)
        .executes({ ...rank, url }, 70, 100);
      thread.task(0, 100).phase('iteration:0', 0, 100);
      return run;
    };
    expect(shareOf(ofPackage(from('@scope/runtime')), 'page.script')).toBe(0);
    expect(shareOf(ofPackage(from('lodash')), 'page.script')).toBeCloseTo(0.3, 2);
  });

  test('is nothing where no script calls Wasm or the GPU, and nothing in a run of our own', () => {
    const run = new RunBuilder();
    run.thread().executes(rank, 0, 100).task(0, 100).phase('iteration:0', 0, 100);
    expect(shareOf(run, 'page.script')).toBe(0);
    expect(shareOf(runOf(rank), 'page.script', { manifest: buildManifest() })).toBe(0);
  });
});
