import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { AnalyzerInput } from '../../../analyzers/input.js';
import type { InstructionSet } from '../../../analyzers/instructions/instructionSet.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { moduleOf, op } from '../../wasm/builder.js';
import { baseline, buildManifest } from '../buildManifest.js';
import { type Frame, js, module, RunBuilder, wasm } from '../buildRun.js';

/** One window of 10 ms in which each frame runs for so many of them. */
function setOf(stretches: readonly (readonly [Frame, number])[], parts: Partial<AnalyzerInput> = {}): InstructionSet | null {
  const run = new RunBuilder();
  const worker = run.thread();
  let at = 0;
  for (const [frame, ms] of stretches) {
    worker.executes(frame, at, at + ms);
    at += ms;
  }
  worker.phase('iteration:0', 0, at);
  return analyze(run.input(parts)).instructionSet;
}

const of = (overrides: Parameters<typeof buildManifest>[0]) => ({ manifest: buildManifest(overrides) });
const { workload, framework, machine } = buildManifest();

/** A module without a vector instruction, and its only function. */
const plainModule = { ...module, bytes: moduleOf({ functions: [op.loop(op.load(), op.float(), op.store())] }) };
const plain: Frame = {
  ...wasm('scalar'),
  functionName: 'wasm-function[0]',
  columnNumber: indexModule(plainModule.bytes).bodyStart[0]!,
};

describe('instructionSet', () => {
  test('shares the Wasm time among scalar, vector and relaxed code, and names the largest functions', () => {
    const set = setOf([
      [wasm('simd128'), 4],
      [wasm('relaxed'), 2],
      [wasm('scalar'), 3],
      [wasm('copy'), 1],
    ])!;
    expect(set.scalar).toMatchObject({ ran: true, why: 'Largest: wasm-function[2] 30.0 %.' });
    expect(set.simd128).toMatchObject({ ran: true, held: true });
    expect(set.simd128.share).toBeCloseTo(0.6, 6);
    expect(set.simd128.why).toBe('Largest: wasm-function[0] 40.0 %, wasm-function[1] 20.0 %.');
    expect(set.relaxed).toMatchObject({ ran: true, held: true });
    expect(set.relaxed.share).toBeCloseTo(0.2, 6);
  });

  test('says that hot functions are scalar although their module has vectors', () => {
    const { simd128, relaxed } = setOf([[wasm('scalar'), 10]])!;
    expect(simd128).toMatchObject({ ran: false, share: 0, held: true });
    expect(simd128.why).toMatch(/has vector instructions, but not in the hot loops.*scalar: wasm-function\[2\] 100\.0 %/);
    expect(relaxed).toMatchObject({ ran: false, held: true });
  });

  test.each([
    [false, 'the module without SIMD was asked for (--simd off)'],
    [true, 'the framework fell back'],
    [null, 'it was built without SIMD'],
  ])('says of a module without any vector instruction why it ran (SIMD asked for: %s)', (simd, why) => {
    const set = setOf([[plain, 10]], { ...of({ workload: { ...workload, simd } }), modules: [plainModule] })!;
    expect(set.scalar).toMatchObject({ ran: true, share: 1 });
    expect(set.simd128).toMatchObject({ ran: false, share: 0, held: false });
    expect(set.simd128.why).toContain('None of the 1 functions of model.wasm holds a vector instruction');
    expect(set.simd128.why).toContain(why);
    expect(set.relaxed.held).toBe(false);
  });

  test('says why a framework has no relaxed SIMD, for the version it is known of', () => {
    const modules = [plainModule];
    const known = setOf([[plain, 10]], { ...of({}), modules })!.relaxed.why;
    const other = setOf([[plain, 10]], { ...of({ framework: { ...framework!, version: '9.9.9' } }), modules })!.relaxed.why;
    expect(known).toContain('onnxruntime-web 1.30.0 ships');
    expect(other).not.toContain('ships');
  });

  test('tells nothing of instructions whose bytes are missing', () => {
    const set = setOf([[wasm('simd128'), 10]], { modules: [] })!;
    for (const use of [set.scalar, set.simd128, set.relaxed]) {
      expect(use).toEqual({ ran: null, share: null, held: null, why: expect.stringContaining('are missing') });
    }
  });

  test.each([
    [{ framework: { ...framework!, threads: 1, crossOriginIsolated: false } }, 'not cross-origin isolated'],
    [{ framework: { ...framework!, threads: 1 }, workload: { ...workload, simd: false } }, 'only together with SIMD'],
    [{ framework: { ...framework!, threads: 1 }, workload: { ...workload, threadsAsked: 1 } }, 'One thread was asked for'],
    [{}, 'none of the others was seen'],
  ])('says why there were no threads: %j', (overrides, why) => {
    const { threads } = setOf([[wasm('simd128'), 10]], { ...of(overrides), baseline })!;
    expect(threads).toMatchObject({ ran: false, share: 0 });
    expect(threads.why).toContain(why);
  });

  test('takes the sentence of the notes where threads are fewer than asked for', () => {
    const run = new RunBuilder();
    run.thread().executes(wasm('simd128'), 0, 10).phase('iteration:0', 0, 10);
    const fewer = { framework: { ...framework!, threads: 1, crossOriginIsolated: false } };
    const { notes, instructionSet } = analyze(run.input({ ...of(fewer), baseline: { ...baseline, threads: 1 } }));
    expect(instructionSet!.threads.why).toBe(notes.find(({ id }) => id === 'fewer-threads')!.text);
    expect(instructionSet!.threads.why).toContain('The native run was given 1 too');
  });

  test('gives the share of the Wasm time on the other threads, and what of it polls', () => {
    const run = new RunBuilder();
    run.thread().executes(wasm('simd128'), 0, 10).phase('iteration:0', 0, 10);
    run.thread('pool').executes(wasm('simd128'), 0, 6).executes(wasm('spin'), 6, 10);
    const { threads } = analyze(run.input(of({}))).instructionSet!;
    expect(threads.ran).toBe(true);
    expect(threads.share).toBeCloseTo(0.5, 6);
    expect(threads.why).toBe('2 threads; 50.0 % of the Wasm time was on the other, 40.0 % of that polling.');
  });

  test.each([
    [['sse4_2', 'avx2', 'fma', 'avx512f'], 'simd128', 8],
    [['sse4_2', 'avx2', 'fma'], 'relaxed', 2],
    [['sse4_2', 'avx'], 'scalar', 8],
    [['asimd'], 'simd128', 2],
    [['asimd', 'sve'], 'simd128', null],
  ] as const)('bounds what %j can do beside %s by %s', (vectorFeatures, kind, factor) => {
    const { bound } = setOf([[wasm(kind), 10]], of({ machine: { ...machine, vectorFeatures: [...vectorFeatures] } }))!;
    expect(bound?.factor ?? null).toBe(factor);
    if (bound) expect(bound.why).toContain('is not measured');
  });

  test('is null where no Wasm ran, and knows no CPU without its features', () => {
    expect(setOf([[js, 10]])).toBeNull();
    expect(setOf([[wasm('simd128'), 10]])).toMatchObject({ cpu: null, bound: null, measured: null });
  });
});
