import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeModule } from '../../src/wasm/decodeModule.js';
import { holdsFeature, type PrefixedFeature } from '../../src/wasm/holdsFeature.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import { moduleOf, op } from './builder.js';

const all: readonly PrefixedFeature[] = ['simd128', 'relaxed-simd', 'threads'];
const held = (...functions: number[][]) => {
  const module = indexModule(moduleOf({ functions }));
  return all.filter((feature) => holdsFeature(module, feature));
};

describe('holdsFeature', () => {
  test('finds an instruction in any function, sampled or not', () => {
    expect(held(op.float(), op.vectorFloat())).toEqual(['simd128']);
    expect(held(op.relaxed(), op.float())).toEqual(['relaxed-simd']);
    expect(held(op.float(), op.float(), op.fence())).toEqual(['threads']);
    expect(held()).toEqual([]);
  });

  test('is not taken in by the same bytes in a constant', () => {
    // f32.const with the bytes of i32x4.add, and of a relaxed and an atomic instruction.
    const constants = [
      [0xfd, 0xae, 0x01, 0],
      [0xfd, 0x85, 0x02, 0],
      [0xfe, 0x1e, 0, 0],
    ].map((bytes) => [0x43, ...bytes, 0x1a]);
    expect(held(...constants)).toEqual([]);
    expect(held(constants[1]!, op.vectorFloat())).toEqual(['simd128']);
  });

  test('finds a relaxed instruction whose number is padded', () => {
    expect(held([0x20, 2, 0x20, 2, 0x20, 2, 0xfd, 0x85, 0x82, 0x80, 0x00, 0x21, 2])).toEqual(['relaxed-simd']);
  });

  test('does not know where a function that could hold one cannot be decoded', () => {
    const module = indexModule(moduleOf({ functions: [[0xf5, 0xfd]] }));
    expect(holdsFeature(module, 'simd128')).toBeNull();
    expect(holdsFeature(module, 'threads')).toBe(false);
  });

  test.each(['', '-simd', '-threaded-simd'])('says of tfjs-backend-wasm%s what decoding all of it says', (suffix) => {
    const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
    const module = indexModule(readFileSync(join(folder, `tfjs-backend-wasm${suffix}.wasm`)));
    const { features } = decodeModule(module);
    for (const feature of all) expect([feature, holdsFeature(module, feature)]).toEqual([feature, features.includes(feature)]);
  });
});
