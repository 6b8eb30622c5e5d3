import { expect, test } from 'vitest';
import { ppocrDet } from '../../models/ppocrDet.js';

test('the detector is used where its package put it', async () => {
  const file = await ppocrDet.write('/nowhere/that/exists');
  expect(file.path).toMatch(/@gutenye[\\/]ocr-models[\\/]assets[\\/]ch_PP-OCRv4_det_infer\.onnx$/);
  expect(file.sha256).toBe('30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff');
});

test('the detector takes an image of any size', async () => {
  const { inputs, outputs, externalData } = await ppocrDet.write('/nowhere/that/exists');
  const anySize = expect.stringMatching(/^p2o/);
  expect(inputs).toEqual([{ name: 'x', type: 'float32', shape: [anySize, 3, anySize, anySize] }]);
  expect(outputs).toEqual([{ name: 'sigmoid_0.tmp_0', type: 'float32', shape: [anySize, 1, anySize, anySize] }]);
  expect(externalData).toEqual([]);
});
