import type * as Ort from 'onnxruntime-web';
import { type TensorType, tensorView } from '../../../../src/bundle/tensor.js';
import { scriptUrls } from '../../../frameworks.js';
import { timingName, type Workload } from '../../protocol.js';
import type { OutputTensor, PageFramework } from '../framework.js';
import { measureClockUse } from '../measureClockUse.js';
import { ortPlacement } from './ortPlacement.js';
import { gpuInput, isComputed, sessionOptions } from './ortSession.js';

/** onnxruntime-web. https://onnxruntime.ai/docs/tutorials/web/env-flags-and-session-options.html */
export function ort(): PageFramework {
  let runtime: typeof Ort;
  let session: Ort.InferenceSession;
  let workload: Workload;
  let printed: readonly string[] = [];
  let profiled = 0;

  const createSession = async (more: Ort.InferenceSession.SessionOptions = {}): Promise<Ort.InferenceSession> => {
    const model = await (await fetch('/model')).arrayBuffer();
    return runtime.InferenceSession.create(new Uint8Array(model), {
      executionProviders: [workload.backend],
      graphOptimizationLevel: 'all',
      externalData: workload.externalData.map((path, i) => ({ path, data: `/external/${i}` })),
      ...sessionOptions(workload),
      ...more,
    });
  };

  /** In place of tensors made for each prediction. */
  const inBuffers: Ort.Tensor[] = [];
  const feedsOf = async (inputs: readonly ArrayBuffer[]): Promise<Record<string, Ort.Tensor>> => {
    const feeds: Record<string, Ort.Tensor> = {};
    for (const [i, input] of workload.inputs.entries()) {
      const view = tensorView(input.type, new Uint8Array(inputs[i]!)) as Float32Array;
      if (workload.session.includes('captured-graph')) {
        feeds[input.name] = inBuffers[i] = await gpuInput(runtime, input, view, inBuffers[i]);
      } else feeds[input.name] = new runtime.Tensor(input.type as 'float32', view, input.shape);
    }
    return feeds;
  };

  /** What the last prediction left where it was computed. */
  let left: Ort.InferenceSession.OnnxValueMapType = {};
  const readBack = (results: Ort.InferenceSession.OnnxValueMapType): Promise<OutputTensor[]> =>
    Promise.all(
      session.outputNames.map(async (name) => {
        const tensor = results[name]!;
        return {
          name,
          type: tensor.type as TensorType,
          shape: tensor.dims,
          data: (await tensor.getData(true)) as ArrayBufferView,
        };
      }),
    );

  return {
    async load(given) {
      workload = given;
      // This must come before ORT's Wasm starts, because it then captures the console.
      if (workload.profileOperators) printed = keepPrinted();
      const [script] = scriptUrls('ort', workload.backend, workload.build);
      runtime = (await import(script!)) as typeof Ort;
      runtime.env.logLevel = 'error';
      runtime.env.wasm.wasmPaths = '/framework/onnxruntime-web/';
      runtime.env.wasm.numThreads = workload.threads;
      if (workload.moduleAsBytes) {
        const module = await fetch('/framework/onnxruntime-web/ort-wasm-simd-threaded.wasm');
        runtime.env.wasm.wasmBinary = await module.arrayBuffer();
      }
      return { version: runtime.env.versions.web ?? runtime.env.versions.common };
    },
    async setup() {
      session = await createSession({ enableProfiling: workload.profileOperators });
      // If the page is not isolated, ORT falls back to one thread by itself and reports it here.
      return { threads: runtime.env.wasm.numThreads ?? 1, note: null };
    },
    async predict(inputs) {
      const feeds = await feedsOf(inputs);
      const results = await (workload.profileOperators
        ? measureClockUse(timingName(workload.runId, 'profiled', profiled++), () => session.run(feeds))
        : session.run(feeds));
      if (!workload.session.includes('outputs-left')) return readBack(results);
      await isComputed(runtime);
      for (const tensor of Object.values(left)) tensor.dispose();
      left = results;
      return [];
    },
    leftOutputs: () => readBack(left),
    async dispose() {
      await session.release();
    },
    async profile() {
      session.endProfiling();
      return ortProfileText(printed);
    },
    async missingOperator({ message }) {
      const operator = LACKS.map((pattern) => pattern.exec(message)?.[1]).find((name) => name !== undefined);
      // Its WebGL backend is separate. What the other backends lack runs in ORT's own CPU code in Wasm.
      return operator === undefined ? null : { operator, runsOn: workload.backend === 'webgl' ? ['webgpu', 'wasm'] : [] };
    },
    async placement() {
      // The WebGL backend rejects operators that it lacks.
      if (workload.backend === 'webgl') return null;
      const { lines, value } = await withConsole(() => createSession({ logSeverityLevel: 0, logVerbosityLevel: 1 }));
      await value.release();
      return ortPlacement(lines, workload.backend);
    },
  };
}

/**
 * Messages by which ORT reports a missing operator: from its WebGL backend, its Wasm code for a tensor type, and its model
 * loader.
 */
const LACKS = [
  /cannot resolve operator '([^']+)' with opsets/,
  /Could not find an implementation for (\S+?)\(\d+\) node/,
  /No Op registered for (\S+) with domain_version/,
  /(\S+?)\(-?\d+\) is not a registered function\/op/,
];

/** Runs an action and collects what is printed to the console meanwhile. ORT's Wasm captures the console when it starts. */
async function withConsole<T>(action: () => Promise<T>): Promise<{ lines: string[]; value: T }> {
  const lines: string[] = [];
  const kinds = ['log', 'info', 'warn', 'error', 'debug'] as const;
  const originals = kinds.map((kind) => console[kind]);
  for (const kind of kinds) console[kind] = (...words: unknown[]) => lines.push(words.join(' '));
  try {
    return { value: await action(), lines };
  } finally {
    kinds.forEach((kind, i) => {
      console[kind] = originals[i]!;
    });
  }
}

/** Collects the arguments of `console.log` from now on instead of printing them. @returns the list, which grows */
function keepPrinted(): readonly string[] {
  const lines: string[] = [];
  console.log = (...words: unknown[]) => {
    lines.push(words.join(' '));
  };
  return lines;
}

/**
 * Extracts the profile from the lines that ONNX Runtime's Wasm printed. Natively it is a file; Wasm writes it to standard output,
 * one event per line, between brackets on separate lines.
 * https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/common/profiler.cc
 * @throws Error if there is none
 */
function ortProfileText(lines: readonly string[]): string {
  const from = lines.lastIndexOf('[');
  const to = lines.indexOf(']', from);
  if (from < 0 || to < 0) throw new Error('ONNX Runtime printed no profile');
  return lines.slice(from, to + 1).join('\n');
}
