import { describe, expect, test } from 'vitest';
import { classify, computesNothing } from '../../src/wasm/classify.js';
import { decodeFunction } from '../../src/wasm/decodeFunction.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import { moduleOf, op } from './builder.js';

const times = (n: number, ...statements: number[][]) => Array.from({ length: n }, () => statements.flat());
const classOf = (...statements: number[][]) =>
  classify(decodeFunction(indexModule(moduleOf({ functions: [statements.flat()] })), 0));

const poll = op.loop(op.atomicLoad());

describe('what computes nothing', () => {
  const isNothing = (...statements: number[][]) =>
    computesNothing(decodeFunction(indexModule(moduleOf({ functions: [statements.flat()] })), 0));

  test('reaches memory by atomics only, and has no arithmetic but of integers in its loops', () => {
    expect(isNothing(op.loop(op.atomicExchange(), op.count()), op.store())).toBe(true);
    expect(isNothing(op.loop(op.call(0)))).toBe(true);
    for (const work of [op.load(), op.store(), op.float(), op.vectorInt(), op.memoryCopy()]) {
      expect(isNothing(op.loop(op.atomicLoad(), work))).toBe(false);
    }
  });
});

describe('classify', () => {
  test('a loop of vector arithmetic is simd128, whatever scalar integers address it', () => {
    const result = classOf(op.loop(...times(4, op.vectorLoad(), op.vectorFloat()), op.vectorStore(), ...times(20, op.count())));
    expect(result).toEqual({
      class: 'simd128',
      evidence: 'innermost loops: 4 vector float, 4 v128 load, 1 v128 store, 0 scalar float, 20 scalar integer',
    });
  });

  test('vector code around scalar loops does not make them simd128', () => {
    expect(classOf(...times(50, op.vectorFloat()), op.loop(op.load(), op.float(), op.store())).class).toBe('scalar');
  });

  test('a scalar remainder outside the nest does not make a vector kernel scalar', () => {
    const kernel = op.loop(op.loop(op.vectorLoad(), op.vectorFloat()));
    expect(classOf(kernel, op.loop(...times(4, op.load(), op.float()))).class).toBe('simd128');
  });

  test('a vector loop with relaxed arithmetic is relaxed', () => {
    expect(classOf(op.loop(op.vectorLoad(), op.relaxed())).class).toBe('relaxed');
  });

  test('relaxed arithmetic outside the loops does not count', () => {
    expect(classOf(op.relaxed(), op.loop(op.vectorLoad(), op.vectorFloat())).class).toBe('simd128');
  });

  test('moves of vectors with a shuffle are simd128, without anything a copy', () => {
    expect(classOf(op.loop(op.vectorLoad(), op.shuffle(), op.vectorStore())).class).toBe('simd128');
    expect(classOf(op.loop(op.vectorLoad(), op.vectorStore(), op.count())).class).toBe('copy');
  });

  test('loads and stores with two pointers and a counter are a copy', () => {
    const result = classOf(op.loop(op.move(), ...times(3, op.count())));
    expect(result.class).toBe('copy');
    expect(result.evidence).toBe('innermost loops: 0 scalar float, 1 scalar load, 1 scalar store, 3 scalar integer');
  });

  test('moves to computed places are scalar work, and so is reading alone', () => {
    expect(classOf(op.loop(op.move(), ...times(6, op.count()))).class).toBe('scalar');
    expect(classOf(op.loop(op.load(), op.load(), op.count())).class).toBe('scalar');
  });

  test('memory.copy with little around it is a copy, in a loop or without one', () => {
    expect(classOf(op.memoryCopy()).class).toBe('copy');
    expect(classOf(op.loop(op.memoryFill(), ...times(5, op.count()))).class).toBe('copy');
    expect(classOf(op.memoryCopy(), ...times(20, op.move())).class).toBe('scalar');
  });

  test('setting up the memory once, under a guard on which other threads wait, is a copy', () => {
    expect(classOf(op.atomicAdd(), op.wait(), ...times(30, op.memoryFill()), op.notify()).class).toBe('copy');
    expect(classOf(op.atomicAdd(), op.memoryCopy()).class).toBe('atomic');
  });

  test('a loop that polls an atomic is spin', () => {
    const result = classOf(op.load(), poll, op.store());
    expect(result).toEqual({
      class: 'spin',
      evidence: '1 of 1 innermost loops only poll: 1 atomic load, no float or vector arithmetic in any loop',
    });
  });

  test('a function that takes a lock by polling and then works is not spin', () => {
    expect(classOf(poll, op.loop(op.load(), op.float(), op.store())).class).toBe('scalar');
    expect(classOf(poll, op.loop(op.vectorLoad(), op.vectorFloat())).class).toBe('simd128');
    expect(classOf(poll, op.loop(op.load(), op.count(), op.count(), op.store())).class).not.toBe('spin');
    expect(classOf(poll, ...times(20, op.move())).class).not.toBe('spin');
    expect(classOf(poll, ...times(20, op.vectorFloat())).class).not.toBe('spin');
  });

  test('a lock-free update in a loop of float work is atomic, not spin', () => {
    expect(classOf(op.loop(op.load(), op.float(), op.atomicAdd())).class).toBe('atomic');
  });

  test('the retry of a compare-exchange is not spin', () => {
    expect(classOf(op.loop(op.call(0), op.loop(op.atomicAdd()))).class).toBe('atomic');
  });

  test('polling by exchange, through a call or without atomics is not told by code', () => {
    expect(classOf(op.loop(op.atomicExchange())).class).toBe('atomic');
    expect(classOf(op.loop(op.call(0))).class).toBe('scalar');
    expect(classOf(op.loop(op.load())).class).toBe('scalar');
    expect(classOf(op.loop(op.atomicLoad(), op.loop(op.count()))).class).toBe('scalar');
  });

  test('one atomic in much work leaves it scalar', () => {
    expect(classOf(op.loop(op.atomicAdd(), ...times(30, op.load(), op.float()))).class).toBe('scalar');
  });

  test('a function that sleeps in memory.atomic.wait is wait, also where it polls before', () => {
    expect(classOf(op.wait()).class).toBe('wait');
    const result = classOf(poll, op.wait(), op.float());
    expect(result.class).toBe('wait');
    expect(result.evidence).toBe('whole body: 1 atomic wait, 1 atomic load, 1 scalar float, no vector instruction');
  });

  test('a kernel that waits at its end is what the kernel is', () => {
    expect(classOf(op.loop(op.vectorLoad(), op.vectorFloat()), op.wait()).class).toBe('simd128');
  });

  test('a function without loops goes by its whole body', () => {
    const result = classOf(op.vectorLoad(), op.vectorFloat());
    expect(result.class).toBe('simd128');
    expect(result.evidence).toMatch(/^whole body \(no loops\): /);
    expect(classOf().class).toBe('scalar');
  });

  test('what could not be decoded is unknown, with the reason', () => {
    expect(classOf(op.vectorFloat(), [0xf5])).toEqual({
      class: 'unknown',
      evidence: expect.stringMatching(/^not decoded: Unknown operator: 245 \(at byte \d+\)$/),
    });
  });
});
