import { findings, type Output } from '../../../src/detection/findings.js';
import { pictureInputOf, pixelsFor } from '../../../src/detection/pictureInput.js';
import { type GpuHook, installGpuHook } from '../../gpuHook/page/gpuHook.js';
import { type MemoryWatch, watchMemory } from '../../memory/page/watchMemory.js';
import type { HarnessFailure } from '../failure.js';
import {
  type HarnessReplies,
  type HarnessReply,
  type HarnessRequest,
  type Pace,
  type PredictPhase,
  timingName,
  type Workload,
} from '../protocol.js';
import { diagnose } from './diagnose.js';
import type { OutputTensor, PageFramework } from './framework.js';
import { pageFrameworks } from './frameworks/index.js';
import { measurePeaks } from './measurePeaks.js';
import { runProbe } from './runProbe.js';
import { type CapturedModule, captureWasm } from './wasmCapture.js';
import { type GpuWatch, watchGpu } from './watchGpu.js';

export interface Runner {
  run(request: HarnessRequest): Promise<HarnessReplies[HarnessRequest['type']]>;
  /** Why a request failed, if the cause is a known one. */
  diagnose(error: Error): Promise<HarnessFailure | null>;
}

/** Runs the workload in the realm that called it (worker or page). Requests come one at a time. */
export function createRunner(): Runner {
  let workload: Workload;
  let framework: PageFramework | null = null;
  let watch: GpuWatch | null = null;
  let inputs: ArrayBuffer[] = [];
  let outputs: readonly OutputTensor[] = [];
  let modules: CapturedModule[] = [];
  let gpu: GpuHook | null = null;
  let memory: MemoryWatch | null = null;

  const load = async (given: Workload): Promise<HarnessReplies['load']> => {
    workload = given;
    if (workload.captureModules) modules = captureWasm();
    if (workload.backend !== 'wasm') watch = watchGpu();
    if (workload.recordGpu) gpu = installGpuHook();
    if (workload.watchMemory) memory = watchMemory(workload.backend !== 'wasm');
    const create = pageFrameworks[workload.framework];
    if (!create) throw new Error(`The harness has no framework ${workload.framework}`);
    framework = create();
    const { version } = await framework.load(workload);
    if (memory && framework.tensorBytes) memory.tensors(framework.tensorBytes(memory.note));
    inputs = await Promise.all(workload.inputs.map(async (_, i) => (await fetch(`/input/${i}`)).arrayBuffer()));
    return { frameworkVersion: version, crossOriginIsolated, hardwareConcurrency: navigator.hardwareConcurrency };
  };

  const setup = async (): Promise<HarnessReplies['setup']> => {
    const { ms, value } = await timed(timingName(workload.runId, 'setup'), () => unlessLost(framework!.setup()));
    if (isAnew()) await framework!.dispose?.();
    return { ms, ...value };
  };

  const isAnew = (): boolean => workload.session.includes('anew');

  /** A session of its own for this prediction, as in a page that creates it where it infers. */
  const predictAnew = async (): Promise<readonly OutputTensor[]> => {
    await framework!.setup();
    const computed = await framework!.predict(inputs);
    await framework!.dispose?.();
    return computed;
  };

  const predictOnce = async (phase: PredictPhase, i: number): Promise<number> => {
    const { ms, value } = await timed(timingName(workload.runId, phase, i), () =>
      unlessLost(isAnew() ? predictAnew() : framework!.predict(inputs)),
    );
    outputs = value;
    memory?.note();
    return ms;
  };

  const predict = async (phase: PredictPhase, first: number, count: number): Promise<HarnessReplies['predict']> => {
    const latencies: number[] = [];
    for (let i = first; i < first + count; i++) {
      latencies.push(await predictOnce(phase, i));
      await nextTask();
    }
    if (watch?.lostNow()) throw new Error(LOST);
    return { ms: latencies };
  };

  const repeat = async (first: number, { forMs, duty, ratePerSecond }: Pace): Promise<HarnessReplies['repeat']> => {
    const start = performance.now();
    const latencies: number[] = [];
    while (performance.now() - start < forMs) {
      const ms = await predictOnce('iteration', first + latencies.length);
      latencies.push(ms);
      const dueMs = ratePerSecond === null ? 0 : (latencies.length * 1000) / ratePerSecond - (performance.now() - start);
      const pauseMs = duty === null ? dueMs : ms * (1 / duty - 1);
      await (pauseMs > 0 ? new Promise((resolve) => setTimeout(resolve, pauseMs)) : nextTask());
    }
    if (watch?.lostNow()) throw new Error(LOST);
    return { ms: latencies };
  };

  /** Rejects when the device is lost, because the framework may wait forever for an answer. */
  const unlessLost = <T>(work: Promise<T>): Promise<T> => (watch ? Promise.race([work, watch.lost.then(fail)]) : work);

  const detect = async ({ rgba, detects }: HarnessRequest & { type: 'detect' }): Promise<HarnessReplies['detect']> => {
    const input = pictureInputOf(workload.inputs[0]!);
    if (!input) throw new Error('The input of the model takes no picture.');
    const outputs = await unlessLost(framework!.predict([pixelsFor(rgba, input, detects.pixels)]));
    return { found: findings(outputs as readonly (OutputTensor & Output)[], detects, input) };
  };

  const postOutputs = async (): Promise<HarnessReplies['outputs']> => {
    if (workload.session.includes('outputs-left')) outputs = await framework!.leftOutputs!();
    await Promise.all(outputs.map(({ data }, i) => post(`/output/${i}`, data)));
    return { outputs: outputs.map(({ name, type, shape }) => ({ name, type, shape: [...shape] })) };
  };

  const postModules = async (): Promise<HarnessReplies['modules']> => {
    const fresh = modules.splice(0);
    await Promise.all(fresh.map(async ({ bytes }, i) => post(`/module/${i}`, new Uint8Array(await bytes))));
    return { modules: fresh.map(({ url }) => ({ url })) };
  };

  const postGpu = async (): Promise<HarnessReplies['gpu']> => {
    if (gpu) await post('/gpu/0', new TextEncoder().encode(JSON.stringify(await gpu.read())));
    return { posted: gpu !== null };
  };

  const postProfile = async (): Promise<HarnessReplies['profile']> => {
    if (!framework?.profile) throw new Error(`The harness has no profile of ${workload.framework}`);
    await post('/profile/0', new TextEncoder().encode(await framework.profile()));
    return {};
  };

  const dispose = async (): Promise<HarnessReplies['dispose']> => {
    inputs = [];
    outputs = [];
    await framework!.dispose?.();
    return {};
  };

  const run: Runner['run'] = async (request) => {
    switch (request.type) {
      case 'load':
        return load(request.workload);
      case 'setup':
        return setup();
      case 'predict':
        return predict(request.phase, request.first, request.count);
      case 'repeat':
        return repeat(request.first, request.pace);
      case 'detect':
        return detect(request);
      case 'probe':
        return runProbe(request.kind);
      case 'peaks':
        return { peaks: await measurePeaks(request.threads, request.instructions) };
      case 'placement':
        return { placement: await unlessLost(framework!.placement?.(inputs) ?? Promise.resolve(null)) };
      case 'profile':
        return postProfile();
      case 'memory':
        return { rows: memory!.take(), nowMs: performance.now() };
      case 'dispose':
        return dispose();
      case 'outputs':
        return postOutputs();
      case 'modules':
        return postModules();
      case 'gpu':
        return postGpu();
    }
  };
  return { run, diagnose: async (error) => (framework ? diagnose(error, workload, framework, watch) : null) };
}

