import type { Framework } from './framework.js';

/** A change of code in the terms of the framework that ran; `any`: for one that is not known. */
type Codes = Readonly<Record<Framework | 'any', string | null>>;

const of =
  (codes: Codes) =>
  (framework: Framework | null): string | null =>
    codes[framework ?? 'any'];

/** One session for all inferences. */
export const keepSessionCode = of({
  ort: 'const session = ort.InferenceSession.create(modelUrl); // once, outside of the function that infers\nasync function infer(feeds) { return (await session).run(feeds); }',
  tfjs: 'const model = tf.loadGraphModel(modelUrl); // once, outside of the function that infers\nasync function infer(input) { return (await model).executeAsync(input); }',
  any: 'Create the session, or load the model, once at the top of the module, and let the function that infers use it.',
});

/** An inference before somebody waits for one. */
export const warmUpCode = of({
  ort: 'const session = await ort.InferenceSession.create(modelUrl);\nawait session.run(feeds); // of zeros, in the shapes that are used later',
  tfjs: 'const model = await tf.loadGraphModel(modelUrl);\ntf.dispose(await model.executeAsync(tf.zeros(shape))); // in the shape that is used later',
  any: 'Infer once with zeros, in the shapes that are used later, right after the model is loaded.',
});

/** Several, until all code is compiled by the top tier. */
export const warmUpLongerCode = of({
  ort: 'for (let i = 0; i < 10; i++) await session.run(feeds); // before predictions count',
  tfjs: 'for (let i = 0; i < 10; i++) tf.dispose(await model.executeAsync(input)); // before predictions count',
  any: 'Infer ten times with zeros, in the shapes that are used later, before predictions count.',
});

export const WORKER_CODE = [
  "const worker = new Worker(new URL('./infer.js', import.meta.url), { type: 'module' });",
  'worker.onmessage = ({ data }) => show(data);',
  'worker.postMessage(input, [input.buffer]); // infer.js computes, and posts its outputs back',
].join('\n');

/** What a page has to do so that its inferences are known. */
export const MEASURE_CODE = [
  'const start = performance.now();',
  'await infer(); // the call of the model',
  "performance.measure('inference', { start, end: performance.now() });",
].join('\n');

export const webGpuCode = of({
  ort: "import * as ort from 'onnxruntime-web/webgpu';\nconst session = await ort.InferenceSession.create(modelUrl, { executionProviders: ['webgpu'] });",
  tfjs: "import '@tensorflow/tfjs-backend-webgpu';\nawait tf.setBackend('webgpu');",
  any: null,
});

/** Outputs that stay on the GPU. */
export const deviceOutputsCode = of({
  ort: "await ort.InferenceSession.create(modelUrl, { executionProviders: ['webgpu'], preferredOutputLocation: 'gpu-buffer' });",
  tfjs: 'const { buffer } = output.dataToGPU(); // in place of await output.data()',
  any: null,
});

export const fixedShapesCode = of({
  ort: 'await ort.InferenceSession.create(modelUrl, { freeDimensionOverrides: { batch: 1 } }); // by the model’s names of them',
  tfjs: null,
  any: null,
});

export const capturedGraphCode = of({
  ort: "await ort.InferenceSession.create(modelUrl, { executionProviders: ['webgpu'], enableGraphCapture: true }); // inputs in GPU buffers that stay the same",
  tfjs: null,
  any: null,
});

/** @param headers that the page lacks for threads; empty where it has all */
export function threadsCode(framework: Framework | null, threads: number, headers: readonly string[] = []): string | null {
  const code = of({
    ort: `ort.env.wasm.numThreads = ${threads}; // before the first session`,
    tfjs: `setThreadsCount(${threads}); // of @tensorflow/tfjs-backend-wasm, before tf.setBackend('wasm')`,
    any: null,
  })(framework);
  const lines = [...headers, ...(code === null ? [] : [code])];
  return lines.length > 0 ? lines.join('\n') : null;
}

/** What a server sends so that a page is cross-origin isolated. https://developer.mozilla.org/docs/Web/API/Window/crossOriginIsolated */
export const ISOLATION_HEADERS = [
  'Cross-Origin-Opener-Policy: same-origin',
  'Cross-Origin-Embedder-Policy: require-corp',
] as const;

export const simdCode = of({
  ort: 'Serve ort-wasm-simd-threaded.wasm beside the script, and point ort.env.wasm.wasmPaths at it.',
  tfjs: 'Serve tfjs-backend-wasm-simd.wasm too, and name its folder in setWasmPaths().',
  any: null,
});
