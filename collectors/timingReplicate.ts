import type { Browser } from 'playwright-core';
import { median } from 'simple-statistics';
import type { TensorValue } from '../src/bundle/tensor.js';
import { TO_CHANNELS_FIRST, transposed } from '../src/bundle/transposed.js';
import { BaselineUnavailable } from './baseline/baselineUnavailable.js';
import { compareOutputs } from './baseline/compareOutputs.js';
import type { NativeBaseline } from './baseline/nativeBaseline.js';
import type { PickedDevice } from './baseline/pickNativeDevice.js';
import { startNativeBaseline } from './baseline/startNativeBaseline.js';
import type { CollectOptions } from './collectRun.js';
import type { Workload } from './harness/protocol.js';
import type { HarnessServer } from './harness/server.js';
import { openHarness } from './harness/session.js';
import type { Progress } from './progress.js';
import type { RunRecord } from './runRecord.js';
import { settle } from './settle.js';
import { type TimingPlan, timingRounds } from './timingPass.js';

/** What a process may take before its predictions count. */
const SETTLING_MS = 1000;

/** What every replicate of the timing pass needs. */
export interface TimingContext {
  readonly browser: Browser;
  readonly server: HarnessServer;
  readonly options: CollectOptions;
  readonly workload: Workload;
  readonly record: RunRecord;
  /** What the native run computes on. */
  readonly picked: PickedDevice;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * One replicate of the timing pass: a fresh browser context beside a fresh native process, set up, warmed up, and timed in turn.
 * Everything is in the record as soon as it is known. The outputs of both are compared, in the first replicate.
 */
export async function timingReplicate(part: 'before' | 'after', plan: TimingPlan, context: TimingContext): Promise<void> {
  const { browser, server, options, workload, record, progress, signal } = context;
  const { manifest } = record;
  const { timingPass } = manifest;
  const replicate = timingPass.setups.length;
  const session = await openHarness(browser, server, signal);
  let native: NativeBaseline | null = null;
  try {
    const loaded = await record.phase('timing', 'load', () => session.open(options.on, workload));
    const setup = await record.phase('timing', 'setup', () => session.setup());
    const warmupMs = await record.phase('timing', 'warm-up', () => session.warmup());
    manifest.framework = {
      version: loaded.frameworkVersion,
      threads: setup.threads,
      note: setup.note,
      crossOriginIsolated: loaded.crossOriginIsolated,
      hardwareConcurrency: loaded.hardwareConcurrency,
    };
    native = await startBaseline(context);
    const nativeSetupMs = native && (await native.setup());
    const nativeWarmupMs = native && (await native.warmup());
    const settlingMs = await record.phase('timing', 'settling', () => settle((count) => session.predict(count), SETTLING_MS));
    await (native && settle((count) => native!.predict(count), SETTLING_MS));
    timingPass.setups.push({ setupMs: setup.ms, warmupMs, settlingMs, nativeSetupMs, nativeWarmupMs });
    timingPass.setupMs = median(timingPass.setups.map((each) => each.setupMs));
    timingPass.warmupMs = median(timingPass.setups.map((each) => each.warmupMs));
    if (native && replicate === 0) {
      await record.writer.baseline({
        schema: 'inferscope.baseline/1',
        runtime: manifest.collectors.baseline!.detail,
        provider: context.picked.device.provider,
        cpuOperators: context.picked.cpuOperators,
        threads: native.threads,
        setupMs: nativeSetupMs!,
        warmupMs: nativeWarmupMs!,
      });
    }
    await record.save();

    const beside = native;
    await record.phase('timing', `prediction, ${part} the trace pass`, () =>
      timingRounds(
        plan,
        (count) => session.predict(count),
        beside && ((count) => beside.predict(count)),
        async (turn) => {
          timingPass.rounds.push({ part, replicate, ...turn });
          await record.save();
        },
        progress,
      ),
    );
    if (native && replicate === 0) {
      const outputs = await session.outputs();
      manifest.outputs = compareOutputs(options.baseline?.twin ? outputs.map(channelsFirst) : outputs, await native.outputs());
      if (!manifest.outputs.match) progress.note('The browser’s outputs differ from the native ones by more than the tolerance.');
    }
  } finally {
    await native?.close();
    await session.close().catch(() => {});
  }
}

/** @returns null, with the reason in the record, where there is nothing to run natively or no native runtime */
async function startBaseline({
  options,
  record: { manifest },
  picked: { device },
  progress,
  signal,
}: TimingContext): Promise<NativeBaseline | null> {
  const unavailable = (detail: string): null => {
    if (!manifest.collectors.baseline) progress.note(detail);
    manifest.collectors.baseline = { outcome: 'unavailable', detail };
    return null;
  };
  if (!options.baseline) {
    return unavailable(`No native baseline: ${options.model.name} has no ONNX form that could run natively.`);
  }
  try {
    const threads = manifest.framework?.threads ?? options.threads;
    const { path, inputs, twin } = options.baseline;
    const native = await startNativeBaseline({ modelPath: path, inputs, threads, device, signal });
    manifest.collectors.baseline = {
      outcome: 'done',
      detail: `${twin ? 'ONNX twin, ' : ''}onnxruntime-node ${native.version}, ${device.title}`,
    };
    return native;
  } catch (error) {
    if (!(error instanceof BaselineUnavailable)) throw error;
    return unavailable(error.message);
  }
}

function channelsFirst(output: TensorValue): TensorValue {
  return output.shape.length === 4 ? transposed(output, TO_CHANNELS_FIRST) : output;
}
