import type * as Tfjs from '@tensorflow/tfjs';
import { isLayersModel } from '../../../../src/bundle/isLayersModel.js';
import { type TensorSpec, type TensorType, tensorView } from '../../../../src/bundle/tensor.js';
import type { OutputTensor } from '../framework.js';

/** A model of either kind, as pages and tfjs-node run it. */
export interface LoadedTfjsModel {
  /** What runs a graph model; null for a layers model. */
  readonly graph: Tfjs.GraphModel | null;
  /** Whether nodes run in sequence rather than asynchronously. */
  readonly synchronous: boolean;
  readonly outputNames: readonly string[];
  /** One prediction. Outputs are in the order of their names. */
  run(feeds: Tfjs.NamedTensorMap): Promise<readonly Tfjs.Tensor[]>;
  dispose(): void;
}

/**
 * Loads a TF.js model like `loadGraphModel` and `loadLayersModel`, without the caller knowing which kind it is.
 * @throws Error of the framework; for a custom layer, which only its authors' script defines, with that layer's name
 */
export async function loadTfjsModel(tf: typeof Tfjs, artifacts: Tfjs.io.ModelArtifacts): Promise<LoadedTfjsModel> {
  const handler = { load: async () => artifacts };
  return isLayersModel(artifacts) ? layers(await tf.loadLayersModel(handler)) : graph(await tf.loadGraphModel(handler));
}

/** A Sequential model has one input and one output, and does not list their names. */
function layers(model: Tfjs.LayersModel): LoadedTfjsModel {
  const { inputNames, outputNames } = model;
  return {
    graph: null,
    synchronous: true,
    outputNames: outputNames.length > 0 ? outputNames : [model.layers.at(-1)!.name],
    async run(feeds) {
      const inputs = inputNames.length > 0 ? inputNames.map((name) => feeds[name]!) : Object.values(feeds);
      return [model.predict(inputs.length === 1 ? inputs[0]! : inputs)].flat();
    },
    dispose: () => void model.dispose(),
  };
}

function graph(model: Tfjs.GraphModel): LoadedTfjsModel {
  const signature = model.modelSignature as { outputs?: Record<string, unknown> } | undefined;
  const declared = Object.keys(signature?.outputs ?? {});
  const outputNames = declared.length > 0 ? declared : model.outputs.map(({ name }) => name);
  /** Control flow, and operators whose output size is not known in advance, need the asynchronous executor, which is slower. */
  let synchronous = true;
  return {
    graph: model,
    get synchronous() {
      return synchronous;
    },
    outputNames,
    async run(feeds) {
      if (synchronous) {
        try {
          return [model.execute(feeds, outputNames)].flat();
        } catch (error) {
          // The model is rejected before anything has run, so only the warm-up ever fails here.
          if (!(error instanceof Error) || !error.message.includes('executeAsync')) throw error;
          synchronous = false;
        }
      }
      return [await model.executeAsync(feeds, outputNames)].flat();
    },
    dispose: () => model.dispose(),
  };
}

/**
 * One prediction of a TF.js model, from inputs in to outputs read back; it leaves no tensor behind. It is the same in a page and
 * in tfjs-node.
 */
export async function predictTfjs(tf: typeof Tfjs, model: LoadedTfjsModel, inputs: readonly TfjsFeed[]): Promise<OutputTensor[]> {
  const feeds = feedsOf(tf, inputs);
  const results = await model.run(feeds);
  const outputs = await readOutputs(model, results);
  tf.dispose([feeds, [...results]]);
  return outputs;
}

/** An input and its contents. */
interface TfjsFeed {
  readonly spec: TensorSpec;
  readonly bytes: Uint8Array;
}

export function feedsOf(tf: typeof Tfjs, inputs: readonly TfjsFeed[]): Tfjs.NamedTensorMap {
  const feeds: Tfjs.NamedTensorMap = {};
  for (const { spec, bytes } of inputs) {
    const values = tensorView(spec.type, bytes) as Float32Array;
    feeds[spec.name] = tf.tensor(values, [...spec.shape], spec.type as 'float32' | 'int32' | 'bool');
  }
  return feeds;
}

export function readOutputs({ outputNames }: LoadedTfjsModel, results: readonly Tfjs.Tensor[]): Promise<OutputTensor[]> {
  return Promise.all(
    results.map(async (tensor, i) => ({
      name: outputNames[i]!,
      type: tensor.dtype as TensorType,
      shape: tensor.shape,
      data: await tensor.data(),
    })),
  );
}
