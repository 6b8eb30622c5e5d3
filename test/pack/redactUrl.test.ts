import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRuntime } from '../../analyzers/activity/scripts.js';
import { frameworkFiles } from '../../analyzers/steps/framework.js';
import { Pseudonyms } from '../../src/pack/pseudonyms.js';
import { redactUrl } from '../../src/pack/redactUrl.js';
import { lastPart } from '../../src/text/lastPart.js';

const words = ['ort', 'onnxruntime', 'tf', 'tfjs', 'transformers', 'litert', 'report', 'clinic', 'Import', 'patients'];
const file = fc
  .tuple(
    fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('-', '.', '_', '@'),
    fc.constantFrom('.js', '.mjs', '.wasm', '.html', '', '.min.js'),
  )
  .map(([parts, between, ending]) => `${parts.join(between)}${ending}`);
const folder = fc.constantFrom(
  '',
  'app/',
  'node_modules/clinic/',
  'npm/@clinic/ort/',
  'npm/onnxruntime-web@1.30.0/dist/',
  'a/b/c/',
);
const url = fc
  .tuple(
    fc.constantFrom(
      'https://clinic.example',
      'http://127.0.0.1:8080',
      'https://cdn.example',
      'blob:https://clinic.example',
      'file://',
    ),
    folder,
    file,
    fc.constantFrom('', '?v=1', '?v=2', '#part'),
  )
  .map(([origin, path, name, query]) => `${origin}/${path}${name}${query}`);

test('finders take a pseudonym for what they take the URL for', () => {
  fc.assert(
    fc.property(fc.array(url, { minLength: 1, maxLength: 12 }), (urls) => {
      const names = new Pseudonyms();
      for (const original of urls) {
        const made = redactUrl(original, names);
        expect(isRuntime(made)).toBe(isRuntime(original));
        for (const sign of Object.values(frameworkFiles)) expect(sign.test(fileOf(made))).toBe(sign.test(fileOf(original)));
      }
    }),
  );
});

const fileOf = (address: string): string => lastPart(address.replace(/[?#].*$/, ''));

test('different URLs stay different, and equal ones equal', () => {
  fc.assert(
    fc.property(fc.uniqueArray(url, { minLength: 2, maxLength: 20 }), (urls) => {
      const names = new Pseudonyms();
      const made = urls.map((each) => redactUrl(each, names));
      expect(new Set(made).size).toBe(urls.length);
      expect(urls.map((each) => redactUrl(each, names))).toEqual(made);
    }),
  );
});

test('origins, packages and kinds of files stay what they are, and names do not', () => {
  const names = new Pseudonyms();
  const made = [
    'https://clinic.example/patients/anna.js?token=1',
    'https://clinic.example/patients/',
    'https://other.example/model.onnx',
    'https://cdn.example/npm/clinic-tools@1.2.3/rank.js',
    'https://cdn.example/npm/clinic-tools@1.2.3/sort.js',
    'https://cdn.example/npm/onnxruntime-web@1.30.0/dist/ort.wasm.min.mjs',
    'https://clinic.example/vendor/ort-of-anna.js',
    'blob:https://clinic.example/3f2a',
    'wasm://wasm/anna-1234',
    'data:text/javascript,anna()',
    '/home/anna/model.tflite',
    'about:blank',
    '',
  ].map((each) => redactUrl(each, names));
  expect(made).toEqual([
    'https://host-1/script-1.js',
    'https://host-1/folder-2/',
    'https://host-2/model-3.onnx',
    'https://host-3/npm/package-1/script-4.js',
    'https://host-3/npm/package-1/script-5.js',
    'https://host-3/npm/onnxruntime-web/ort.wasm.min.mjs',
    'https://host-1/ort-7.js',
    'blob:https://host-1/file-8',
    'wasm://wasm/module-10',
    'data:content-11',
    'model-12.tflite',
    'about:blank',
    '',
  ]);
});
