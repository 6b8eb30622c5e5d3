import { deflateSync } from 'node:zlib';
import { create } from '@bufbuild/protobuf';
import {
  TensorProto_DataLocation as DataLocation,
  TensorProto_DataType as DataType,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import { expect, test } from 'vitest';
import { ModelError } from '../../../models/modelError.js';
import { readSignature } from '../../../models/onnx/readSignature.js';
import { editedModel } from './editedModel.js';
import { tinyModel } from './tinyModel.js';

test('a signature holds what the builder declared', () => {
  expect(readSignature(tinyModel(), 'tiny.onnx')).toEqual({
    inputs: [{ name: 'x', type: 'float32', shape: ['batch', 4] }],
    outputs: [{ name: 'y', type: 'float32', shape: ['batch', 3] }],
    opset: 17,
    parameters: 15,
    externalData: [],
  });
});

test('an input with a stored value is no input', () => {
  const bytes = editedModel(({ graph }) => {
    graph!.input.push(create(ValueInfoProtoSchema, { name: 'layer.bias' }));
  });
  expect(readSignature(bytes, 'tiny.onnx').inputs.map(({ name }) => name)).toEqual(['x']);
});

test('sizes that are absent or negative are unknown, and so may be the number of dimensions', () => {
  const bytes = editedModel(({ graph }) => {
    const input = graph!.input[0]!.type!.value;
    if (input.case !== 'tensorType') throw new Error('not a tensor');
    input.value.shape!.dim[0]!.value = { case: 'dimValue', value: -1n };
    input.value.shape!.dim[1]!.value = { case: undefined };
    const output = graph!.output[0]!.type!.value;
    if (output.case === 'tensorType') delete output.value.shape;
  });
  const { inputs, outputs } = readSignature(bytes, 'tiny.onnx');
  expect(inputs[0]!.shape).toEqual(['?', '?']);
  expect(outputs[0]!.shape).toBeNull();
});

test('a file cut anywhere is called truncated', () => {
  const whole = tinyModel();
  for (let length = 2; length < whole.length; length++) {
    expect(failure(whole.subarray(0, length)), `${length} of ${whole.length} bytes`).toMatchObject({ code: 'truncated' });
  }
  expect(failure(new Uint8Array(0))).toMatchObject({ code: 'truncated', message: expect.stringContaining('empty') });
});

test.each([
  ['HTML', '<!DOCTYPE html><html><body>404</body></html>'],
  ['JSON', '{"format": "graph-model"}'],
  ['a zip archive', 'PK\u0003\u0004 some entry'],
  ['compressed bytes', deflateSync('x'.repeat(5000) + Math.PI).toString('latin1')],
])('%s is not ONNX', (_, text) => {
  expect(failure(Buffer.from(text, 'latin1'))).toMatchObject({ code: 'not-onnx', message: expect.stringContaining('tiny.onnx') });
});

test('a web page, a Git LFS pointer and an ORT-format model are told apart from rubbish', () => {
  expect(failure(Buffer.from('\n<!doctype html><title>Not found</title>')).message).toContain('this is a web page');
  expect(failure(Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00')).message).toContain('git lfs pull');
  expect(failure(Buffer.from('\u0010\0\0\0ORTM....', 'latin1')).message).toContain('ORT-format');
});

test('inputs that are no tensors of numbers are refused', () => {
  const sequence = editedModel(({ graph }) => {
    graph!.input[0]!.type = create(TypeProtoSchema, { value: { case: 'sequenceType', value: {} } });
  });
  expect(failure(sequence)).toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('its input "x" is a sequence'),
  });
  const strings = editedModel(({ graph }) => {
    const type = graph!.input[0]!.type!.value;
    if (type.case === 'tensorType') type.value.elemType = DataType.STRING;
  });
  expect(failure(strings)).toMatchObject({ code: 'unsupported', message: expect.stringContaining('STRING') });
});

test('weights in other files are listed with how far they reach', () => {
  const bytes = editedModel(({ graph }) => {
    for (const [i, tensor] of graph!.initializer.entries()) {
      tensor.dataLocation = DataLocation.EXTERNAL;
      for (const [key, value] of Object.entries({ location: 'tiny.data', offset: `${i * 4096}`, length: '48' })) {
        tensor.externalData.push({ $typeName: 'onnx.StringStringEntryProto', key, value });
      }
    }
  });
  expect(readSignature(bytes, 'tiny.onnx').externalData).toEqual([{ location: 'tiny.data', leastBytes: 4096 + 48 }]);
});

function failure(bytes: Uint8Array): ModelError {
  try {
    readSignature(bytes, 'tiny.onnx');
  } catch (error) {
    expect(error).toBeInstanceOf(ModelError);
    return error as ModelError;
  }
  throw new Error('The signature was read.');
}
