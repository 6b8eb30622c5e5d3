import type { Manifest } from '../../src/bundle/manifest.js';
import { isGpuBackend } from '../frameworks.js';
import type { HarnessServer } from '../harness/server.js';
import type { PassContext } from '../passContext.js';
import { type LadderOptions, runLadder } from './runLadder.js';

/**
 * The ladder of a run, after its passes: what the run was asked for is its last rung. That there can be none is said in the record.
 * @param isolated a server of the same page, with cross-origin isolation whether the run has it or not
 */
export async function ladderPass(
  ladder: LadderOptions,
  context: PassContext,
  isolated: () => Promise<HarnessServer>,
): Promise<void> {
  const { browser, server, options, workload, record, picked, progress, signal } = context;
  const { manifest } = record;
  const { baseline, backend, threads, simd } = options;
  const lack = ladderLack(context);
  if (lack !== null || !baseline) {
    const detail = `No ladder: ${lack}`;
    progress.note(detail);
    manifest.collectors.ladder = { outcome: 'unavailable', detail };
    return;
  }
  progress.step(`Ladder (seed ${ladder.seed})`);
  const isolatedServer = options.isolated ? server : await isolated();
  const subject = {
    browser,
    server: (wanted: boolean) => (wanted ? isolatedServer : server),
    workload,
    on: options.on,
    cores: manifest.machine.cores,
    // On the GPU the threads are what is asked for: the Wasm backend beside it takes them.
    threads: (isGpuBackend(backend) ? null : manifest.framework?.threads) ?? threads,
    // Without SIMD TF.js has no threads, isolated or not.
    threadsIfIsolated: options.isolated ? undefined : simd === false ? 1 : threads,
    native: { modelPath: baseline.path, inputs: baseline.inputs, gpu: picked.device },
    software: manifest.browser?.softwareRendering !== false,
  };
  const keep = async (measured: Manifest['ladder']): Promise<void> => {
    manifest.ladder = measured;
    await record.save();
  };
  await runLadder(ladder, subject, keep, progress, signal);
}

/** @returns why there can be no ladder; null if there can */
function ladderLack({ options, record, picked }: PassContext): string | null {
  if (!options.baseline || record.manifest.collectors.baseline?.outcome !== 'done') {
    return 'it begins with a native run in ONNX Runtime, and there is none.';
  }
  if (isGpuBackend(options.backend) && picked.device.provider === 'cpu') {
    return 'beside a GPU backend it begins with native WebGPU, which cannot run here.';
  }
  return null;
}
