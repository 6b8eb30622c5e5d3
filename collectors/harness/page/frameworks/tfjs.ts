import type * as Tfjs from '@tensorflow/tfjs';
import type * as TfjsWasm from '@tensorflow/tfjs-backend-wasm';
import { timingName, type Workload } from '../../protocol.js';
import type { PageFramework } from '../framework.js';
import { measureClockUse } from '../measureClockUse.js';
import { type LoadedTfjsModel, loadTfjsModel, predictTfjs } from './tfjsModel.js';
import { tfjsPlacement } from './tfjsPlacement.js';
import { type TfjsProfiler, tfjsProfiler } from './tfjsProfiler.js';

/** What the published scripts leave in the global scope. */
type Tf = typeof Tfjs & { readonly wasm: typeof TfjsWasm };

/**
 * TensorFlow.js with a graph or layers model. On its Wasm backend, which of its three modules runs follows from the workload: without
 * SIMD the plain one, which has no threads; with one thread the SIMD one; with several the one with SIMD and threads.
 * https://github.com/tensorflow/tfjs/tree/master/tfjs-backend-wasm
 */
export function tfjs(): PageFramework {
  let tf: Tf;
  let model: LoadedTfjsModel;
  let workload: Workload;
  let profiler: TfjsProfiler | null = null;
  let profiled = 0;

  const configureWasm = (): void => {
    tf.wasm.setWasmPaths('/framework/tfjs-backend-wasm/');
    if (workload.simd === false) tf.env().set('WASM_HAS_SIMD_SUPPORT', false);
    if (workload.threads === 1) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    else tf.wasm.setThreadsCount(workload.threads);
  };

  const setup: PageFramework['setup'] = async () => {
    const capped = workload.backend === 'wasm' && workload.threads > Math.max(1, navigator.hardwareConcurrency / 2);
    const started = () => tf.setBackend(workload.backend);
    if (!(await (capped ? withProcessors(2 * workload.threads, started) : started()))) {
      throw new Error(`TF.js could not start its ${workload.backend} backend`);
    }
    model = await loadTfjsModel(tf, await fetchTfjsModel(tf, new URL('/model', location.origin).href, workload.externalData));
    if (workload.profileOperators) profiler = tfjsProfiler(tf, workload.backend, model);
    const threaded =
      workload.backend === 'wasm' &&
      (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) &&
      (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'));
    const threads = threaded ? tf.wasm.getThreadsCount() : 1;
    return { threads, note: capped && threads > 1 ? MORE_THREADS : null };
  };

  const predict: PageFramework['predict'] = (inputs) => {
    const fed = workload.inputs.map((spec, i) => ({ spec, bytes: new Uint8Array(inputs[i]!) }));
    return predictTfjs(tf, model, fed);
  };

  return {
    async load(given) {
      workload = given;
      const { backend } = workload;
      await import(SCRIPT);
      // The main script brings the WebGL backend along.
      if (backend !== 'webgl') await import(scriptOf(backend));
      ({ tf } = globalThis as unknown as { tf: Tf });
      if (backend === 'wasm') configureWasm();
      return { version: tf.version_core };
    },
    setup,
    predict(inputs) {
      if (!profiler) return predict(inputs);
      const { prediction } = profiler;
      return measureClockUse(timingName(workload.runId, 'profiled', profiled++), () => prediction(() => predict(inputs)));
    },
    async profile() {
      if (!profiler) throw new Error('TF.js was set up without its profiler');
      return profiler.text();
    },
    tensorBytes: (made) => tfjsTensorBytes(tf, made),
    async dispose() {
      model.dispose();
    },
    async missingOperator({ message }) {
      const words = /Unknown op '([^']+)'|Unknown layer: ([\w.-]*\w)/.exec(message);
      const unknown = words?.[1] ?? words?.[2];
      if (unknown !== undefined) return { operator: unknown, runsOn: [] };
      const kernel = /Kernel '([^']+)' not registered|Cannot find registered kernel '([^']+)'/.exec(message);
      const operator = kernel?.[1] ?? kernel?.[2];
      if (operator === undefined) return null;
      // Their scripts name the kernels that they have as they load.
      for (const other of OTHERS) await import(scriptOf(other));
      const runsOn = ['webgpu', 'webgl', 'wasm'].filter((other) => tf.getKernel(operator, other) !== undefined);
      return { operator, runsOn };
    },
    async placement(inputs) {
      if (workload.backend === 'wasm') return null;
      await setup();
      return tfjsPlacement(tf, workload.backend, () => predict(inputs));
    },
  };
}

const SCRIPT = '/framework/tfjs/tf.min.js';
const OTHERS = ['wasm', 'webgpu'];
const scriptOf = (backend: string): string => `/framework/tfjs-backend-${backend}/tf-backend-${backend}.min.js`;

const MORE_THREADS =
  'TF.js by itself takes at most half of the logical processors as threads. To have the threads that were asked for, the page told it of more processors than there are.';

/** Runs an action while this realm's navigator tells of so many logical processors; TF.js reads it as its module starts. */
async function withProcessors<T>(count: number, action: () => Promise<T>): Promise<T> {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: count, configurable: true });
  try {
    return await action();
  } finally {
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
  }
}

/**
 * Fetches what a TF.js model consists of: its graph or layers, and its weights.
 * @param url where its model.json is
 * @param weights the names of its weights files in the order in which the harness serves them
 */
function fetchTfjsModel(tf: typeof Tfjs, url: string, weights: readonly string[]): Promise<Tfjs.io.ModelArtifacts> {
  return tf.io.http(url, {
    weightUrlConverter: async (name) => `/external/${weights.indexOf(name)}`,
    ...(weights.length > CONNECTIONS && { fetchFunc: fetchWhole }),
  }).load!();
}

/** Connections that browsers open to one server at once with HTTP/1.1. */
const CONNECTIONS = 6;

/**
 * Reads a response to its end. TF.js asks for all files at once, and reads none before it has the first bytes of each: with more files
 * than connections, the last wait for the first, and the first to be read.
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/weights_loader.ts, `loadWeightsAsArrayBuffer`
 */
const fetchWhole: typeof fetch = async (...request) => {
  const response = await fetch(...request);
  const { status, headers } = response;
  return new Response(await response.arrayBuffer(), { status, headers });
};

/** The part of TF.js' engine that its types leave out. */
interface Engine {
  readonly state: { readonly numBytes: number };
  trackTensor(...parameters: unknown[]): void;
}

/**
 * Bytes of the tensors that are alive, as TF.js counts them (`tf.memory().numBytes`): weights and inputs too. Two tensors that share their
 * data, as after a Reshape, count twice; what a kernel takes for itself while it runs does not count.
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/engine.ts (trackTensor)
 * @param made called whenever a tensor was made: between two such calls the sum only falls, so that no peak is missed
 */
function tfjsTensorBytes(tf: typeof Tfjs, made: () => void): () => number {
  const engine = tf.engine() as unknown as Engine;
  const { trackTensor } = engine;
  engine.trackTensor = (...parameters) => {
    trackTensor.apply(engine, parameters);
    made();
  };
  return () => engine.state.numBytes;
}
