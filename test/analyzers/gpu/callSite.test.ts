import { expect, test } from 'vitest';
import { callSite } from '../../../analyzers/gpu/gpuUse.js';

test('the innermost position in a script is the site', () => {
  const stack =
    'WebGL2RenderingContext.readPixels (<anonymous>)\nasync Ct.download (http://127.0.0.1:1/a/tf.min.js:17:220)\nhttp://127.0.0.1:1/b.js:3:4';
  expect(callSite(stack)).toEqual({
    function: 'Ct.download',
    script: 'http://127.0.0.1:1/a/tf.min.js',
    line: 17,
    column: 220,
    stack: stack.split('\n'),
  });
});

test('a frame without a name has none, and Wasm is a script too', () => {
  expect(callSite('http://127.0.0.1:1/b.js:3:4')).toMatchObject({ function: null, line: 3, column: 4 });
  expect(callSite('ort.run (wasm://wasm/1a2b:wasm-function[12]:0x3f)')).toBeNull();
});

test('a stack of nothing but builtins has no site', () => {
  expect(callSite('new Promise (<anonymous>)')).toBeNull();
});
