import { expect, test } from 'vitest';
import { ModelError } from '../../../models/modelError.js';
import { readModelJson } from '../../../models/tfjs/readModelJson.js';

const weightsManifest = [
  {
    paths: ['group1.bin'],
    weights: [
      { name: 'dense/kernel', shape: [8, 2], dtype: 'float32', quantization: { dtype: 'uint8', min: 0, scale: 1 } },
      { name: 'norm/moving_mean', shape: [2], dtype: 'float32' },
    ],
  },
];

const read = (model_config: unknown, more: object = {}) =>
  readModelJson(
    new TextEncoder().encode(
      JSON.stringify({ modelTopology: { keras_version: '2.10.0', model_config }, weightsManifest, ...more }),
    ),
    'model.json',
  );

const dense = (name: string, config: object = {}) => ({ class_name: 'Dense', config: { name, units: 2, ...config } });

test('inputs and outputs of a functional model are those of its config', () => {
  const signature = read({
    class_name: 'Functional',
    config: {
      layers: [
        {
          class_name: 'InputLayer',
          name: 'LR',
          config: { name: 'LR', batch_input_shape: [null, null, null, 3], dtype: 'float32' },
        },
        { class_name: 'InputLayer', name: 'ids', config: { name: 'ids', batch_input_shape: [null, 8], dtype: 'int32' } },
        { ...dense('SR'), name: 'SR' },
      ],
      input_layers: [
        ['LR', 0, 0],
        ['ids', 0, 0],
      ],
      output_layers: [['SR', 0, 0]],
    },
  });
  expect(signature.inputs).toEqual([
    { name: 'LR', type: 'float32', shape: ['batch', '?', '?', 3] },
    { name: 'ids', type: 'int32', shape: ['batch', 8] },
  ]);
  expect(signature.outputs).toEqual([{ name: 'SR', type: 'float32', shape: null }]);
});

test('parameters are what was trained, and quantized weights take the bytes they take', () => {
  const { parameters, weights } = read({ class_name: 'Sequential', config: [dense('first')] });
  expect(parameters).toBe(16);
  expect(weights).toEqual([{ location: 'group1.bin', leastBytes: 16 + 8 }]);
});

test.each([
  ['first_input', [dense('first', { batch_input_shape: [null, 8] }), dense('last')]],
  ['given', [{ class_name: 'InputLayer', config: { name: 'given', batch_input_shape: [null, 8] } }, dense('last')]],
  [
    'inner_input',
    [{ class_name: 'Sequential', config: { layers: [dense('inner', { batch_input_shape: [null, 8] })] } }, dense('last')],
  ],
])('a Sequential has its input %s as TF.js names it', (name, layers) => {
  const { inputs, outputs } = read({ class_name: 'Sequential', config: { name: 'net', layers } });
  expect(inputs).toEqual([{ name, type: 'float32', shape: ['batch', 8] }]);
  expect(outputs).toEqual([{ name: 'last', type: 'float32', shape: null }]);
});

test('what TF.js saves itself has the topology without Keras around it', () => {
  const content = {
    format: 'layers-model',
    modelTopology: { class_name: 'Sequential', config: [dense('a', { batch_input_shape: [1, 8] })] },
    weightsManifest,
  };
  expect(readModelJson(new TextEncoder().encode(JSON.stringify(content)), 'model.json').inputs[0]!.shape).toEqual([1, 8]);
});

test('what cannot be read is refused with where', () => {
  expect(() => read({ class_name: 'Functional', config: { layers: [] } })).toThrow(ModelError);
  expect(() => read({ class_name: 'Functional', config: { layers: [] } })).toThrow('at layers');
  const strings = dense('a', { batch_input_shape: [null], dtype: 'string' });
  expect(() => read({ class_name: 'Sequential', config: [strings] })).toThrow('of type string');
});

test.each(['text', 7, true, null, [], [1], {}, { class_name: 5 }])(
  'a modelTopology that is %j is refused by name',
  (modelTopology) => {
    for (const more of [{}, { format: 'graph-model' }, { format: 'layers-model' }]) {
      const bytes = new TextEncoder().encode(JSON.stringify({ modelTopology, weightsManifest, ...more }));
      expect(() => readModelJson(bytes, 'model.json')).toThrow(ModelError);
      expect(() => readModelJson(bytes, 'model.json')).toThrow(/^model\.json: this is n/);
    }
  },
);

test('models inside models without end are refused', () => {
  let text = JSON.stringify(dense('last'));
  for (let i = 0; i < 20_000; i++) text = `{"class_name":"Sequential","config":[${text}]}`;
  const bytes = new TextEncoder().encode(`{"modelTopology":${text},"weightsManifest":[]}`);
  expect(() => readModelJson(bytes, 'model.json')).toThrow(ModelError);
});
