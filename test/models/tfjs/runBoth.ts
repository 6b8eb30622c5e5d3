import * as ort from 'onnxruntime-node';
import { compareOutputs } from '../../../collectors/baseline/compareOutputs.js';
import { encodeModel } from '../../../models/onnx/encodeModel.js';
import type { OnnxGraph } from '../../../models/onnx/graph.js';
import { seededInput } from '../../../models/seededInput.js';
import { translate } from '../../../models/tfjs/translate.js';
import type { OutputCheck } from '../../../src/bundle/manifest.js';
import {
  type TensorType,
  type TensorValue,
  TO_CHANNELS_FIRST,
  TO_CHANNELS_LAST,
  tensorView,
  transposed,
} from '../../../src/bundle/tensor.js';
import { runGraphModel } from './runGraphModel.js';

export interface BothRuns {
  /** The operators of the translated graph, in their order. */
  readonly operators: readonly string[];
  /** What TF.js computes on its Wasm backend, against what ONNX Runtime computes natively. */
  readonly check: OutputCheck;
  /** What ONNX Runtime computes. */
  readonly outputs: readonly TensorValue[];
}

/** Runs a graph as ONNX and, translated, as a TF.js graph model, on the same seeded inputs. */
export async function runBoth(onnx: OnnxGraph, tolerance: number): Promise<BothRuns> {
  const inputs = seededInputs(onnx);
  const graph = translate(onnx);
  const actual = images(await runGraphModel(graph, images(inputs, TO_CHANNELS_LAST)), TO_CHANNELS_FIRST);
  const outputs = await runOnnx(onnx, inputs);
  return { operators: graph.nodes.map(({ op }) => op), check: compareOutputs(actual, outputs, tolerance), outputs };
}

export function seededInputs({ inputs }: OnnxGraph): TensorValue[] {
  return inputs.map(({ name, type, shape }) => {
    const spec = { name, type, shape: shape as readonly number[] };
    return { ...spec, data: seededInput(spec, 1) };
  });
}

/** Images in another order of dimensions; other tensors as they are. */
export const images = (values: readonly TensorValue[], order: readonly number[]): TensorValue[] =>
  values.map((value) => (value.shape.length === 4 ? transposed(value, order) : value));

/** What ONNX Runtime computes natively. */
export async function runOnnx(graph: OnnxGraph, inputs: readonly TensorValue[]): Promise<TensorValue[]> {
  const session = await ort.InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1, logSeverityLevel: 4 });
  const feeds = Object.fromEntries(
    inputs.map(({ name, type, shape, data }) => [
      name,
      new ort.Tensor(type, tensorView(type, data) as ort.Tensor.DataType, [...shape]),
    ]),
  );
  const results = await session.run(feeds);
  await session.release();
  return Object.entries(results).map(([name, { type, dims, data }]) => {
    const { buffer, byteOffset, byteLength } = data as Float32Array;
    return { name, type: type as TensorType, shape: [...dims], data: new Uint8Array(buffer, byteOffset, byteLength) };
  });
}
