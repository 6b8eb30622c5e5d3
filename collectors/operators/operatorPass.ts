import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operatorLogSchema } from '../../src/bundle/operatorLog.js';
import type { NativeBaseline } from '../baseline/nativeBaseline.js';
import { startNativeBaseline } from '../baseline/startNativeBaseline.js';
import { whileConnected } from '../browser/whileConnected.js';
import { CollectError } from '../collectError.js';
import type { CollectOptions } from '../collectOptions.js';
import { samplingIntervalUs } from '../cpuProfile/profileThreads.js';
import { type Framework, frameworks, isGpuBackend } from '../frameworks.js';
import { openHarness } from '../harness/session.js';
import type { PassContext } from '../passContext.js';
import { type RunRecording, recordRun } from '../recordRun.js';
import type { RunRecord } from '../runRecord.js';
import { timedLatencyMs } from '../timing/timingPass.js';
import { OperatorsUnavailable } from './frameworkProfile.js';
import { readOrtProfile } from './readOrtProfile.js';
import { readTfjsProfile } from './readTfjsProfile.js';

/** Long enough for tier-up, which happens during the first predictions. */
const WARMUP_MS = 1000;
const WARMUPS = { min: 3, max: 30 };
const PROFILED_MS = 1500;
const PREDICTIONS = { min: 4, max: 10 };
const RECORDED = { min: 2, max: 10 };
/** If no prediction was timed, the pass is as short as possible. */
const UNTIMED_MS = 1000;
/** Rounds, in which browser and native run in turn. */
const ROUNDS = 2;

/**
 * The profiling pass: the framework's own times per operator, in the browser and, if the native run has the same graph, natively,
 * in turn. It uses a fresh context and process, and comes after everything that is timed, since profiling costs time. If it
 * fails, the run has not failed.
 * On the CPU, some predictions before the counted ones are recorded. So the recording does not slow the counted ones, and shows
 * which functions an operator's time is in. On a device nothing is recorded: samples of a thread do not show what an operator
 * does there, and the hook on the GPU's API would time what the framework's profiler already times.
 */
export async function operatorPass(context: PassContext): Promise<void> {
  const { options, record, progress, signal } = context;
  const { collectors } = record.manifest;
  progress.step('Timing each operator');
  const { profiledBackends, title }: Framework = frameworks[options.framework];
  if (!profiledBackends.includes(options.backend)) {
    const detail = `No time per operator: ${title} tells none on ${options.backend}.`;
    collectors.kernels = { outcome: 'unavailable', detail };
    return;
  }
  try {
    collectors.kernels = { outcome: 'done', detail: await profile(context) };
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof OperatorsUnavailable) {
      collectors.kernels = { outcome: 'unavailable', detail: `No time per operator: ${error.message}.` };
      return;
    }
    collectors.kernels = { outcome: 'failed', detail: `Time per operator could not be recorded: ${(error as Error).message}` };
  }
}

/** @returns what was recorded, in words */
async function profile({ browser, server, options, workload, picked, record, signal }: PassContext): Promise<string> {
  const { device } = picked;
  const { manifest, writer } = record;
  const timedMs = timedLatencyMs(manifest) || UNTIMED_MS;
  const warmups = between(WARMUPS, WARMUP_MS / timedMs);
  const onGpu = isGpuBackend(options.backend);
  const recorded = onGpu ? 0 : between(RECORDED, PROFILED_MS / timedMs);
  const perRound = between(PREDICTIONS, PROFILED_MS / timedMs) / ROUNDS;
  const folder = await mkdtemp(join(tmpdir(), 'inferscope-kernels-'));
  const session = await openHarness(browser, server, signal);
  let native: NativeBaseline | null = null;
  try {
    const recording = onGpu ? null : await whileConnected(browser, recordRun(session.cdp, false, samplingIntervalUs(timedMs)));
    await session.open(options.on, { ...workload, profileOperators: true });
    const { threads } = await session.setup();
    await session.predict(warmups);
    if (recording) {
      await session.predict(recorded);
      await keepOperatorTrace(recording, record);
    }
    if (options.baseline && manifest.collectors.baseline?.outcome === 'done') {
      const { path, inputs } = options.baseline;
      const profilePrefix = join(folder, 'profile');
      native = await startNativeBaseline({ modelPath: path, inputs, threads, device, signal, profilePrefix });
      await native.setup();
    }
    await native?.predict(warmups);
    const browserMs: number[] = [];
    const nativeMs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      browserMs.push(...(await session.predict(Math.ceil(perRound))));
      if (native) nativeMs.push(...(await native.predict(Math.ceil(perRound))));
    }
    const runs = warmups + recorded + browserMs.length;
    const profiled = profileOf(options, await session.profile(), runs, browserMs.length, recorded);
    const inBrowser = {
      source: `${frameworks[options.framework].title} ${manifest.framework?.version}, ${workload.backend}`,
      predictionsMs: browserMs,
      ...profiled,
      runs: recording && { first: warmups, ...profiled.runs },
    };
    await native?.endProfile();
    const natively = native && {
      source: `onnxruntime-node ${native.version}, ${device.title}`,
      predictionsMs: nativeMs,
      nodes: readOrtProfile(await onlyFile(folder), warmups + nativeMs.length, nativeMs.length).nodes,
    };
    const peaks = await session.peaks(threads, options.simd === false ? 'scalar' : 'simd128');
    const log = operatorLogSchema.parse({ schema: 'inferscope.kernels/1', browser: inBrowser, native: natively, peaks });
    await writer.kernels(log);
    const counted = `${inBrowser.nodes.length} operators in the browser`;
    return `${counted}${natively ? ` and ${natively.nodes.length} natively` : ''}, over ${browserMs.length} predictions`;
  } finally {
    await native?.close();
    await session.close().catch(() => {});
    await rm(folder, { recursive: true, force: true });
  }
}

function profileOf({ framework, backend }: CollectOptions, text: string, runs: number, predictions: number, recorded: number) {
  return framework === 'tfjs'
    ? { graph: 'tfjs', ...readTfjsProfile(text, runs, predictions, backend, recorded) }
    : { graph: 'onnx', ...readOrtProfile(text, runs, predictions, recorded) };
}

const between = ({ min, max }: { min: number; max: number }, wanted: number): number =>
  Math.max(min, Math.min(max, Math.round(wanted)));

/** The runtime adds the time to the file's name. */
async function onlyFile(folder: string): Promise<string> {
  const [name] = await readdir(folder);
  if (name === undefined) throw new CollectError('onnxruntime-node wrote no profile.');
  return readFile(join(folder, name), 'utf8');
}

/** Ends the recording of the profiled page, and keeps it. If that fails, the record says so; the profile is useful without it. */
async function keepOperatorTrace(recording: RunRecording, { manifest, writer }: RunRecord): Promise<void> {
  const urls = manifest.modules.map(({ url }) => url);
  const samples = await recording.stop(writer.operatorTracePath, urls).then(
    (kept) => kept.samples,
    (error: Error) => ({ outcome: 'failed', detail: error.message }) as const,
  );
  manifest.collectors['kernel-samples'] =
    samples.outcome === 'done'
      ? samples
      : { ...samples, detail: `The functions that ran in each operator could not be recorded: ${samples.detail}` };
}
