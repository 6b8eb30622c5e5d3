import { expect, test } from 'vitest';
import { random } from '../../src/stats/random.js';
import { classify } from '../../src/wasm/classify.js';
import { decodeFunction } from '../../src/wasm/decodeFunction.js';
import { decodeModule } from '../../src/wasm/decodeModule.js';
import { WasmError } from '../../src/wasm/error.js';
import { functionAt } from '../../src/wasm/functionAt.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import { customSection, leb, moduleOf, op, text, vector } from './builder.js';

const names = vector([[...leb(1), ...text('kernel')]]);
const whole = moduleOf({
  imports: ['log'],
  functions: [
    op.loop(op.loop(op.vectorLoad(), op.vectorFloat(), op.shuffle(), op.relaxed()), op.brIf(1)),
    [...op.loop(op.atomicLoad()), ...op.wait(), ...op.memoryCopy()],
    [
      0x20,
      0,
      0x0e,
      3,
      0,
      1,
      0,
      1,
      0x06,
      0x40,
      0x19,
      0x0b,
      0x1f,
      0x40,
      1,
      2,
      0,
      0x0b,
      0x42,
      0,
      0x1a,
      0x44,
      ...Array<number>(8).fill(0),
      0x1a,
    ],
    [0x20, 0, 0x20, 2, 0xfd, 0x56, 0x42, 1, 0x80, 0x02, 3, 0x1a],
  ],
  exports: { run: 1 },
  custom: [
    customSection('name', [1, ...leb(names.length), ...names]),
    customSection('producers', vector([[...text('sdk'), ...vector([[...text('x'), ...text('1')]])]])),
    customSection('target_features', vector([[0x2b, ...text('atomics')]])),
  ],
});

/** Everything that can be asked of a module; only WasmError may come out of it, and only from the index. */
function useAll(bytes: Uint8Array): void {
  let module: ReturnType<typeof indexModule>;
  try {
    module = indexModule(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(WasmError);
    return;
  }
  decodeModule(module);
  for (let i = 0; i < module.importedFunctions + module.bodyStart.length; i++) classify(decodeFunction(module, i));
  functionAt(module, bytes.length - 1);
}

test('a module cut at any byte is read or refused with a WasmError', () => {
  useAll(whole);
  for (let length = 0; length < whole.length; length++) useAll(whole.subarray(0, length));
});

test('a module with bytes changed is read or refused with a WasmError', () => {
  const next = random(20261);
  for (let round = 0; round < 5000; round++) {
    const bytes = whole.slice();
    for (let changes = 1 + Math.floor(next() * 6); changes > 0; changes--) {
      bytes[Math.floor(next() * bytes.length)] = next() < 0.3 ? 0xff : Math.floor(next() * 256);
    }
    useAll(bytes);
  }
});

test('function bodies of random bytes are decoded or unknown', () => {
  const next = random(7);
  // Mostly the bytes that begin something: blocks, branches, prefixes, accesses.
  const likely = [
    2, 3, 4, 5, 6, 0x0b, 0x0c, 0x0d, 0x0e, 0x18, 0x1c, 0x1f, 0x20, 0x28, 0x41, 0x43, 0xfb, 0xfc, 0xfd, 0xfe, 0xff, 0x80,
  ];
  for (let round = 0; round < 3000; round++) {
    const body = Array.from({ length: Math.floor(next() * 60) }, () =>
      next() < 0.7 ? likely[Math.floor(next() * likely.length)]! : Math.floor(next() * 256),
    );
    useAll(moduleOf({ functions: [body] }));
  }
});

test('a body of nested loops takes time in proportion to its size', () => {
  // Each of the loops is branched back to from the innermost, the outer ones first.
  const depth = 20_000;
  const open = Array.from({ length: depth }, () => [0x03, 0x40]).flat();
  const branches = Array.from({ length: depth }, (_, i) => [0x0d, ...leb(depth - 1 - i)]).flat();
  const close = Array.from({ length: depth }, () => 0x0b);
  const code = decodeFunction(indexModule(moduleOf({ functions: [[...open, ...branches, ...close]] })), 0);
  expect(code.unknown).toBeNull();
  expect(code.loops.at(-1)).toMatchObject({ depth, innermost: true });
}, 10_000);