const LOST = 'the device or context was lost';

function fail(): never {
  throw new Error(LOST);
}

/**
 * Times one action and records it as a user-timing measure between two marks (marks contain the thread's CPU time in a trace).
 */
async function timed<T>(name: string, action: () => Promise<T>): Promise<{ ms: number; value: T }> {
  performance.mark(`${name}:start`);
  const start = performance.now();
  const value = await action();
  const end = performance.now();
  performance.mark(`${name}:end`);
  performance.measure(name, { start, end });
  performance.clearMarks(`${name}:start`);
  performance.clearMarks(`${name}:end`);
  performance.clearMeasures(name);
  return { ms: end - start, value };
}

const channel = new MessageChannel();

/** Starts a new task. Iterations never share a task, so each task slice belongs to one window. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });
}

async function post(path: string, body: ArrayBufferView): Promise<void> {
  // A driver that watches the network gets a text copy of bytes, which takes seconds for a module of 14 MB. It gets none of a
  // blob.
  const response = await fetch(path, { method: 'POST', body: new Blob([body as Uint8Array<ArrayBuffer>]) });
  if (!response.ok) throw new Error(`The harness server refused ${path} with status ${response.status}`);
}

/** Runs a request. An exception becomes an answer, since structured clone would lose most of it. */
export async function replyTo(runner: ReturnType<typeof createRunner>, request: HarnessRequest): Promise<HarnessReply> {
  try {
    return { ok: true, value: await runner.run(request) };
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error));
    return { ok: false, error: `${thrown.name}: ${thrown.message}`, failure: await runner.diagnose(thrown) };
  }
}
