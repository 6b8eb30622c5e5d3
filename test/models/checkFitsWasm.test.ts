import { expect, test } from 'vitest';
import { checkFitsWasm } from '../../models/checkFitsWasm.js';
import type { ModelFile } from '../../models/model.js';

const GIB = 2 ** 30;

const model = (bytes: number, external: number): ModelFile => ({
  ...{ name: 'large', title: 'Large', format: 'onnx', path: 'large.onnx', bytes, sha256: '' },
  ...{ inputs: [], outputs: [], defaultShapes: {}, twin: null },
  externalData: external > 0 ? [{ location: 'large.data', path: 'large.data', bytes: external }] : [],
});

test('weights that fit are let through', () => {
  expect(() => checkFitsWasm(model(1.9 * GIB, 2 * GIB))).not.toThrow();
});

test('weights that cannot fit are named with their size, where most of them are, and what to try', () => {
  expect(() => checkFitsWasm(model(1.5 * GIB, 5 * GIB))).toThrow(
    'large.onnx: its weights are 6.5 GiB (5.0 GiB in large.data), and Wasm has at most 4.0 GiB of memory. Export it with float16',
  );
});
