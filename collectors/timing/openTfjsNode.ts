import type { TensorValue } from '../../src/bundle/tensor.js';
import { BaselineError } from '../baseline/childProcess.js';
import { startTfjsNode, type TfjsNode, TfjsNodeUnavailable } from '../baseline/startTfjsNode.js';
import type { PassContext } from '../passContext.js';

/** tfjs-node, set up and warmed up. */
export interface OpenTfjsNode {
  readonly threads: number;
  readonly setupMs: number;
  readonly warmupMs: number;
  /** Latencies, ms; empty once it has failed. */
  predict(count: number): Promise<readonly number[]>;
  /** Null once it has failed. */
  outputs(): Promise<readonly TensorValue[] | null>;
  close(): Promise<void>;
}

type Context = Pick<PassContext, 'options' | 'record' | 'progress' | 'signal'>;

/**
 * Opens tfjs-node for a replicate of the timing pass. If it is missing or fails, the record says so once. The run continues
 * without it, and does not try it again.
 *
 * @returns null if it cannot run
 * @throws the signal's reason if aborted
 */
export async function openTfjsNode(context: Context): Promise<OpenTfjsNode | null> {
  const { options, record, signal } = context;
  const { collectors, framework } = record.manifest;
  if (collectors.tfjsNode && collectors.tfjsNode.outcome !== 'done') return null;
  const threads = framework?.threads ?? options.threads;
  let native: TfjsNode | null = null;
  try {
    native = await startTfjsNode({ modelPath: options.model.path, inputs: options.inputs, threads, signal });
    const setupMs = await native.setup();
    const warmupMs = await native.warmup();
    collectors.tfjsNode = { outcome: 'done', detail: `tfjs-node ${native.version}, CPU` };
    const running = native;
    return {
      threads,
      setupMs,
      warmupMs,
      predict: (count) => running.predict(count).catch((error: unknown) => recordFailure(error, context) ?? []),
      outputs: () => running.outputs().catch((error: unknown) => recordFailure(error, context)),
      close: () => running.close(),
    };
  } catch (error) {
    await native?.close();
    return recordFailure(error, context);
  }
}

/** Records a failure of tfjs-node. @throws any other error */
function recordFailure(error: unknown, { record: { manifest }, progress }: Context): null {
  const missing = error instanceof TfjsNodeUnavailable;
  if (!missing && !(error instanceof BaselineError)) throw error;
  if (manifest.collectors.tfjsNode?.outcome === 'failed') return null;
  const detail = missing ? error.message : `Native TF.js was left out: ${error.message.replace(/\s+/g, ' ').slice(0, LIMIT)}`;
  manifest.collectors.tfjsNode = { outcome: missing ? 'unavailable' : 'failed', detail };
  progress.note(detail);
  return null;
}

const LIMIT = 300;
