import { expect, test } from 'vitest';
import { codeType } from '../../../collectors/cpuProfile/cpuProfile.js';
import { frame } from './buildProfile.js';

test.each([
  ['(root)', '', 'other'],
  ['(program)', '', 'other'],
  ['(idle)', '', 'other'],
  ['(garbage collector)', '', 'other'],
  ['fetch', '', 'JS'],
  ['', 'http://page/app.js', 'JS'],
  ['js-to-wasm', '', 'JS'],
  ['js-to-wasm:iiiiii:i', '', 'wasm'],
  ['wasm-function[12]', 'http://page/model.wasm', 'wasm'],
  ['gemm', 'http://page/model.wasm', 'wasm'],
  ['gemm', 'wasm://wasm/0123', 'wasm'],
  ['gemm', 'http://page/other.wasm', 'JS'],
])('%s of "%s" is %s, as in Chrome’s traces', (name, url, expected) => {
  expect(codeType(frame(name, url), new Set(['http://page/model.wasm']))).toBe(expected);
});
