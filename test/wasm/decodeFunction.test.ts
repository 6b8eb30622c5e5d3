import { describe, expect, test } from 'vitest';
import { decodeFunction } from '../../src/wasm/decodeFunction.js';
import { iterationsPerLoop } from '../../src/wasm/hotMix.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import type { Mix } from '../../src/wasm/mix.js';
import { type ModuleParts, moduleOf, op } from './builder.js';

const decode = (operators: readonly number[], parts: ModuleParts = {}) =>
  decodeFunction(indexModule(moduleOf({ ...parts, functions: [operators] })), parts.imports?.length ?? 0);

/** What is counted, without what a statement needs around it. */
const work = ({ control: _, other: __, ...mix }: Mix) =>
  Object.fromEntries(Object.entries(mix).filter(([, count]) => count !== 0));

describe('decodeFunction', () => {
  test.each([
    ['i32.sub', op.count(), { scalarInt: 1 }],
    ['f32.add', op.float(), { scalarFloat: 1 }],
    ['i32.trunc_f32_s', [0x20, 1, 0xa8, 0x1a], { scalarFloat: 1 }],
    ['f32.reinterpret_i32', [0x20, 0, 0xbe, 0x1a], {}],
    ['i32.load, i32.store', op.move(), { load: 1, store: 1 }],
    ['f64.load', [0x20, 0, 0x2b, 3, 0, 0x1a], { load: 1 }],
    ['i64.load32_u', [0x20, 0, 0x35, 2, 0, 0x1a], { load: 1 }],
    ['i32.store8', [0x20, 0, 0x20, 0, 0x3a, 0, 0], { store: 1 }],
    ['f32x4.add', op.vectorFloat(), { simdFloat: 1 }],
    ['i32x4.trunc_sat_f32x4_s', [0x20, 2, 0xfd, 0xf8, 0x01, 0x1a], { simdFloat: 1 }],
    ['i32x4.add', op.vectorInt(), { simdInt: 1 }],
    ['v128.and', [0x20, 2, 0x20, 2, 0xfd, 0x4e, 0x1a], { simdInt: 1 }],
    ['v128.bitselect', [0x20, 2, 0x20, 2, 0x20, 2, 0xfd, 0x52, 0x1a], { simdOther: 1 }],
    ['i8x16.shuffle', op.shuffle(), { simdOther: 1 }],
    ['f32x4.splat', [0x20, 1, 0xfd, 0x13, 0x1a], { simdOther: 1 }],
    ['f32x4.extract_lane', [0x20, 2, 0xfd, 0x1f, 0, 0x1a], { simdOther: 1 }],
    ['v128.const', [0xfd, 0x0c, ...Array<number>(16).fill(0), 0x1a], {}],
    ['v128.load', op.vectorLoad(), { simdLoad: 1 }],
    ['v128.load32_splat', [0x20, 0, 0xfd, 9, 2, 0, 0x1a], { simdLoad: 1 }],
    ['i16x8.load8x8_s', [0x20, 0, 0xfd, 1, 3, 0, 0x1a], { simdLoad: 1 }],
    ['v128.load8_lane', [0x20, 0, 0x20, 2, 0xfd, 0x54, 0, 0, 5, 0x1a], { simdLoad: 1 }],
    ['v128.store', op.vectorStore(), { simdStore: 1 }],
    ['f32x4.relaxed_madd', op.relaxed(), { relaxed: 1 }],
    ['i32.atomic.load', op.atomicLoad(), { atomicLoad: 1 }],
    ['i32.atomic.rmw.add', op.atomicAdd(), { atomic: 1 }],
    ['atomic.fence', op.fence(), { atomic: 1 }],
    ['memory.atomic.notify', op.notify(), { atomic: 1 }],
    ['memory.atomic.wait32', op.wait(), { wait: 1 }],
    ['memory.copy', op.memoryCopy(), { bulkMemory: 1 }],
    ['memory.fill', op.memoryFill(), { bulkMemory: 1 }],
    ['call', op.call(0), { call: 1 }],
    ['return_call', [0x12, 0], { call: 1 }],
  ])('counts %s', (_, operators, expected) => {
    const code = decode(operators);
    expect(code.unknown).toBeNull();
    expect(work(code.body)).toEqual(expected);
  });

  test.each([
    ['simd128', op.vectorFloat()],
    ['relaxed-simd', op.relaxed()],
    ['threads', op.fence()],
    ['bulk-memory', op.memoryCopy()],
    ['tail-call', [0x12, 0]],
    ['reference-types', [0xd0, 0x70, 0xd1, 0x1a]],
    ['sign-extension', [0x20, 0, 0xc0, 0x1a]],
    ['saturating-float-to-int', [0x20, 1, 0xfc, 0, 0x1a]],
    // try … catch_all … end and try_table with a catch_all: the old and the new encoding.
    ['exceptions', [0x06, 0x40, 0x19, 0x0b]],
    ['exceptions', [0x02, 0x40, 0x1f, 0x40, 1, 2, 0, 0x0b, 0x0b]],
    // struct.new_default 0, any.convert_extern of ref.null.
    ['gc', [0xfb, 1, 0, 0x1a]],
    ['gc', [0x41, 1, 0xfb, 28, 0x1a]],
  ])('knows that a body uses %s', (feature, operators) => {
    const code = decode(operators);
    expect(code.unknown).toBeNull();
    expect([...code.features]).toContain(feature);
  });

  test('reads 64-bit addresses', () => {
    const code = decode([0x42, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 0x1a], { memories: [[4, 1]] });
    expect(code.unknown).toBeNull();
    expect(work(code.body)).toEqual({ load: 1 });
  });

  test('reads accesses to a second memory, with and without a lane', () => {
    const memories = [
      [0, 1],
      [0, 1],
    ];
    const load = [0x20, 0, 0x28, 0x42, 1, 0x80, 0x02, 0x1a];
    const lane = [0x20, 0, 0x20, 2, 0xfd, 0x56, 0x42, 1, 0x80, 0x02, 3, 0x1a];
    const code = decode([...load, ...lane, ...op.float(), ...load], { memories });
    expect(code.unknown).toBeNull();
    expect(work(code.body)).toEqual({ load: 2, simdLoad: 1, scalarFloat: 1 });
    expect([...code.features]).toContain('multi-memory');
  });

  test('counts a loop inside a loop apart from it', () => {
    const code = decode([...op.float(), ...op.loop(op.count(), op.loop(op.vectorFloat(), op.vectorFloat()), op.load())]);
    expect(code.loops.map(({ depth, parent, innermost, own }) => ({ depth, parent, innermost, own: work(own) }))).toEqual([
      { depth: 1, parent: -1, innermost: false, own: { scalarInt: 1, load: 1 } },
      { depth: 2, parent: 0, innermost: true, own: { simdFloat: 2 } },
    ]);
    expect(work(code.inLoops)).toEqual({ scalarInt: 1, load: 1, simdFloat: 2 });
    expect(work(code.body)).toEqual({ scalarInt: 1, load: 1, simdFloat: 2, scalarFloat: 1 });
    expect(work(code.hot)).toEqual({ simdFloat: 2 });
  });

  test('takes a loop that nothing branches back to for none', () => {
    const code = decode(op.onceLoop(op.float()));
    expect(code.loops).toEqual([]);
    expect(work(code.hot)).toEqual({ scalarFloat: 1 });
  });

  test('ends a loop at its last branch back', () => {
    const code = decode([0x03, 0x40, ...op.vectorFloat(), ...op.brIf(0), ...op.float(), 0x0b]);
    expect(work(code.inLoops)).toEqual({ simdFloat: 1 });
  });

  test('counts what follows in the inner loop to the outer too, if the outer is repeated from there', () => {
    // loop A { loop B { br_if A; float; br_if B }; load } : A is left only through B.
    const code = decode([0x03, 0x40, ...op.count(), ...op.loop(op.brIf(1), op.float()), ...op.load(), 0x0b]);
    expect(code.loops.map(({ depth, own }) => ({ depth, own: work(own) }))).toEqual([
      { depth: 1, own: { scalarInt: 1 } },
      { depth: 2, own: { scalarFloat: 1 } },
    ]);
  });

  test('weights innermost loops by their nesting', () => {
    const code = decode([...op.loop(op.float()), ...op.loop(op.loop(op.vectorFloat()))]);
    expect(code.hot.simdFloat).toBe(1);
    expect(code.hot.scalarFloat).toBeCloseTo(1 / iterationsPerLoop, 10);
  });

  test('says why it could not decode, and keeps what came before', () => {
    const unknown = decode([...op.float(), 0xf5]);
    expect(unknown.unknown).toMatch(/Unknown operator: 245 \(at byte \d+\)/);
    expect(unknown.body.scalarFloat).toBe(1);
    expect(decode([0x02, 0x40]).unknown).toMatch(/ends inside a block/);
    expect(decode([0x0b]).unknown).toMatch(/follow the end/);
    expect(decode([0x41]).unknown).not.toBeNull();
  });

  test('says so of functions whose code is elsewhere', () => {
    const module = indexModule(moduleOf({ imports: ['log'], functions: [[]] }));
    expect(decodeFunction(module, 0)).toMatchObject({ name: 'log', unknown: expect.stringContaining('imported') });
    expect(decodeFunction(module, 1).unknown).toBeNull();
    expect(decodeFunction(module, 2).unknown).toMatch(/no function of this index/);
    expect(decodeFunction(module, -1).unknown).toMatch(/no function of this index/);
  });
});

test('a function may have more loops than a call has arguments', () => {
  const loop = [0x03, 0x40, 0x0c, 0x00, 0x0b];
  const operators = Array.from({ length: 150_000 }, () => loop).flat();
  const code = decode(operators);
  expect(code.loops).toHaveLength(150_000);
  expect(code.hot.control).toBeGreaterThan(0);
});
