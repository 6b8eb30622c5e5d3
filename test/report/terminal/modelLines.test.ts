import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { type ListedFramework, type ListedModel, modelLines } from '../../../src/report/terminal/modelLines.js';
import { screen } from '../../../src/report/terminal/screen.js';

const ort: ListedFramework = { id: 'ort', title: 'onnxruntime-web', format: 'onnx', backends: ['wasm', 'webgl'] };
const tfjs: ListedFramework = { id: 'tfjs', title: 'TensorFlow.js', format: 'tfjs', backends: ['wasm', 'webgl'] };

const detector: ListedModel = {
  name: 'detector',
  task: 'object detection',
  parameters: 1_171_512,
  inputs: { image: [1, 3, 8, 8], rate: [] },
  formats: ['onnx'],
  bytes: {},
  generated: true,
  licence: 'MIT',
  origin: 'made for a test, with an origin that is far longer than what a line of a terminal has room for',
  runs: [
    { framework: 'ort', backend: 'wasm', outcome: 'runs', reason: null },
    { framework: 'ort', backend: 'webgl', outcome: 'fails', reason: 'lacks the operator HardSigmoid' },
  ],
};

const lines = (models: readonly ListedModel[], color = false) =>
  modelLines(models, [ort, tfjs], ['Tried with something.'], screen({ width: 100, color }));

test('a model shows what runs it, what does not, and what cannot read it', () => {
  const [, , first, second] = lines([detector]);
  expect(first).toMatch(/^detector +object detection +1\.17 M +≈ 4\.69 MB +✓ +✗ +– +–/);
  expect(second).toContain('image=1x3x8x8, rate=(a number) · MIT · made for a test');
});

test('parameters fit in their column, few and many', () => {
  const [, , few, , many] = lines([
    { ...detector, parameters: 64 },
    { ...detector, parameters: 138_357_544 },
  ]);
  expect(few).toMatch(/^detector +object detection +64 +≈ 256 B/);
  expect(many).toMatch(/ 138 M /);
});

test('a size that is known is not estimated, and what was not tried says so', () => {
  const [, , first] = lines([{ ...detector, bytes: { onnx: 4_745_517 }, runs: [] }]);
  expect(first).toMatch(/4\.75 MB +\? +\? +– +–/);
});

test('what was too slow to tell is no failure', () => {
  const slow = { framework: 'ort', backend: 'webgl', outcome: 'unfinished', reason: 'not done within 120 s' } as const;
  const [, , first, ...rest] = lines([{ ...detector, runs: [slow] }]);
  expect(first).toMatch(/\? +… +– +–/);
  expect(rest).toContain('detector: onnxruntime-web, webgl: not done within 120 s');
});

test('a reason stands once for all models that share it', () => {
  const text = lines([detector, { ...detector, name: 'other' }]);
  expect(text).toContain('detector, other: onnxruntime-web, webgl: lacks the operator HardSigmoid');
  expect(text.at(-1)).toBe('Tried with something.');
});

test('no line is wider than the screen, in colour neither', () => {
  for (const line of lines([detector], true)) expect(stringWidth(line)).toBeLessThanOrEqual(100);
});
