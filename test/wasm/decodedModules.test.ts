import { describe, expect, test, vi } from 'vitest';
import { DecodedModules } from '../../src/wasm/decodedModules.js';
import * as decoding from '../../src/wasm/decodeFunction.js';
import * as indexing from '../../src/wasm/indexModule.js';
import { moduleOf, op } from './builder.js';

vi.mock(import('../../src/wasm/decodeFunction.js'), { spy: true });
vi.mock(import('../../src/wasm/indexModule.js'), { spy: true });

const bytes = () => moduleOf({ functions: [op.vectorFloat(), op.float()] });

describe('DecodedModules', () => {
  test('indexes a module once and decodes each of its functions once, however often it comes', () => {
    const decoded = new DecodedModules();
    const once = decoded.open('a', bytes());
    const again = decoded.open('a', bytes());
    expect(again.code(0)).toBe(once.code(0));
    expect([once.holds('simd128'), again.holds('simd128'), again.holds('threads')]).toEqual([true, true, false]);
    expect(vi.mocked(indexing.indexModule).mock.calls).toHaveLength(1);
    expect(vi.mocked(decoding.decodeFunction).mock.calls.map(([, index]) => index)).toEqual([0]);
  });

  test('does not believe a hash that other bytes come under', () => {
    const decoded = new DecodedModules();
    expect(decoded.open('a', bytes()).holds('simd128')).toBe(true);
    expect(decoded.open('a', moduleOf({ functions: [op.float(), op.float()] })).holds('simd128')).toBe(false);
  });

  test('keeps the modules that were used last', () => {
    const decoded = new DecodedModules();
    const first = decoded.open('0', bytes());
    for (let i = 1; i < 8; i++) decoded.open(String(i), bytes());
    expect(decoded.open('0', bytes())).toBe(first);
    for (let i = 8; i < 16; i++) decoded.open(String(i), bytes());
    expect(decoded.open('0', bytes())).not.toBe(first);
  });

  test('throws at bytes that are no module, each time', () => {
    const decoded = new DecodedModules();
    for (let i = 0; i < 2; i++) expect(() => decoded.open('b', new Uint8Array(9))).toThrow('\\0asm');
  });
});
