import { expect, test } from 'vitest';
import { runTrace } from './runTrace.js';

test.each([
  [['--framework', 'ort', '--simd', 'off'], 'ships only Wasm with SIMD, so --simd is for --framework tfjs'],
  [['--framework', 'tfjs', '--model', 'ppocr-det'], 'Models in TF.js form: mobilenet-v2'],
  [['--framework', 'tfjs', '--backend', 'webnn'], 'has no backend "webnn"; it has wasm, webgl, webgpu'],
  [['--framework', 'tfjs', '--model', 'mobilenet-v2', '--simd', 'maybe'], 'Choices: "on", "off"'],
])('trace collect %j is wrong usage', async (args, message) => {
  const { code, stderr, stdout } = await runTrace(['collect', ...args]);
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('trace models says which formats there are', async () => {
  const { stdout } = await runTrace(['models', '--json']);
  const list = JSON.parse(stdout) as { name: string; formats: string[] }[];
  expect(list.find(({ name }) => name === 'ppocr-det')!.formats).toEqual(['onnx']);
  expect(list.find(({ name }) => name === 'mobilenet-v2')!.formats).toEqual(['onnx', 'tfjs']);
  expect((await runTrace(['models'])).stdout).toContain('ONNX and TF.js');
});
