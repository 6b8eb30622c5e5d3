import { describe, expect, test } from 'vitest';
import { readSymbols, SymbolsError } from '../../src/wasm/readSymbols.js';
import { moduleOf } from './builder.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('symbols', () => {
  test('are read from a map as Emscripten writes it', () => {
    const symbols = readSymbols(bytes('0:emscripten_resize_heap\n2415:MlasSgemmKernel\\28float*\\2c\\20int\\29\r\n\n7:a:b\n'));
    expect([...symbols]).toEqual([
      [0, 'emscripten_resize_heap'],
      [2415, 'MlasSgemmKernel(float*, int)'],
      [7, 'a:b'],
    ]);
  });

  test('are read from an unstripped module', () => {
    const module = moduleOf({ functions: [[], []], exports: { first: 0, second: 1 } });
    expect([...readSymbols(module)]).toEqual([
      [0, 'first'],
      [1, 'second'],
    ]);
  });

  test.each([
    ['a stripped module', moduleOf({ functions: [[]] }), /stripped too/],
    ['an empty file', bytes('\n'), /empty/],
    ['another text', bytes('0:main\nhello\n'), /line 2 is not "index:name"/],
  ])('are refused where they are %s', (_, given, reason) => {
    expect(() => readSymbols(given)).toThrow(SymbolsError);
    expect(() => readSymbols(given)).toThrow(reason);
  });
});
