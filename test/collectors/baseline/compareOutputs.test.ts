import { setFloat16 } from '@petamoriken/float16';
import { expect, test } from 'vitest';
import { compareOutputs } from '../../../collectors/baseline/compareOutputs.js';
import type { TensorType, TensorValue } from '../../../src/bundle/tensor.js';

test('the difference is relative to the largest number of the baseline', () => {
  const check = compareOutputs([floats('y', [1, 2, -3.998])], [floats('y', [1, 2, -4])]);
  expect(check.match).toBe(true);
  expect(check.outputs[0]).toMatchObject({ name: 'y', shape: [3], problem: null });
  expect(check.outputs[0]!.maxRelativeDifference).toBeCloseTo(0.002 / 4, 6);
});

test('a difference above the tolerance is no match', () => {
  expect(compareOutputs([floats('y', [1, 4.1])], [floats('y', [1, 4])])).toMatchObject({ match: false, tolerance: 1e-3 });
  expect(compareOutputs([floats('y', [1, 4.1])], [floats('y', [1, 4])], 0.1).match).toBe(true);
});

test('the order of outputs does not matter, missing and further ones do', () => {
  const [a, b] = [floats('a', [1]), floats('b', [2])];
  expect(compareOutputs([b, a], [a, b]).match).toBe(true);
  expect(compareOutputs([a], [a, b])).toMatchObject({
    match: false,
    outputs: [{ problem: null }, { problem: 'the run has no such output' }],
  });
  expect(compareOutputs([a, b], [a])).toMatchObject({
    match: false,
    outputs: [{ name: 'a' }, { name: 'b', problem: expect.any(String) }],
  });
});

test('other types and shapes are not compared by number', () => {
  const expected = floats('y', [1, 2]);
  const reshaped = { ...expected, shape: [1, 2] };
  const retyped = { ...expected, type: 'int32' as const };
  const cut = { ...expected, data: expected.data.subarray(4) };
  expect(problem(reshaped, expected)).toBe('shape 1x2 instead of 2');
  expect(problem(retyped, expected)).toBe('type int32 instead of float32');
  expect(problem(cut, expected)).toBe('4 bytes instead of 8');
});

test('NaN equals NaN and an infinity itself, on one side only they are a problem', () => {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1];
  expect(compareOutputs([floats('y', odd)], [floats('y', odd)])).toMatchObject({
    match: true,
    outputs: [{ maxRelativeDifference: 0 }],
  });
  expect(problem(floats('y', [Number.NaN, 1]), floats('y', [0, 1]))).toBe('1 values are NaN or infinite on one side only');
  expect(problem(floats('y', [0, 1]), floats('y', [Number.NaN, 1]))).toBe('1 values are NaN or infinite on one side only');
  expect(problem(floats('y', [Number.POSITIVE_INFINITY]), floats('y', [Number.NEGATIVE_INFINITY]))).toContain('1 values');
});

test('zeros match zeros only', () => {
  expect(compareOutputs([floats('y', [0, -0])], [floats('y', [0, 0])]).match).toBe(true);
  expect(problem(floats('y', [1e-9]), floats('y', [0]))).toContain('all zero');
});

test('whole numbers have to be equal', () => {
  const one = tensor('y', 'int64', [2], new Uint8Array(BigInt64Array.of(5n, 2n ** 60n).buffer));
  const other = tensor('y', 'int64', [2], new Uint8Array(BigInt64Array.of(5n, 2n ** 60n + 1n).buffer));
  expect(compareOutputs([one], [one])).toMatchObject({ match: true, outputs: [{ maxRelativeDifference: 0 }] });
  expect(problem(one, other)).toBe('1 values differ');
});

test('half precision is compared as numbers, one step apart is a match', () => {
  expect(compareOutputs([halves('y', [1 + 2 ** -10, 1])], [halves('y', [1, 1])]).outputs[0]!.maxRelativeDifference).toBe(
    2 ** -10,
  );
  expect(compareOutputs([halves('y', [1 + 2 ** -10])], [halves('y', [1])]).match).toBe(true);
});

test('bytes at an odd offset are read all the same', () => {
  const expected = floats('y', [1, 2]);
  const shifted = new Uint8Array(9);
  shifted.set(expected.data, 1);
  expect(compareOutputs([{ ...expected, data: shifted.subarray(1) }], [expected]).match).toBe(true);
});

test('the result survives JSON', () => {
  const check = compareOutputs([floats('y', [Number.NaN])], [floats('y', [0])]);
  expect(JSON.parse(JSON.stringify(check))).toEqual(check);
});

function problem(actual: TensorValue, expected: TensorValue): string | null {
  const check = compareOutputs([actual], [expected]);
  expect(check.match).toBe(false);
  expect(check.outputs[0]!.maxRelativeDifference).toBeNull();
  return check.outputs[0]!.problem;
}

function tensor(name: string, type: TensorType, shape: number[], data: Uint8Array): TensorValue {
  return { name, type, shape, data };
}

function floats(name: string, values: number[]): TensorValue {
  return tensor(name, 'float32', [values.length], new Uint8Array(Float32Array.from(values).buffer));
}

function halves(name: string, values: number[]): TensorValue {
  const data = new Uint8Array(values.length * 2);
  for (const [i, value] of values.entries()) setFloat16(new DataView(data.buffer), i * 2, value, true);
  return tensor(name, 'float16', [values.length], data);
}
