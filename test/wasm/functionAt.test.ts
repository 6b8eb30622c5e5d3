import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { functionAt } from '../../src/wasm/functionAt.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import { moduleOf } from './builder.js';

const recorded = JSON.parse(readFileSync(new URL('./recorded/v8-offsets.json', import.meta.url), 'utf8')) as {
  readonly module: string;
  readonly functions: readonly { readonly functionName: string; readonly columnNumber: number }[];
};

describe('functionAt', () => {
  test('finds the function that V8 means by its columnNumber', () => {
    const module = indexModule(new Uint8Array(Buffer.from(recorded.module, 'base64')));
    expect(recorded.functions).toHaveLength(3);
    for (const { functionName, columnNumber } of recorded.functions) {
      const index = functionAt(module, columnNumber);
      expect(functionName).toBe(index === 2 ? module.names.get(2) : `wasm-function[${index}]`);
      expect(columnNumber).toBe(module.bodyStart[index - module.importedFunctions]);
    }
  });

  test('is -1 for bytes that are in no body', () => {
    const module = indexModule(moduleOf({ functions: [[], []] }));
    const [first, second] = module.bodyStart;
    expect(functionAt(module, first! - 1)).toBe(-1);
    expect(functionAt(module, first! + module.bodyBytes[0]! - 1)).toBe(0);
    expect(functionAt(module, second! - 1)).toBe(-1);
    expect(functionAt(module, second!)).toBe(1);
    expect(functionAt(module, 1e9)).toBe(-1);
    expect(functionAt(indexModule(moduleOf({})), 0)).toBe(-1);
  });
});
