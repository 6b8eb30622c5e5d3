import { expect, test } from 'vitest';
import { memoryProbe } from '../../../collectors/probes/probeModules.js';
import { decodeFunction } from '../../../src/wasm/decodeFunction.js';
import { indexModule } from '../../../src/wasm/indexModule.js';

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
