import type * as Tfjs from '@tensorflow/tfjs';
import type { TfjsEntry, TfjsProfile, TfjsRun } from '../../../operators/tfjsProfileSchema.js';
import type { LoadedTfjsModel } from './tfjsModel.js';
import { followNodes } from './tfjsRunningNode.js';

export interface TfjsProfiler {
  /** Runs one prediction, and records its kernels. */
  prediction<T>(predict: () => Promise<T>): Promise<T>;
  /** Everything recorded so far, after the device has reported its times. */
  text(): Promise<string>;
}

interface Call {
  readonly kernelName?: string;
  readonly inputs?: Readonly<Record<string, Tfjs.TensorInfo | undefined>>;
}

/** Parts of TF.js that its types leave out. */
interface Engine {
  runKernelFunc(call: Call): Tfjs.TensorInfo | Tfjs.TensorInfo[];
  readonly state: { readonly activeScope?: { readonly name: string } };
}
interface Backend {
  time(work: () => void): Promise<{ kernelMs: unknown }>;
  timerAvailable?(): boolean;
  readonly supportTimestampQuery?: boolean;
}

/**
 * Records every kernel that TF.js runs, and what it runs in. TF.js' own profiler (`tf.profile`) does not: it lists an operator
 * with a custom gradient and the kernel inside it separately, so that its times add up to more than the total.
 * On a device, the backend's own timers time the programs that a kernel starts.
 * https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/engine.ts (runKernelFunc)
 */
export function tfjsProfiler(tf: typeof Tfjs, backendName: string, model: LoadedTfjsModel): TfjsProfiler {
  const engine = tf.engine() as unknown as Engine;
  const backend = tf.backend() as unknown as Backend;
  const timed = backendName === 'webgpu' ? backend.supportTimestampQuery === true : backend.timerAvailable?.() === true;
  const device: TfjsProfile['device'] = backendName === 'wasm' ? 'none' : timed ? 'timed' : 'silent';
  const runs: Run[] = [];
  const waiting: Promise<void>[] = [];
  const inside: number[] = [];
  let run: Run | null = null;
  const node = followNodes(model);

  const original = engine.runKernelFunc;
  engine.runKernelFunc = (call) => {
    if (!run) return original.call(engine, call);
    const { kernelName: kernel = null } = call;
    const { entries, startMs } = run;
    const withinKernel = inside.some((i) => entries[i]!.kernel !== null);
    const scope = engine.state.activeScope?.name ?? '';
    const named = node.name();
    const entry: Mutable<TfjsEntry> = {
      ...{ kernel, scope, node: named, parent: inside.at(-1) ?? null, startMs: 0, ms: 0, deviceMs: null },
      ...{ inputs: Object.values(call.inputs ?? {}).flatMap(described), outputs: [] },
    };
    inside.push(entries.push(entry) - 1);
    const start = performance.now();
    entry.startMs = start - startMs;
    try {
      const work = () => original.call(engine, call);
      const result = device === 'timed' && kernel !== null && !withinKernel ? onDevice(work, entry) : work();
      entry.outputs = [result].flat().flatMap(described);
      return result;
    } finally {
      entry.ms = performance.now() - start;
      inside.pop();
    }
  };

  const onDevice = <T>(work: () => T, entry: Mutable<TfjsEntry>): T => {
    let outcome: { value: T } | { error: unknown } | null = null;
    // WebGPU's timer is an async function, so an error inside it would go unnoticed.
    const timing = backend.time(() => {
      try {
        outcome = { value: work() };
      } catch (error) {
        outcome = { error };
      }
    });
    waiting.push(
      timing.then(
        ({ kernelMs }) => {
          if (typeof kernelMs === 'number' && Number.isFinite(kernelMs)) entry.deviceMs = kernelMs;
        },
        () => {},
      ),
    );
    const done = outcome as { value: T } | { error: unknown } | null;
    if (done && 'value' in done) return done.value;
    throw done?.error ?? new Error('TF.js did not run what it was to time');
  };

  return {
    async prediction(predict) {
      const current: Run = { startMs: performance.now(), ms: 0, entries: [] };
      run = current;
      node.forget();
      runs.push(current);
      try {
        return await predict();
      } finally {
        current.ms = performance.now() - current.startMs;
        run = null;
      }
    },
    async text() {
      await Promise.all(waiting);
      return JSON.stringify({ device, runs } satisfies TfjsProfile);
    },
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Run = Mutable<Omit<TfjsRun, 'entries'>> & { readonly entries: Mutable<TfjsEntry>[] };

/** Inputs may be lists of tensors, and optional ones are undefined. */
function described(tensor: Tfjs.TensorInfo | undefined): { type: string; shape: number[] }[] {
  return tensor?.shape ? [{ type: tensor.dtype, shape: [...tensor.shape] }] : [];
}
