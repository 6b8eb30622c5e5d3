import { expect, test } from 'vitest';
import { type BindableModel, bindShapes } from '../../models/bindShapes.js';
import { parseShape } from '../../models/parseShape.js';
import type { DeclaredTensor } from '../../src/bundle/tensor.js';

const image: DeclaredTensor = { name: 'x', type: 'float32', shape: ['N', 3, 'height', 'width'] };
const tokens: DeclaredTensor[] = [
  { name: 'input_ids', type: 'int64', shape: ['batch_size', 'sequence'] },
  { name: 'attention_mask', type: 'int64', shape: ['batch_size', 'sequence'] },
];

test("the user's shape is taken", () => {
  expect(bind({ inputs: [image] }, 'x=2x3x64x32')).toEqual([[2, 3, 64, 32]]);
});

test("the user's shape goes before the model's default", () => {
  const model = { inputs: [image], defaultShapes: { x: [1, 3, 320, 320] } };
  expect(bind(model)).toEqual([[1, 3, 320, 320]]);
  expect(bind(model, 'x=1x3x64x64')).toEqual([[1, 3, 64, 64]]);
});

test('a named dimension that the user settles once is settled for all inputs', () => {
  const defaultShapes = { input_ids: [1, 128], attention_mask: [1, 128] };
  expect(bind({ inputs: tokens }, 'input_ids=2x64')).toEqual([
    [2, 64],
    [2, 64],
  ]);
  expect(bind({ inputs: tokens, defaultShapes }, 'attention_mask=1x32')).toEqual([
    [1, 32],
    [1, 32],
  ]);
});

test('dimensions without a name have nothing to do with each other', () => {
  const inputs: DeclaredTensor[] = ['a', 'b'].map((name) => ({ name, type: 'float32', shape: ['?'] }));
  expect(() => bind({ inputs }, 'a=5')).toThrow('--input b=SIZE');
});

test.each(['N', 'n', 'batch', 'batch_size', 'BatchSize', 'dynamic_batch'])(
  'a batch named %s is 1 unless told otherwise',
  (name) => {
    expect(bind({ inputs: [{ ...image, shape: [name, 10] }] })).toEqual([[1, 10]]);
  },
);

test('fixed dimensions and scalars need no help', () => {
  expect(bind({ inputs: [{ ...image, shape: [1, 3, 8, 8] }] })).toEqual([[1, 3, 8, 8]]);
  expect(bind({ inputs: [{ ...image, shape: [] }] })).toEqual([[]]);
});

test('an input of any rank takes what it is given', () => {
  const inputs = [{ ...image, shape: null }];
  expect(bind({ inputs }, 'x=4x5')).toEqual([[4, 5]]);
  expect(() => bind({ inputs })).toThrow('--input x=AxBxC');
});

test('a dimension that nothing settles is an error with the flag to give', () => {
  const error = expect.objectContaining({
    code: 'shape',
    message:
      'net: input "x": nothing says how large 2 dimensions should be. It is declared as float32[N, 3, height, width]. ' +
      'Give --input x=1x3xHEIGHTxWIDTH with numbers for names.',
  });
  expect(() => bind({ inputs: [image] })).toThrow(error);
});

test.each([
  ['x=3x64x64', '3x64x64 has 3 dimensions instead of 4'],
  ['x=1x4x64x64', 'dimension 2 of 1x4x64x64 is 4, and the model fixes it to 3'],
  ['y=1x3x64x64', 'there is no input "y". Its inputs are "x" (float32[N, 3, height, width])'],
  ['x=1x3x99999x99999', 'more than 2 GiB'],
])('%s is refused', (flag, message) => {
  expect(() => bind({ inputs: [image] }, flag)).toThrow(message);
});

test('an input given twice is refused', () => {
  expect(() => bind({ inputs: [image] }, 'x=1x3x8x8', 'x=1x3x9x9')).toThrow('has two shapes');
});

function bind(model: Partial<BindableModel> & Pick<BindableModel, 'inputs'>, ...flags: string[]) {
  return bindShapes({ name: 'net', defaultShapes: {}, ...model }, flags.map(parseShape)).map(({ shape }) => shape);
}
