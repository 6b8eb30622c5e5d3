import { findPackage, installCommand } from '../../src/findPackage.js';
import { type NativeBaseline, startBaseline } from './nativeBaseline.js';
import type { BaselineInput } from './protocol.js';

const NAME = '@tensorflow/tfjs-node';

/** TF.js on TensorFlow's own library, in a separate process. `threads` is the requested number, see `environmentFor`. */
export type TfjsNode = Omit<NativeBaseline, 'usesCpuProvider' | 'endProfile'>;

export interface TfjsNodeOptions {
  /** The model.json that runs in the browser. */
  readonly modelPath: string;
  readonly inputs: readonly BaselineInput[];
  readonly threads: number;
  /** Files from which the package is looked for, see `findPackage`. */
  readonly places?: readonly string[];
  /** Kills the process when aborted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts tfjs-node, the second native baseline of TF.js runs. It runs the same model.json, inputs and kernel names with
 * TensorFlow's kernels on the CPU.
 * @throws TfjsNodeUnavailable if it is not installed or does not load; the signal's reason if aborted
 */
export async function startTfjsNode({ modelPath, inputs, threads, places, signal }: TfjsNodeOptions): Promise<TfjsNode> {
  const found = findPackage(NAME, places);
  if (found === null) throw new TfjsNodeUnavailable(null);
  return startBaseline({
    entry: 'tfjsNodeChild.js',
    environment: environmentFor(threads),
    title: 'tfjs-node',
    workload: { modelPath, inputs, threads, runtimePath: found.folder, provider: 'cpu', profilePrefix: null },
    signal,
    unavailable: (reason, cause) => new TfjsNodeUnavailable(cause ? reason.replace(/\s+/g, ' ') : reason),
  });
}

/** tfjs-node is not installed or does not load on this machine. This is an expected lack: it is optional. */
export class TfjsNodeUnavailable extends Error {
  override readonly name = 'TfjsNodeUnavailable';

  /** @param reason the error that loading reported, whose first line is shown; null: it is not installed */
  constructor(reason: string | null) {
    super(
      reason === null
        ? `No native TF.js: ${NAME} is not installed. Run "${installCommand([NAME])}" to have it.`
        : `No native TF.js: ${NAME} is installed but does not load (${firstLine(reason)}). Run "npm rebuild ${NAME}" to mend it.`,
    );
  }
}

const firstLine = (text: string): string => text.trim().split('\n')[0]!.trim();

/**
 * tfjs-node has no setting for threads. TensorFlow reads these variables before it counts the processors; builds with OpenMP read
 * the last one. It does not report how many threads it uses.
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/common_runtime/local_device.cc
 */
const environmentFor = (threads: number): Record<string, string> => ({
  TF_NUM_INTRAOP_THREADS: String(threads),
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: String(threads),
});
