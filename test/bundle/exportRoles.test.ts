import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { exportRoles } from '../../src/bundle/exportRoles.js';

const dist = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));

test.each(['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.jsep.mjs', 'ort-wasm-simd-threaded.asyncify.mjs'])(
  'the script %s of ONNX Runtime Web says what its exports are for',
  (file) => {
    const roles = exportRoles(readFileSync(join(dist, file), 'utf8'));
    expect([...roles.values()].sort()).toEqual(['create', 'release', 'run', 'run']);
  },
);

test('a binding inside a function counts, as in older versions, and other scripts say nothing', () => {
  expect([...exportRoles('a._OrtRun=(b,c)=>(a._OrtRun=d.xb)(b,c);a._OrtFree=d.yb')]).toEqual([['xb', 'run']]);
  expect(exportRoles('h._malloc=c.ub;_OrtRun=c.sb').size).toBe(0);
});
