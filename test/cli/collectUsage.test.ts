import { expect, test } from 'vitest';
import { runTrace } from './runTrace.js';

test.each([
  [['--passes', 'timing,placement'], '--passes placement is for --backend webgl or webgpu; on wasm there is no such pass'],
  [['--no-passes'], 'no-passes'],
  [['--passes.x', 'trace'], 'Unknown option --passes.x'],
  [['--qoe', '--video', 'my.webm'], '--video needs --labels'],
  [['--out', ''], 'The value of "out" is empty'],
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

test('trace models says which formats there are, and what was tried', async () => {
  const { stdout } = await runTrace(['models', '--json']);
  const { models, triedWith } = JSON.parse(stdout) as {
    models: { name: string; formats: string[]; runs: unknown[] }[];
    triedWith: { browser: string };
  };
  expect(models.find(({ name }) => name === 'ppocr-det')!.formats).toEqual(['onnx']);
  expect(models.find(({ name }) => name === 'mobilenet-v2')!.formats).toEqual(['onnx', 'tfjs', 'tflite']);
  expect(models.find(({ name }) => name === 'centernet')!.formats).toEqual(['tfjs']);
  expect(triedWith.browser).toContain('Chromium');
  const { stdout: table } = await runTrace(['models']);
  expect(table).not.toContain('…\n');
  expect(table).toContain(triedWith.browser);
});

test('trace models of a name shows that one alone, and of an unknown name the nearest', async () => {
  const { stdout } = await runTrace(['models', 'silero-vad', '--json']);
  expect((JSON.parse(stdout) as { models: unknown[] }).models).toHaveLength(1);
  const { code, stderr } = await runTrace(['models', 'silero-vda']);
  expect(stderr).toContain('Did you mean silero-vad?');
  expect(code).toBe(2);
});

test('trace models --out without --try, or over a file of something else, is wrong usage', async () => {
  expect((await runTrace(['models', '--out', 'x.json'])).stderr).toContain('--out is for --try');
  const { code, stderr } = await runTrace(['models', '--try', '--out', 'package.json']);
  expect(stderr).toContain('something else');
  expect(code).toBe(2);
});

test('a model that exists in the other format only is refused with the framework to give', async () => {
  const { code, stderr } = await runTrace(['collect', '--model', 'centernet']);
  expect(stderr).toContain(
    'it exists as a TF.js model only, which ONNX Runtime does not read. To run centernet, give --framework tfjs.',
  );
  expect(code).toBe(2);
});
