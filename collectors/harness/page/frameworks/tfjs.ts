import type * as Tfjs from '@tensorflow/tfjs';
import type * as TfjsWasm from '@tensorflow/tfjs-backend-wasm';
import { scriptUrls } from '../../../frameworks.js';
import { timingName, type Workload } from '../../protocol.js';
import type { OutputTensor, PageFramework } from '../framework.js';
import { measureClockUse } from '../measureClockUse.js';
import { isComputed } from './tfjsComputed.js';
import { feedsOf, type LoadedTfjsModel, loadTfjsModel, predictTfjs, readOutputs } from './tfjsModel.js';
import { tfjsPlacement } from './tfjsPlacement.js';
import { type TfjsProfiler, tfjsProfiler } from './tfjsProfiler.js';

/** The globals that the published scripts define. */
type Tf = typeof Tfjs & { readonly wasm: typeof TfjsWasm };

/**
 * TensorFlow.js with a graph or layers model. The workload decides which of the three modules of its Wasm backend runs: without
 * SIMD the plain one, which has no threads; with one thread the SIMD one; with several threads the one with SIMD and threads.
 * https://github.com/tensorflow/tfjs/tree/master/tfjs-backend-wasm
 */
export function tfjs(): PageFramework {
  let tf: Tf;
  let model: LoadedTfjsModel;
  let workload: Workload;
  let profiler: TfjsProfiler | null = null;
  let profiled = 0;
  /** A backend is started once, also where models are loaded one after the other. */
  let isStarted = false;
  /** What the last prediction left where it was computed. */
  let left: readonly Tfjs.Tensor[] = [];

  const configureWasm = (): void => {
    // Its own fetch hands the bytes over.
    tf.wasm.setWasmPaths('/framework/tfjs-backend-wasm/', workload.moduleAsBytes === true);
    if (workload.simd === false) tf.env().set('WASM_HAS_SIMD_SUPPORT', false);
    if (workload.threads === 1 && workload.build !== 'threaded') tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    else tf.wasm.setThreadsCount(workload.threads);
  };

  const setup: PageFramework['setup'] = async () => {
    const capped = workload.backend === 'wasm' && workload.threads > Math.max(1, navigator.hardwareConcurrency / 2);
    const started = () => tf.setBackend(workload.backend);
    if (!isStarted && !(await (capped ? withProcessors(2 * workload.threads, started) : started()))) {
      throw new Error(`TF.js could not start its ${workload.backend} backend`);
    }
    isStarted = true;
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
    return workload.session.includes('outputs-left') ? predictInPlace(fed) : predictTfjs(tf, model, fed);
  };

  const predictInPlace = async (fed: Parameters<typeof feedsOf>[1]): Promise<readonly OutputTensor[]> => {
    const feeds = feedsOf(tf, fed);
    const results = await model.run(feeds);
    await isComputed(tf, workload.backend);
    tf.dispose([feeds, [...left]]);
    left = results;
    return [];
  };

  return {
    async load(given) {
      workload = given;
      const { backend } = workload;
      for (const script of scriptUrls('tfjs', backend)) await import(script);
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
    leftOutputs: () => readOutputs(model, left),
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
      // The scripts of the other backends register their kernels when they load, if they are installed.
      for (const script of OTHERS.flatMap((other) => scriptUrls('tfjs', other))) await import(script).catch(() => {});
      const runsOn = ['webgpu', 'webgl', 'wasm'].filter((other) => tf.getKernel(operator, other) !== undefined);
      return { operator, runsOn };
    },
    async placement(inputs) {
      if (workload.backend === 'wasm') return null;
      await setup();
      return tfjsPlacement(tf, workload.backend, model, () => predict(inputs));
    },
  };
}

const OTHERS = ['wasm', 'webgpu'];

const MORE_THREADS =
  'TF.js by itself takes at most half of the logical processors as threads. To have the threads that were asked for, the page told it of more processors than there are.';

/** Runs an action while this realm's navigator reports `count` logical processors. TF.js reads it when its module starts. */
async function withProcessors<T>(count: number, action: () => Promise<T>): Promise<T> {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: count, configurable: true });
  try {
    return await action();
  } finally {
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
  }
}

/**
 * Fetches the parts of a TF.js model: its graph or layers, and its weights.
 * @param url of its model.json
 * @param weights names of its weights files, in the order in which the harness serves them
 */
function fetchTfjsModel(tf: typeof Tfjs, url: string, weights: readonly string[]): Promise<Tfjs.io.ModelArtifacts> {
  return tf.io.http(url, {
    weightUrlConverter: async (name) => `/external/${weights.indexOf(name)}`,
    ...(weights.length > CONNECTIONS && { fetchFunc: fetchWhole }),
  }).load!();
}

/** Most connections that browsers open to one server with HTTP/1.1. */
const CONNECTIONS = 6;

/**
 * Reads a response to its end. TF.js requests all files at once, and reads none before each has its first bytes. With more files
 * than connections, the last files wait for the first ones, which are not read until then.
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
 * Bytes of all live tensors by TF.js' own count (`tf.memory().numBytes`), including weights and inputs. Two tensors that share
 * their data, as after a Reshape, count twice. Memory that a kernel allocates for itself is not counted.
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/engine.ts (trackTensor)
 * @param made called after each new tensor; between two calls the sum only falls, so no peak is missed
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
