import type * as Ort from 'onnxruntime-web';
import type { TensorType } from '../../../../src/bundle/tensor.js';
import { tensorView } from '../../../../src/bundle/tensorView.js';
import type { Workload } from '../../protocol.js';
import type { PageFramework } from '../framework.js';

/** onnxruntime-web. https://onnxruntime.ai/docs/tutorials/web/env-flags-and-session-options.html */
export function ort(): PageFramework {
  let runtime: typeof Ort;
  let session: Ort.InferenceSession;
  let workload: Workload;
  return {
    async load(given) {
      workload = given;
      const script = `/framework/onnxruntime-web/ort.${workload.backend}.min.mjs`;
      runtime = (await import(script)) as typeof Ort;
      runtime.env.logLevel = 'error';
      runtime.env.wasm.wasmPaths = '/framework/onnxruntime-web/';
      runtime.env.wasm.numThreads = workload.threads;
      return { version: runtime.env.versions.web ?? runtime.env.versions.common };
    },
    async setup() {
      const model = await (await fetch('/model')).arrayBuffer();
      session = await runtime.InferenceSession.create(new Uint8Array(model), {
        executionProviders: [workload.backend],
        graphOptimizationLevel: 'all',
        externalData: workload.externalData.map((path, i) => ({ path, data: `/external/${i}` })),
      });
      // ORT falls back to one thread by itself, and says so here, where the page is not isolated.
      return { threads: runtime.env.wasm.numThreads ?? 1, note: null };
    },
    async predict(inputs) {
      const feeds: Record<string, Ort.Tensor> = {};
      workload.inputs.forEach((input, i) => {
        feeds[input.name] = new runtime.Tensor(
          input.type as 'float32',
          tensorView(input.type, new Uint8Array(inputs[i]!)) as Float32Array,
          input.shape,
        );
      });
      const results = await session.run(feeds);
      return Promise.all(
        session.outputNames.map(async (name) => {
          const tensor = results[name]!;
          return { name, type: tensor.type as TensorType, shape: tensor.dims, data: (await tensor.getData()) as ArrayBufferView };
        }),
      );
    },
  };
}
