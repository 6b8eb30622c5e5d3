import { BaselineError } from '../baseline/childProcess.js';
import type { BaselineInput } from '../baseline/protocol.js';
import { BaselineUnavailable, nativeCpu, startNativeBaseline } from '../baseline/startNativeBaseline.js';
import type { Progress } from '../progress.js';
import { SETTLING_MS, settle, timingRounds } from '../timing/timingRounds.js';
import type { PageRecord } from './pageRecord.js';

/** The model of a page, as its author names it. */
export interface PageBaseline {
  readonly model: { readonly name: string; readonly path: string; readonly sha256: string };
  /** Random inputs from the seed, since the page's own inputs are unknown. */
  readonly inputs: readonly BaselineInput[];
  readonly threads: number;
  readonly seed: number;
}

/** Number of processes. The placement of code and memory makes one process faster or slower than the next. */
const REPLICATES = 4;
const ROUNDS_MS = 2000;

/**
 * Runs the page's model natively on the CPU, after the recording and with nothing else running, and adds the latencies to the
 * bundle. If the model does not run, the manifest says so.
 */
export async function timeNatively(
  { manifest, writer, save }: PageRecord,
  { model, inputs, threads, seed }: PageBaseline,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const rounds: NonNullable<typeof manifest.baseline>['rounds'] = [];
  try {
    for (let replicate = 0; replicate < REPLICATES; replicate++) {
      progress.step(`Timing the model natively (process ${replicate + 1} of ${REPLICATES})`);
      const native = await startNativeBaseline({ modelPath: model.path, inputs, threads, device: nativeCpu, signal });
      try {
        const setupMs = await native.setup();
        const warmupMs = await native.warmup();
        if (replicate === 0) {
          const runtime = `onnxruntime-node ${native.version}, ${nativeCpu.title}`;
          manifest.collectors.baseline = { outcome: 'done', detail: runtime };
          await writer.baseline({
            schema: 'inferscope.baseline/1',
            runtime,
            provider: nativeCpu.provider,
            library: 'onnxruntime',
            cpuOperators: null,
            threads,
            setupMs,
            warmupMs,
          });
        }
        await settle((count) => native.predict(count), SETTLING_MS);
        await timingRounds(
          { iterations: null, budgetMs: ROUNDS_MS },
          { browser: (count) => native.predict(count), native: null, tfjsNode: null },
          async ({ browserMs }) => void rounds.push({ replicate, ms: [...browserMs] }),
          progress,
        );
      } finally {
        await native.close();
      }
    }
  } catch (error) {
    if (!signal.aborted && !(error instanceof BaselineUnavailable) && !(error instanceof BaselineError)) throw error;
    const detail = signal.aborted
      ? `The native baseline was stopped by ${String(signal.reason)}.`
      : `No native baseline: ${(error as Error).message.replace(/^No native baseline: /, '')}`;
    progress.note(detail);
    manifest.collectors.baseline = { outcome: 'unavailable', detail };
  }
  if (rounds.length > 0) manifest.baseline = { model: model.name, sha256: model.sha256, threads, seed, rounds };
  await save();
}
