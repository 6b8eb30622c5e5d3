import { describe, expect, test } from 'vitest';
import { memoryProbe, type ProbeKind, probe } from '../../../collectors/probes/probeModules.js';
import { classify } from '../../../src/wasm/classify.js';
import { decodeFunction } from '../../../src/wasm/decodeFunction.js';
import { indexModule } from '../../../src/wasm/indexModule.js';

const kinds = ['scalar', 'simd128', 'relaxed'] as const;
const SUMS = 12;
const f = Math.fround;

/** What a probe computes, in 32-bit floats: with a rounding after the multiplication, or fused without. */
function reference(iterations: number, fused: boolean): number {
  const sums = Array.from({ length: SUMS }, (_, i) => f((i + 3) / 100));
  const factor = f(0.9999);
  const summand = f(0.0001);
  for (let i = 0; i < iterations; i++) {
    for (const [k, sum] of sums.entries()) sums[k] = f((fused ? sum * factor : f(sum * factor)) + summand);
  }
  return sums.reduce((total, sum) => f(total + sum));
}

async function run(kind: ProbeKind, iterations: number): Promise<number> {
  const { instance } = await WebAssembly.instantiate(probe(kind).bytes);
  return (instance.exports.run as (iterations: number) => number)(iterations);
}

const isKnown = (kind: ProbeKind): boolean => WebAssembly.validate(probe(kind).bytes);

describe('probe', () => {
  test.each(['scalar', 'simd128'] as const)('%s is valid and computes the sums to the bit', async (kind) => {
    expect(isKnown(kind)).toBe(true);
    for (const iterations of [1, 2, 1000]) expect(await run(kind, iterations)).toBe(reference(iterations, false));
  });

  test.skipIf(!isKnown('relaxed'))(
    'relaxed is valid and computes the sums, fused or not (skipped where the engine has no relaxed SIMD)',
    async () => {
      for (const iterations of [1, 1000]) {
        const result = await run('relaxed', iterations);
        expect(result).toBeCloseTo(reference(iterations, true), 4);
        expect(result).toBeCloseTo(reference(iterations, false), 4);
      }
    },
  );

  test.each(kinds)('%s is classified as what it probes, from one loop without loads, stores or calls', (kind) => {
    const code = decodeFunction(indexModule(probe(kind).bytes), 0);
    expect(classify(code).class).toBe(kind);
    expect(code.loops).toHaveLength(1);
    const { load, store, simdLoad, simdStore, bulkMemory, call, atomic } = code.body;
    expect([load, store, simdLoad, simdStore, bulkMemory, call, atomic]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test.each([
    ['scalar', 'scalarFloat', 1],
    ['simd128', 'simdFloat', 4],
    ['relaxed', 'relaxed', 8],
  ] as const)('%s has as many operations as its loop has', (kind, instruction, operationsEach) => {
    const { operationsPerIteration, bytes } = probe(kind);
    const { own } = decodeFunction(indexModule(bytes), 0).loops[0]!;
    expect(own[instruction] * operationsEach).toBe(operationsPerIteration);
  });

  test('uses only the features that it probes', () => {
    const features = kinds.map((kind) => [...decodeFunction(indexModule(probe(kind).bytes), 0).features].sort());
    expect(features).toEqual([[], ['simd128'], ['relaxed-simd', 'simd128']]);
  });
});

const ARRAY_BYTES = 65_536;

test('the probe of memory reads two vectors and writes one, four times in each turn of its loop', () => {
  const { own } = decodeFunction(indexModule(memoryProbe(ARRAY_BYTES).bytes), 0).loops[0]!;
  expect([own.simdLoad, own.simdStore, own.simdFloat]).toEqual([8, 4, 8]);
});

test('the probe of memory goes through whole arrays in a real engine', async () => {
  const { instance } = await WebAssembly.instantiate(memoryProbe(ARRAY_BYTES).bytes);
  const run = instance.exports.run as (from: number, to: number) => void;
  expect(run(0, ARRAY_BYTES / 2)).toBeUndefined();
  expect(() => run(ARRAY_BYTES / 2, ARRAY_BYTES)).not.toThrow();
  // A turn beyond the third array ends the memory.
  expect(() => run(ARRAY_BYTES, ARRAY_BYTES + 64)).toThrow(WebAssembly.RuntimeError);
});
