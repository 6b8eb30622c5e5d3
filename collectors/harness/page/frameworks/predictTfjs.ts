import type * as Tfjs from '@tensorflow/tfjs';
import type { TensorSpec, TensorType } from '../../../../src/bundle/tensor.js';
import { tensorView } from '../../../../src/bundle/tensorView.js';
import type { OutputTensor } from '../framework.js';
import type { LoadedTfjsModel } from './loadTfjsModel.js';

/** One inference of a TF.js model, inputs in to outputs read back; no tensor outlives it. The same in a page and in tfjs-node. */
export async function predictTfjs(
  tf: typeof Tfjs,
  model: LoadedTfjsModel,
  inputs: readonly { readonly spec: TensorSpec; readonly bytes: Uint8Array }[],
): Promise<OutputTensor[]> {
  const feeds: Tfjs.NamedTensorMap = {};
  for (const { spec, bytes } of inputs) {
    const values = tensorView(spec.type, bytes) as Float32Array;
    feeds[spec.name] = tf.tensor(values, [...spec.shape], spec.type as 'float32' | 'int32' | 'bool');
  }
  const results = await model.run(feeds);
  const outputs = await Promise.all(
    results.map(async (tensor, i) => ({
      name: model.outputNames[i]!,
      type: tensor.dtype as TensorType,
      shape: tensor.shape,
      data: await tensor.data(),
    })),
  );
  tf.dispose([feeds, [...results]]);
  return outputs;
}
