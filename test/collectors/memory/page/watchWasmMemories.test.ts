import { expect, test, vi } from 'vitest';
import { watchWasmMemories } from '../../../../collectors/memory/page/watchWasmMemories.js';

const PAGE = 65_536;
/** (module (memory (export "m") 2)) */
const EXPORTS_MEMORY = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 2, 7, 5, 1, 1, 109, 2, 0]);

test('Wasm memories are found as they are made or exported, once each, and as they grow', async () => {
  const changed = vi.fn();
  const bytes = watchWasmMemories(changed);
  expect(bytes()).toBe(0);
  const memory = new WebAssembly.Memory({ initial: 3 });
  expect(memory).toBeInstanceOf(WebAssembly.Memory);
  expect(bytes()).toBe(3 * PAGE);
  const { instance } = await WebAssembly.instantiate(EXPORTS_MEMORY);
  expect(bytes()).toBe(5 * PAGE);
  const again = new WebAssembly.Instance(new WebAssembly.Module(EXPORTS_MEMORY));
  expect(bytes()).toBe(7 * PAGE);
  const direct = await WebAssembly.instantiate(new WebAssembly.Module(EXPORTS_MEMORY));
  expect(bytes()).toBe(9 * PAGE);
  expect(changed).toHaveBeenCalledTimes(4);
  expect(memory.grow(4)).toBe(3);
  expect(changed).toHaveBeenCalledTimes(5);
  for (const grown of [instance, again, direct]) (grown.exports.m as WebAssembly.Memory).grow(1);
  expect(bytes()).toBe(16 * PAGE);
});
