import { describe, expect, test } from 'vitest';
import { WasmError } from '../../src/wasm/error.js';
import { indexModule } from '../../src/wasm/indexModule.js';
import { customSection, leb, moduleOf, op, section, text, vector } from './builder.js';

const functionNames = (...names: (readonly [number, string])[]) => {
  const content = vector(names.map(([index, name]) => [...leb(index), ...text(name)]));
  return customSection('name', [1, ...leb(content.length), ...content]);
};

describe('indexModule', () => {
  test('finds the body of every function behind its size', () => {
    const bytes = moduleOf({ imports: ['a', 'b'], functions: [[], Array<number>(200).fill(1), op.count()] });
    const module = indexModule(bytes);
    expect(module.importedFunctions).toBe(2);
    expect([...module.bodyBytes]).toEqual([8, 208, 15]);
    for (const [i, start] of module.bodyStart.entries()) {
      expect([...bytes.subarray(start, start + 3)]).toEqual([3, 1, 0x7f]);
      expect(bytes[start + module.bodyBytes[i]! - 1]).toBe(0x0b);
    }
  });

  test('takes a function’s name from the name section, else from its export, else from its import', () => {
    const bytes = moduleOf({
      imports: ['imported', 'renamed'],
      functions: [[], [], []],
      exports: { exported: 2, other: 3 },
      custom: [functionNames([1, 'kept'], [3, 'main loop\u2028'])],
    });
    expect([...indexModule(bytes).names].sort(([a], [b]) => a - b)).toEqual([
      [0, 'imported'],
      [1, 'kept'],
      [2, 'exported'],
      [3, 'main loop\u2028'],
    ]);
  });

  test('reads what kind of memory a module has', () => {
    const memories = (limits: readonly number[]) => indexModule(moduleOf({ memories: [limits] })).memories;
    expect(memories([0, 1])).toEqual([{ imported: false, shared: false, memory64: false }]);
    expect(memories([3, 1, 2])).toEqual([{ imported: false, shared: true, memory64: false }]);
    expect(memories([5, 1, ...leb(2 ** 40)])).toEqual([{ imported: false, shared: false, memory64: true }]);
  });

  test('reads imports of every kind', () => {
    const item = (...kind: number[]) => [...text('env'), ...text('x'), ...kind];
    const imports = section(
      2,
      vector([
        item(1, 0x70, 0, 1),
        item(2, 3, 1, 2),
        item(3, 0x7f, 1),
        item(3, 0x63, ...[0x80, 0x01], 0),
        item(4, 0, 0),
        item(0, 0),
      ]),
    );
    const module = indexModule(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...imports]));
    expect(module.memories).toEqual([{ imported: true, shared: true, memory64: false }]);
    expect(module.importedFunctions).toBe(1);
    expect(module.tags).toBe(1);
  });

  test('reads which tools made a module and which features they were allowed', () => {
    const bytes = moduleOf({
      custom: [
        customSection('producers', vector([[...text('language'), ...vector([[...text('C++17'), ...text('')]])]])),
        customSection(
          'target_features',
          vector([
            [0x2b, ...text('simd128')],
            [0x2d, ...text('shared-mem')],
          ]),
        ),
      ],
    });
    const module = indexModule(bytes);
    expect(module.producers).toEqual([{ field: 'language', name: 'C++17', version: '' }]);
    expect(module.targetFeatures).toEqual(['simd128']);
    expect(indexModule(moduleOf({})).targetFeatures).toBeNull();
  });

  test('does not mind a broken custom section, as engines do not', () => {
    const bytes = moduleOf({ functions: [[]], exports: { run: 0 }, custom: [customSection('name', [1, 99, 99, 99])] });
    expect(indexModule(bytes).names.get(0)).toBe('run');
  });

  test('steps over sections by the million, empty, broken and unknown ones', { timeout: 20_000 }, () => {
    const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
    const sections = [
      [0, 0],
      [0, 1, 0],
      [0, 1, 5],
      [0, 1, 4],
      [0, 2, 1, 0x61],
      [0, 3, 9, 1, 1],
      [1, 0],
      [99, 0],
      [10, 1, 0],
    ];
    for (const section of sections) {
      const bytes = new Uint8Array(header.length + 4e6 - (4e6 % section.length));
      bytes.set(header);
      for (let at = header.length; at < bytes.length; at += section.length) bytes.set(section, at);
      expect(indexModule(bytes).importedFunctions).toBe(0);
    }
  });

  test('reads a custom section whose name has a longer length than it needs', () => {
    const names = functionNames([0, 'kept']);
    const padded = [0, names[1]! + 1, 0x84, 0, ...names.slice(3)];
    expect([...indexModule(moduleOf({ functions: [[]], custom: [padded] })).names]).toEqual([[0, 'kept']]);
  });

  test.each([
    ['nothing', [], 0, /does not begin with \\0asm/],
    ['HTML', [...new TextEncoder().encode('<!doctype html>')], 0, /does not begin with \\0asm/],
    ['a component', [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0], 4, /component/],
    ['another version', [0, 0x61, 0x73, 0x6d, 2, 0, 0, 0], 4, /version 2/],
    ['a section longer than the file', [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 10, 50, 1], 10, /50 bytes are announced, 1 are left/],
    ['more functions than bytes', [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 10, 5, 0xff, 0xff, 0xff, 0xff, 0x0f], 10, /do not fit/],
    ['a number without end', [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 9, /longer than 32 bits/],
  ])('names offset and reason where it is given %s', (_, bytes, offset, reason) => {
    const reading = () => indexModule(new Uint8Array(bytes));
    expect(reading).toThrow(WasmError);
    expect(reading).toThrow(expect.objectContaining({ offset, reason: expect.stringMatching(reason) }));
  });
});
