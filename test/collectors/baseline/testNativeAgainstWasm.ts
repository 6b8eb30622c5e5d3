import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { expect, test } from 'vitest';
import { compareOutputs } from '../../../collectors/baseline/compareOutputs.js';
import type { BaselineInput } from '../../../collectors/baseline/protocol.js';
import { startNativeBaseline } from '../../../collectors/baseline/startNativeBaseline.js';
import type { Model } from '../../../models/model.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { type TensorType, type TensorValue, tensorView } from '../../../src/bundle/tensor.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';

env.wasm.numThreads = 1;
env.wasm.wasmPaths = `${pathToFileURL(dirname(createRequire(import.meta.url).resolve('onnxruntime-web'))).href}/`;

/** One test per model that has an ONNX form. */
export function testNativeAgainstWasm(models: readonly Model[]): void {
  const asOnnx = models.filter(({ formats }) => formats.includes('onnx'));
  test.each(asOnnx.map((model) => [model.name, model] as const))(
    '%s computes the same natively and in Wasm',
    async (_, model) => {
      const file = await model.write(await temporaryFolder());
      const inputs = modelFeeds(file, [], 1).inputs;
      const native = await runNatively(file.path, inputs);
      const check = compareOutputs(await runInWasm(file.path, inputs), native, 1e-4);
      expect(check.outputs.map(({ problem }) => problem)).toEqual(native.map(() => null));
      expect(check.match).toBe(true);
      // Outputs of bytes that are all alike, such as zeros, would match whatever was computed.
      for (const { data } of native) expect(new Set(data).size).toBeGreaterThan(2);
    },
  );
}

async function runNatively(modelPath: string, inputs: readonly BaselineInput[]): Promise<TensorValue[]> {
  const baseline = await startNativeBaseline({ modelPath, inputs, threads: 1 });
  try {
    await baseline.setup();
    await baseline.warmup();
    return await baseline.outputs();
  } finally {
    await baseline.close();
  }
}

async function runInWasm(modelPath: string, inputs: readonly BaselineInput[]): Promise<TensorValue[]> {
  const session = await InferenceSession.create(await readFile(modelPath), {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
  });
  const feeds = Object.fromEntries(
    inputs.map(({ spec, bytes }) => [
      spec.name,
      new Tensor(spec.type, tensorView(spec.type, bytes) as Tensor.DataType, spec.shape),
    ]),
  );
  const outputs = await session.run(feeds);
  const values = Object.entries(outputs).map(([name, { type, dims, data }]) => {
    const { buffer, byteOffset, byteLength } = data as Float32Array;
    return { name, type: type as TensorType, shape: [...dims], data: new Uint8Array(buffer, byteOffset, byteLength) };
  });
  await session.release();
  return values;
}
