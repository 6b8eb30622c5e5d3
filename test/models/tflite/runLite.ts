import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import type * as LiteRt from '@litertjs/core';
import { type TensorType, type TensorValue, tensorView } from '../../../src/bundle/tensor.js';

const require = createRequire(import.meta.url);

/** Runs a .tflite in Node, on LiteRT.js' compat build, whose kernels are those of the page; int64 goes in as int32. */
export async function runLite(file: Uint8Array, inputs: readonly TensorValue[]): Promise<TensorValue[]> {
  const runtime = await loadLiteRt();
  const model = await runtime.loadAndCompile(file, { accelerator: 'wasm', cpuOptions: { numThreads: 1 } });
  const feeds = Object.fromEntries(
    inputs.map(({ name, type, shape, data }) => {
      const values = tensorView(type, data);
      const fed = values instanceof BigInt64Array ? Int32Array.from(values, Number) : values;
      return [name, new runtime.Tensor(fed as Float32Array<ArrayBuffer>, [...shape])];
    }),
  );
  const results = await model.run(feeds);
  const outputs = await Promise.all(
    Object.entries(results).map(async ([name, tensor]) => {
      const { buffer, byteOffset, byteLength } = await tensor.data();
      const { dtype, layout } = tensor.type;
      return {
        name,
        type: dtype as TensorType,
        shape: [...layout.dimensions],
        data: new Uint8Array(buffer, byteOffset, byteLength),
      };
    }),
  );
  for (const tensor of [...Object.values(feeds), ...Object.values(results)]) tensor.delete();
  model.delete();
  return outputs;
}

let loading: Promise<typeof LiteRt> | undefined;

/** Its page's script is loaded as a worker would load it. */
function loadLiteRt(): Promise<typeof LiteRt> {
  loading ??= (async () => {
    const script = join(dirname(require.resolve('@litertjs/core')), '../wasm/litert_wasm_compat_internal.js');
    const realm = globalThis as unknown as Record<string, unknown>;
    const wasmBinary = readFileSync(script.replace(/js$/, 'wasm'));
    realm.self = globalThis;
    realm.ReadableStreamDefaultReader ??= class {};
    realm.importScripts = () => {
      // The package says that its scripts are modules, and this one is none.
      const module = { exports: {} };
      compileFunction(readFileSync(script, 'utf8'), ['require', 'module', 'exports', '__filename', '__dirname'])(
        require,
        module,
        module.exports,
        script,
        dirname(script),
      );
      realm.ModuleFactory = module.exports;
      realm.Module = { wasmBinary, printErr: () => {}, print: () => {} };
    };
    const runtime = await import('@litertjs/core');
    await runtime.loadLiteRt(script);
    return runtime;
  })();
  return loading;
}
