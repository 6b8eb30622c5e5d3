import type * as LiteRt from '@litertjs/core';
import { type TensorType, tensorView } from '../../../../src/bundle/tensor.js';
import { scriptUrls } from '../../../frameworks.js';
import type { Workload } from '../../protocol.js';
import type { PageFramework } from '../framework.js';
import { importLinked } from './importLinked.js';

/**
 * LiteRT.js with a .tflite model. Which of its Wasm builds runs is its own choice: with several threads the threaded one, which needs
 * relaxed SIMD; with one thread the relaxed one, and the compat one in a browser without relaxed SIMD. `build` of the workload names another.
 * Loading it asks for a WebGPU device on Wasm too, which its API cannot turn off.
 * https://ai.google.dev/edge/litert/web
 */
export function litert(): PageFramework {
  let runtime: typeof LiteRt;
  let model: LiteRt.CompiledModel;
  let workload: Workload;
  let loaded: Promise<void> | undefined;

  return {
    async load(given) {
      workload = given;
      const [script, utils] = scriptUrls('litert', workload.backend) as [string, string];
      runtime = (await importLinked(script, { imports: { '@litertjs/wasm-utils': utils } })) as typeof LiteRt;
      // The library does not tell.
      const { version } = (await (await fetch('/framework/litert-package/package.json')).json()) as { version: string };
      return { version };
    },
    async setup() {
      const build = workload.build ?? (await usualBuild(runtime, workload));
      loaded ??= loadRuntime(runtime, build);
      await loaded;
      const threads = build === 'threaded' ? workload.threads : 1;
      model = await runtime.loadAndCompile('/model', {
        accelerator: workload.backend as LiteRt.Accelerator,
        cpuOptions: { numThreads: threads },
      });
      return { threads, note: null };
    },
    async predict(inputs) {
      const fed = Object.fromEntries(
        workload.inputs.map(({ name, type, shape }, i) => {
          const values = tensorView(type, new Uint8Array(inputs[i]!)) as LiteRt.TypedArray;
          return [name, new runtime.Tensor(values, [...shape])];
        }),
      );
      const results = await model.run(fed).catch(explained);
      const outputs = await Promise.all(
        Object.entries(results).map(async ([name, tensor]) => {
          const { dtype, layout } = tensor.type;
          return { name, type: dtype as TensorType, shape: [...layout.dimensions], data: await tensor.data() };
        }),
      );
      for (const tensor of [...Object.values(fed), ...Object.values(results)]) tensor.delete();
      return outputs;
    },
    async dispose() {
      model.delete();
    },
  };
}

/** Where WebGPU lacks an operator and the browser has JSPI, LiteRT.js splits the model, which only its JSPI build can run. */
function explained(error: unknown): never {
  if (!(error instanceof ReferenceError && error.message.startsWith('Asyncify '))) throw error;
  throw new Error('LiteRT.js has no WebGPU kernel for some of its operators, and runs these elsewhere only in its JSPI build.');
}

/** The script of each build of its Wasm, by the build's id. */
const BUILDS: Readonly<Record<string, string>> = {
  relaxed: 'litert_wasm_internal.js',
  compat: 'litert_wasm_compat_internal.js',
  threaded: 'litert_wasm_threaded_internal.js',
};

/** https://github.com/google-ai-edge/LiteRT/blob/main/litert/js/packages/core/src/load.ts */
async function usualBuild({ supportsFeature }: typeof LiteRt, { backend, threads }: Workload): Promise<string> {
  // A page that is not isolated has no threads, as with ORT.
  if (backend === 'wasm' && threads > 1 && crossOriginIsolated) return 'threaded';
  return (await supportsFeature('relaxedSimd')) ? 'relaxed' : 'compat';
}

const FOLDER = '/framework/litert-wasm/';

async function loadRuntime(runtime: typeof LiteRt, build: string): Promise<void> {
  const script = BUILDS[build];
  if (script === undefined) throw new Error(`LiteRT.js has no build ${build}; it has ${Object.keys(BUILDS).join(', ')}.`);
  const url = new URL(FOLDER + script, location.origin).href;
  const realm = globalThis as unknown as { Module?: object; importScripts?: (url: string) => void };
  // What Emscripten finds out by itself in a page, and not in a worker.
  realm.Module = { locateFile: (file: string) => new URL(FOLDER + file, location.origin).href, mainScriptUrlOrBlob: url };
  if (realm.importScripts !== undefined) {
    // The harness's worker is a module, where importScripts fails.
    await importLinked(url, { exposes: 'ModuleFactory' });
    realm.importScripts = () => {};
  }
  await runtime.loadLiteRt(url);
}
