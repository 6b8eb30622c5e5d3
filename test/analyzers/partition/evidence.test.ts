import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { js, module, program, RunBuilder, type ThreadBuilder, wasm } from '../buildRun.js';

function evidenceOf(build: (worker: ThreadBuilder, run: RunBuilder) => void, parts = {}): Record<string, string> {
  const run = new RunBuilder();
  const worker = run.thread().phase('iteration:0', 0, 100);
  build(worker, run);
  return Object.fromEntries(analyze(run.input(parts)).partition!.causes.map(({ id, evidence }) => [id, evidence]));
}

describe('evidence', () => {
  test('counts the samples of a cause, names its functions, and quotes the code of the first', () => {
    const lines = evidenceOf((worker) => worker.executes(wasm('simd128'), 0, 60).executes(wasm('scalar'), 60, 100));
    expect(lines['isa.simd128']).toBe(
      '300 samples (wasm-function[0] 100 %). wasm-function[0]: innermost loops: 1 vector float, 1 v128 load, 0 scalar float',
    );
    expect(lines['isa.scalar']).toMatch(/^200 samples \(wasm-function\[2\] 100 %\)\. wasm-function\[2\]: innermost loops: /);
  });

  test('counts no sample whose time is that of a slice', () => {
    const lines = evidenceOf((worker) => worker.executes(wasm('simd128'), 0, 100).slice('wasm.CompileLazy', 20, 60));
    expect(lines['isa.simd128']).toMatch(/^300 samples /);
    expect(lines['runtime.compile']).toBe('1 slice (wasm.CompileLazy 100 %)');
  });

  test('quotes no code where the bytes are missing', () => {
    const lines = evidenceOf((worker) => worker.executes(wasm('simd128'), 0, 100), { modules: [] });
    expect(lines).toEqual({ 'isa.unknown': '500 samples (wasm-function[0] 100 %)' });
  });

  test('shows the three largest functions, and that there are more', () => {
    const frame = (functionName: string) => ({ ...js, functionName });
    const lines = evidenceOf((worker) => {
      worker.executes(frame('a'), 0, 40).executes(frame('b'), 40, 70).executes(frame('c'), 70, 90).executes(frame('d'), 90, 100);
    });
    expect(lines['runtime.glue']).toBe('500 samples (a 40 %, b 30 %, c 20 %, …)');
  });

  test('says how much of compiling is telling the profiler of new code, counting nested slices once', () => {
    const lines = evidenceOf((worker) => {
      worker.executes(js, 0, 100).slice('wasm.CompileLazy', 10, 20).slice('wasm.LogCode', 12, 16).slice('V8.LogCode', 13, 14);
    });
    expect(lines['runtime.compile']).toMatch(/^3 slices \(.*\); 4\.0 ms of wall time in LogCode, where V8 tells the profiler/);
  });

  test('names the threads that ran while the owner was preempted, of any process', () => {
    const lines = evidenceOf((worker, run) => {
      worker.executes(wasm('simd128'), 0, 100).preempted(40, 60);
      run.thread('compiler', 1).task(30, 55);
      run.thread('other', 2).task(90, 200).slice('inner', 95, 150);
      run.thread('asleep', 2).task(0, 100).preempted(0, 100);
    });
    expect(lines['contention.preempted']).toMatch(/: compiler 11 25\.0 ms, other 12 10\.0 ms$/);
  });

  test('says of time that no sample stands for that there are none', () => {
    expect(evidenceOf((worker) => worker.slice('MinorGC', 0, 10)).unattributed).toBe('stretches without samples');
    expect(evidenceOf((worker) => worker.executes(program, 0, 100)).unattributed).toBe('500 samples ((program) 100 %)');
  });

  test('stands beside every cause that has time', () => {
    const lines = evidenceOf((worker, run) => {
      worker.executes(js, 0, 20).sleeps({ functionName: '(idle)' }, 20, 60).executes(wasm('copy'), 60, 100).preempted(70, 80);
      run.thread().executes(wasm('scalar'), 0, 100).slice('MinorGC', 25, 26);
    });
    expect(Object.keys(lines).length).toBe(5);
    for (const line of Object.values(lines)) expect(line).not.toBe('');
  });

  test('carries hostile names as they are', () => {
    const functionName = '<script>alert(1)</script>\u001b[31m__proto__';
    const lines = evidenceOf((worker) => worker.executes({ ...js, functionName }, 0, 100), { modules: [module] });
    expect(lines['runtime.glue']).toContain(functionName);
  });
});
