import { type Analysis, analyze } from '../../analyzers/index.js';
import { type Frame, js, RunBuilder, wasm } from '../analyzers/buildRun.js';

const pageScript = { url: 'https://page.example/worker.js', lineNumber: 6, columnNumber: 2, codeType: 'JS' };
/** A slow function of the page, which the framework's is called from. */
export const rank: Frame = { functionName: 'rank', ...pageScript };
const infer: Frame = { functionName: 'infer', ...pageScript, lineNumber: 20 };

/** Call stacks of two predictions: 20 and 24 ms, in functions of a page, a framework and a module. */
export function buildStacks(): Pick<Analysis, 'callTrees' | 'typicalWindow'> {
  const run = new RunBuilder();
  const worker = run.thread();
  for (const [at, simdMs] of [
    [0, 10],
    [50, 14],
  ] as const) {
    const framework = { ...js, caller: infer };
    worker
      .executes({ ...wasm('simd128'), caller: framework }, at, at + simdMs)
      .executes({ ...wasm('scalar'), caller: framework }, at + simdMs, at + simdMs + 4)
      .executes({ ...rank, caller: infer }, at + simdMs + 4, at + simdMs + 10)
      .slice('MinorGC', at + simdMs + 8, at + simdMs + 10)
      .phase(`iteration:${at}`, at, at + simdMs + 10);
  }
  const { callTrees, typicalWindow } = analyze(run.input());
  return { callTrees, typicalWindow };
}
