import { describe, expect, test } from 'vitest';
import { ModelError } from '../../../models/modelError.js';
import { translate } from '../../../models/tfjs/translate.js';
import { encodeTflite } from '../../../models/tflite/encodeTflite.js';
import { readTfliteSignature } from '../../../models/tflite/readSignature.js';
import { translateToLite } from '../../../models/tflite/translate.js';
import { network } from '../tfjs/network.js';

const onnx = network([1, 4, 8, 8], [1, 6, 8, 8], (graph) =>
  graph.node('Conv', ['x', graph.weight('w', [6, 4, 3, 3], 36), graph.weight('b', [6], 36)], { pads: [1, 1, 1, 1] }),
);
const file = encodeTflite(translateToLite('net', translate(onnx)));

test('the names, types and shapes of inputs and outputs, and how many numbers were trained', () => {
  expect(readTfliteSignature(file, 'net.tflite')).toEqual({
    inputs: [{ name: 'x', type: 'float32', shape: [1, 8, 8, 4] }],
    outputs: [{ name: 'y', type: 'float32', shape: [1, 8, 8, 6] }],
    parameters: 6 * 4 * 9 + 6,
  });
});

test('the same graph gives the same bytes', () => {
  expect(encodeTflite(translateToLite('net', translate(onnx)))).toEqual(file);
});

describe('a file that is none, or broken, is told', () => {
  test.each([
    ['an empty file', new Uint8Array(), 'truncated', 'the file is empty'],
    ['text', new TextEncoder().encode('{"format": "graph-model"}'), 'not-tflite', 'not a LiteRT model'],
    ['a web page', new TextEncoder().encode('<!doctype html><title>net.tflite</title>'), 'not-tflite', 'this is a web page'],
    ['a Git LFS pointer', new TextEncoder().encode('version https://git-lfs.github.com/spec/v1'), 'not-tflite', 'git lfs pull'],
    ['its first half', file.slice(0, file.length >> 1), 'truncated', 'breaks off'],
  ] as const)('%s', (_, bytes, code, words) => {
    const error = failure(bytes);
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });

  test('wherever it is cut, and whatever byte of its structure is wrong', () => {
    for (let length = 1; length < file.length; length += 97) expect(failure(file.slice(0, length))).toBeInstanceOf(ModelError);
    for (let at = 0; at < file.length; at += 5) {
      const damaged = file.slice();
      damaged[at] = 0xff - damaged[at]!;
      try {
        readTfliteSignature(damaged, 'net.tflite');
      } catch (error) {
        expect(error).toBeInstanceOf(ModelError);
      }
    }
  });
});

function failure(bytes: Uint8Array): ModelError {
  try {
    readTfliteSignature(bytes, 'net.tflite');
  } catch (error) {
    return error as ModelError;
  }
  throw new Error('it was read');
}
