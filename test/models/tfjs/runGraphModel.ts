import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Tfjs from '@tensorflow/tfjs';
import type * as TfjsWasm from '@tensorflow/tfjs-backend-wasm';
import { encodeGraphModel, encodeWeights } from '../../../models/tfjs/encodeGraphModel.js';
import type { TfGraph } from '../../../models/tfjs/graph.js';
import { type TensorValue, tensorView } from '../../../src/bundle/tensor.js';

const require = createRequire(import.meta.url);

/** Runs a translated graph in Node, on TF.js's Wasm backend, whose kernels are those of the page; int64 goes in as int32. */
export async function runGraphModel(graph: TfGraph, inputs: readonly TensorValue[]): Promise<TensorValue[]> {
  const tf = await loadTfjs();
  const json = JSON.parse(new TextDecoder().decode(encodeGraphModel(graph, 'weights.bin'))) as Tfjs.io.ModelJSON;
  const { buffer: weights } = new Uint8Array(Buffer.concat(encodeWeights(graph)));
  const model = await tf.loadGraphModel({
    load: () => tf.io.getModelArtifactsForJSON(json, async (manifest) => [tf.io.getWeightSpecs(manifest), weights]),
  });
  const feeds = Object.fromEntries(
    inputs.map(({ name, type, shape, data }) => {
      const values = tensorView(type, data);
      if (!(values instanceof BigInt64Array)) return [name, tf.tensor(values as Float32Array, [...shape], type as 'float32')];
      return [name, tf.tensor(Int32Array.from(values, Number), [...shape], 'int32')];
    }),
  );
  const names = graph.outputs.map(({ name }) => name);
  const results = [model.execute(feeds, names)].flat();
  const outputs = await Promise.all(
    results.map(async (tensor, i) => {
      const { buffer, byteOffset, byteLength } = await tensor.data();
      return {
        name: names[i]!,
        type: tensor.dtype as 'float32',
        shape: tensor.shape,
        data: new Uint8Array(buffer, byteOffset, byteLength).slice(),
      };
    }),
  );
  tf.dispose([feeds, results]);
  model.dispose();
  return outputs;
}

async function loadTfjs(): Promise<typeof Tfjs> {
  const tf = require('@tensorflow/tfjs') as typeof Tfjs;
  const wasm = require('@tensorflow/tfjs-backend-wasm') as typeof TfjsWasm;
  if (tf.getBackend() !== 'wasm') {
    wasm.setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/'));
    await tf.setBackend('wasm');
  }
  return tf;
}
