import { expect, test } from 'vitest';
import { indexModule } from '../../src/wasm/indexModule.js';
import { hostileNamesModule } from './hostileNamesModule.js';

test('a module can call its functions what it likes, and V8 takes it', () => {
  expect(WebAssembly.validate(hostileNamesModule as Uint8Array<ArrayBuffer>)).toBe(true);
  const { names } = indexModule(hostileNamesModule);
  expect([names.get(0), names.get(1)]).toEqual(['<img src=x onerror="document.title=1">', '\u001b]0;owned\u0007\u001b[2J']);
});
