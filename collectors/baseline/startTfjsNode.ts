import { BaselineError } from './baselineError.js';
import { childPath } from './childPath.js';
import { ChildProcess } from './childProcess.js';
import { findTfjsNode } from './findTfjsNode.js';
import type { BaselineInput, NativeBaseline } from './nativeBaseline.js';
import { TfjsNodeUnavailable } from './tfjsNodeUnavailable.js';

/** TF.js on TensorFlow's own library, in a process of its own. `threads` are those that it was given, see `environmentFor`. */
export type TfjsNode = Omit<NativeBaseline, 'usesCpuProvider' | 'endProfile'>;

export interface TfjsNodeOptions {
  /** The model.json that runs in the browser. */
  readonly modelPath: string;
  readonly inputs: readonly BaselineInput[];
  readonly threads: number;
  /** Files or URLs from which the package is looked for; see findTfjsNode for where it is unless given. */
  readonly places?: readonly string[];
  /** Kills the process when aborted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts tfjs-node, the second native baseline of TF.js runs: the same model.json, inputs and kernels' names, with TensorFlow's kernels
 * on the CPU.
 *
 * @throws TfjsNodeUnavailable if it is not installed or does not load; the signal's reason if aborted
 */
export async function startTfjsNode({ modelPath, inputs, threads, places, signal }: TfjsNodeOptions): Promise<TfjsNode> {
  const runtimePath = findTfjsNode(places);
  if (runtimePath === null) throw new TfjsNodeUnavailable(null);
  const child = new ChildProcess(childPath('tfjsNodeChild.js'), environmentFor(threads), signal, 'tfjs-node');
  const loaded = await child
    .call('load', { modelPath, inputs, threads, runtimePath, provider: 'cpu', profilePrefix: null })
    .catch((error: unknown) => {
      // Native code that does not suit the machine ends the process instead of throwing.
      throw error instanceof BaselineError ? new TfjsNodeUnavailable(error.message.replace(/\s+/g, ' ')) : error;
    });
  if ('unavailable' in loaded) {
    await child.close();
    throw new TfjsNodeUnavailable(loaded.unavailable);
  }
  return {
    version: loaded.version,
    threads,
    pid: child.pid,
    setup: () => child.call('setup', null),
    warmup: async () => (await child.call('predict', 1))[0]!,
    predict: (iterations) => child.call('predict', iterations),
    outputs: () => child.call('outputs', null),
    close: () => child.close(),
  };
}

/**
 * tfjs-node has no setting for threads, so they are asked for where TensorFlow looks before it counts the processors itself. Builds of it
 * with OpenMP look at the last. Nothing tells what it took.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/common_runtime/local_device.cc
 */
const environmentFor = (threads: number): Record<string, string> => ({
  TF_NUM_INTRAOP_THREADS: String(threads),
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: String(threads),
});
