import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { classify } from '../../src/wasm/classify.js';
import { decodeFunction } from '../../src/wasm/decodeFunction.js';
import { decodeModule } from '../../src/wasm/decodeModule.js';
import { functionAt } from '../../src/wasm/functionAt.js';
import { indexModule } from '../../src/wasm/indexModule.js';

const packageFile = createRequire(import.meta.url).resolve('onnxruntime-web');
const ort = (build: string) => indexModule(new Uint8Array(readFileSync(new URL(`./${build}.wasm`, `file://${packageFile}`))));
const { version } = JSON.parse(readFileSync(new URL('../package.json', `file://${packageFile}`), 'utf8')) as { version: string };

describe('the modules of onnxruntime-web', () => {
  const module = ort('ort-wasm-simd-threaded');

  test.each(['', '.asyncify', '.jsep', '.jspi'])('are indexed without decoding: ort-wasm-simd-threaded%s', (suffix) => {
    const { bodyStart, bodyBytes, memories } = ort(`ort-wasm-simd-threaded${suffix}`);
    expect(bodyStart.length).toBeGreaterThan(10_000);
    expect(bodyBytes.reduce((sum, bytes) => sum + bytes, 0)).toBeGreaterThan(10_000_000);
    expect(memories).toEqual([{ imported: true, shared: true, memory64: false }]);
  });

  // Function numbers are those of one build.
  describe.runIf(version.startsWith('1.30.'))('of 1.30', () => {
    test.each([
      [2415, 'simd128', 'innermost loops: 48 vector float, 22 v128 load, 0 scalar float, 11 scalar integer'],
      [1422, 'simd128', expect.stringMatching(/^innermost loops: 49.4 vector float, .* 0 scalar float/)],
      [1709, 'scalar', expect.stringMatching(/^innermost loops: .* 0 scalar float, 9.8 scalar load, 10 scalar store/)],
      [5017, 'spin', expect.stringMatching(/^3 of 4 innermost loops only poll: 5 atomic load/)],
      [12490, 'spin', expect.stringMatching(/^4 of 6 innermost loops only poll: .* no float or vector arithmetic/)],
      [1608, 'wait', expect.stringMatching(/^whole body: 1 atomic wait/)],
    ])('function %i is %s', (index, name, evidence) => {
      expect(functionAt(module, module.bodyStart[index - module.importedFunctions]!)).toBe(index);
      expect(classify(decodeFunction(module, index))).toEqual({ class: name, evidence });
    });
  });

  test('are decoded whole, and use threads and SIMD but no relaxed SIMD', () => {
    const { mix, features, unknown } = decodeModule(module);
    expect(unknown).toEqual([]);
    expect(features).toContain('simd128');
    expect(features).toContain('threads');
    expect(features).toContain('bulk-memory');
    expect(features).not.toContain('relaxed-simd');
    expect(mix.simdFloat).toBeGreaterThan(1000);
    expect(mix.relaxed).toBe(0);
  });
});
