/**
 * Entry of the native baseline's process (see startNativeBaseline.ts): loads onnxruntime-node, then creates sessions and runs
 * iterations as the parent asks.
 */
import { createRequire } from 'node:module';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { type TensorType, type TensorValue, tensorView } from '../../src/bundle/tensor.js';
import type { Calls, Workload } from './protocol.js';
import { millisecondsSince, serveCalls } from './serveCalls.js';

type Runtime = typeof import('onnxruntime-node');

let runtime: Runtime;
let workload: Workload;
let session: InferenceSession | undefined;
let lastOutputs: InferenceSession.ReturnType | undefined;

serveCalls('onnxruntime-node', { load, setup, predict, outputs, endProfile, usesCpuProvider });

async function load(given: Workload): Promise<Calls['load']['result']> {
  workload = given;
  try {
    runtime = createRequire(import.meta.url)(given.runtimePath);
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
  runtime.env.logLevel = 'fatal';
  return { version: runtime.env.versions.node ?? 'unknown' };
}

async function setup(): Promise<number> {
  await session?.release();
  lastOutputs = undefined;
  const start = process.hrtime.bigint();
  session = await runtime.InferenceSession.create(workload.modelPath, sessionOptions());
  return millisecondsSince(start);
}

function sessionOptions(): InferenceSession.SessionOptions {
  return {
    executionProviders: [workload.provider],
    intraOpNumThreads: workload.threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
    ...(workload.profilePrefix === null ? {} : { enableProfiling: true, profileFilePrefix: workload.profilePrefix }),
  };
}

async function endProfile(): Promise<null> {
  session?.endProfiling();
  return null;
}

/** https://github.com/microsoft/onnxruntime/blob/main/include/onnxruntime/core/session/onnxruntime_session_options_config_keys.h */
async function usesCpuProvider(): Promise<boolean> {
  if (workload.provider === 'cpu') return true;
  try {
    const strict = await runtime.InferenceSession.create(workload.modelPath, {
      ...sessionOptions(),
      extra: { session: { disable_cpu_ep_fallback: '1' } },
    });
    await strict.release();
    return false;
  } catch (error) {
    if (error instanceof Error && error.message.includes('assigned to the default CPU EP')) return true;
    throw error;
  }
}

async function predict(iterations: number): Promise<number[]> {
  const latenciesMs: number[] = [];
  for (let i = 0; i < iterations; i++) latenciesMs.push(await iterate());
  return latenciesMs;
}

async function iterate(): Promise<number> {
  if (!session) throw new Error('setup was not called');
  const start = process.hrtime.bigint();
  const feeds: Record<string, Tensor> = {};
  for (const { spec, bytes } of workload.inputs) {
    feeds[spec.name] = new runtime.Tensor(spec.type, tensorView(spec.type, bytes) as Tensor.DataType, spec.shape);
  }
  lastOutputs = await session.run(feeds);
  for (const name of session.outputNames) void lastOutputs[name]!.data;
  return millisecondsSince(start);
}

async function outputs(): Promise<TensorValue[]> {
  if (!session || !lastOutputs) throw new Error('no iteration has run yet');
  const values = lastOutputs;
  return session.outputNames.map((name) => {
    const { type, dims, data } = values[name]!;
    const { buffer, byteOffset, byteLength } = data as Exclude<typeof data, string[]>;
    return { name, type: type as TensorType, shape: [...dims], data: new Uint8Array(buffer, byteOffset, byteLength) };
  });
}
