/**
 * Entry of tfjs-node's process (see startTfjsNode.ts). It loads the package that the parent found, then loads the model and runs
 * iterations at the parent's request, with the same code as in a page.
 */
import { createRequire } from 'node:module';
import type * as Tfjs from '@tensorflow/tfjs';
import type { OutputTensor } from '../harness/page/framework.js';
import { type LoadedTfjsModel, loadTfjsModel, predictTfjs } from '../harness/page/frameworks/tfjsModel.js';
import type { Calls, Workload } from './protocol.js';
import { millisecondsSince, serveCalls } from './serveCalls.js';

/** What the package adds to TF.js, as far as it is used here. Its own types are missing if it is not installed. */
type Tf = typeof Tfjs & {
  readonly io: typeof Tfjs.io & { fileSystem(path: string): Tfjs.io.IOHandler };
  readonly version: Readonly<Record<string, string>>;
};

let tf: Tf;
let workload: Workload;
let model: LoadedTfjsModel | undefined;
let lastOutputs: readonly OutputTensor[] | undefined;

serveCalls('tfjs-node', { load, setup, predict, outputs });

async function load(given: Workload): Promise<Calls['load']['result']> {
  workload = given;
  try {
    tf = createRequire(import.meta.url)(given.runtimePath);
    await tf.ready();
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
  const backend = tf.getBackend();
  if (backend !== 'tensorflow') return { unavailable: `it computes on TF.js’s ${backend} backend instead of TensorFlow` };
  return { version: tf.version['tfjs-node'] ?? 'unknown' };
}

async function setup(): Promise<number> {
  model?.dispose();
  lastOutputs = undefined;
  const start = process.hrtime.bigint();
  model = await loadTfjsModel(tf, await tf.io.fileSystem(workload.modelPath).load!());
  return millisecondsSince(start);
}

async function predict(iterations: number): Promise<number[]> {
  if (!model) throw new Error('setup was not called');
  const latenciesMs: number[] = [];
  for (let i = 0; i < iterations; i++) {
    const start = process.hrtime.bigint();
    lastOutputs = await predictTfjs(tf, model, workload.inputs);
    latenciesMs.push(millisecondsSince(start));
  }
  return latenciesMs;
}

async function outputs(): Promise<Calls['outputs']['result']> {
  if (!lastOutputs) throw new Error('no iteration has run yet');
  return lastOutputs.map(({ data: { buffer, byteOffset, byteLength }, ...spec }) => ({
    ...spec,
    data: new Uint8Array(buffer, byteOffset, byteLength),
  }));
}
