import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/bundle/packageRoot.js';

const trace = (...args: string[]) =>
  spawnSync(process.execPath, [join(packageRoot(), 'dist/src/cli/bin.js'), ...args], { encoding: 'utf8' });

test.each([
  [['--framework', 'ort', '--simd', 'off'], 'ships only Wasm with SIMD, so --simd is for --framework tfjs'],
  [['--framework', 'tfjs', '--model', 'ppocr-det'], 'Models in TF.js form: mobilenet-v2'],
  [['--framework', 'tfjs', '--backend', 'webgpu'], 'has no backend "webgpu"; it has wasm'],
  [['--framework', 'tfjs', '--model', 'mobilenet-v2', '--simd', 'maybe'], 'Choices: "on", "off"'],
])('trace collect %j is wrong usage', (args, message) => {
  const { status, stderr, stdout } = trace('collect', ...args);
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
  expect(status).toBe(2);
});

test('trace models says which formats there are', () => {
  const list = JSON.parse(trace('models', '--json').stdout) as { name: string; formats: string[] }[];
  expect(list.find(({ name }) => name === 'ppocr-det')!.formats).toEqual(['onnx']);
  expect(list.find(({ name }) => name === 'mobilenet-v2')!.formats).toEqual(['onnx', 'tfjs']);
  expect(trace('models').stdout).toContain('ONNX and TF.js');
});
