import { expect, test } from 'vitest';
import { mobilenetV2 } from '../../models/mobilenetV2.js';
import type { ModelFile } from '../../models/model.js';
import { modelFeeds } from '../../models/modelFeeds.js';
import { temporaryFolder } from './temporaryFolder.js';

test('an ONNX model runs natively as it is', async () => {
  const file = await mobilenetV2.write(await temporaryFolder());
  const { inputs, baseline } = modelFeeds(file, [], 1);
  expect(baseline).toMatchObject({ path: file.path, twin: false });
  expect(baseline!.inputs).toBe(inputs);
});

test('a TF.js model and its ONNX twin see the same pixels', async () => {
  const folder = await temporaryFolder();
  const onnx = modelFeeds(await mobilenetV2.write(folder), [], 7).inputs[0]!;
  const { inputs, baseline } = modelFeeds(await mobilenetV2.write(folder, 'tfjs'), [], 7);
  expect(inputs[0]!.spec).toEqual({ name: 'x', type: 'float32', shape: [1, 224, 224, 3] });
  expect(baseline!.twin).toBe(true);
  expect(baseline!.inputs[0]!.spec).toEqual(onnx.spec);
  expect(Buffer.from(baseline!.inputs[0]!.bytes).equals(onnx.bytes)).toBe(true);
  const planes = new Float32Array(onnx.bytes.buffer);
  const pixels = new Float32Array(inputs[0]!.bytes.buffer);
  for (const [row, column, channel] of [
    [0, 0, 0],
    [0, 1, 2],
    [17, 5, 1],
    [223, 223, 2],
  ] as const) {
    expect(pixels[(row * 224 + column) * 3 + channel]).toBe(planes[(channel * 224 + row) * 224 + column]);
  }
});

test('a TF.js model and its ONNX twin see the same tokens, as int32 and as int64', async () => {
  const file = (format: 'onnx' | 'tfjs', type: 'int64' | 'int32', twin: ModelFile | null): ModelFile => ({
    ...{ name: 'text', title: 'Text', format, path: `text.${format}`, bytes: 0, sha256: '', outputs: [], externalData: [] },
    ...{ inputs: [{ name: 'input_ids', type, shape: [1, 6] }], defaultShapes: {}, twin },
  });
  const { inputs, baseline } = modelFeeds(file('tfjs', 'int32', file('onnx', 'int64', null)), [], 7);
  expect(inputs[0]!.spec).toEqual({ name: 'input_ids', type: 'int32', shape: [1, 6] });
  expect(baseline!.inputs[0]!.spec).toEqual({ name: 'input_ids', type: 'int64', shape: [1, 6] });
  const tokens = new Int32Array(inputs[0]!.bytes.buffer);
  expect([...tokens]).toEqual(Array.from(new BigInt64Array(baseline!.inputs[0]!.bytes.buffer), Number));
  expect(new Set(tokens).size).toBeGreaterThan(1);
});

test('a TF.js model of the user has no native form', async () => {
  const file = { ...(await mobilenetV2.write(await temporaryFolder(), 'tfjs')), twin: null };
  expect(modelFeeds(file, [], 1).baseline).toBeNull();
});
