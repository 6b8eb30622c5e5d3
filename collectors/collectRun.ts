import { join } from 'node:path';
import type { Manifest } from '../src/bundle/manifest.js';
import { packageRoot } from '../src/bundle/packageRoot.js';
import type { TensorSpec } from '../src/bundle/tensor.js';
import { byReplicate } from '../src/stats/byReplicate.js';
import type { BaselineInput } from './baseline/nativeBaseline.js';
import { nativeCpu } from './baseline/nativeDevice.js';
import { type PickedDevice, pickNativeDevice } from './baseline/pickNativeDevice.js';
import { browserFacts } from './browser/browserFacts.js';
import { launchFor } from './browser/launchFor.js';
import { explainFailure } from './explainFailure.js';
import { type FrameworkId, frameworks, isGpuBackend } from './frameworks.js';
import type { Workload } from './harness/protocol.js';
import { type HarnessServer, serveHarness } from './harness/server.js';
import { kernelPass } from './kernels/kernelPass.js';
import { type LadderOptions, runLadder } from './ladder/runLadder.js';
import { memoryPass } from './memory/memoryPass.js';
import { NARROW, relativeWidth } from './narrow.js';
import { placementOf } from './placementOf.js';
import type { Progress } from './progress.js';
import { type RunRecord, startRecord } from './runRecord.js';
import { timedLatencyMs } from './timedLatencyMs.js';
import { type TimingContext, timingReplicate } from './timingReplicate.js';
import { tracedIterations } from './tracedIterations.js';
import { tracePass } from './tracePass.js';
import { within } from './within.js';

export interface CollectOptions {
  /** The bundle's folder; made if it is not there. */
  readonly folder: string;
  readonly toolVersion: string;
  readonly model: {
    readonly name: string;
    readonly title: string;
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
    /** Files beside the model that hold weights. */
    readonly externalData: readonly { readonly location: string; readonly path: string; readonly bytes: number }[];
  };
  readonly inputs: readonly { readonly spec: TensorSpec; readonly bytes: Uint8Array }[];
  /** What ONNX Runtime runs natively beside it; null if the model has no form that it can run. */
  readonly baseline: BaselineModel | null;
  readonly framework: FrameworkId;
  readonly backend: string;
  readonly on: 'worker' | 'main';
  readonly threads: number;
  /** False: the framework's modules without SIMD; null: the framework leaves no choice. */
  readonly simd: boolean | null;
  /** False: the page is served without the headers of cross-origin isolation, as most pages are. */
  readonly isolated: boolean;
  /** Exactly so many predictions in either pass; null: as many as the interval needs. */
  readonly iterations: number | null;
  readonly seed: number;
  readonly passes: Passes;
  /** Null: no ladder. */
  readonly ladder: LadderOptions | null;
}

/** Which passes a run makes. */
export interface Passes {
  /** Fresh processes of the timing pass; null: as many as the interval needs. */
  readonly replicates: number | null;
  readonly trace: boolean;
  /** Where each operator runs, and its time. */
  readonly kernels: boolean;
  readonly memory: boolean;
}

export const ALL_PASSES: Passes = { replicates: null, trace: true, kernels: true, memory: true };

export interface BaselineModel {
  /** Of the ONNX file. */
  readonly path: string;
  readonly inputs: readonly BaselineInput[];
  /** It is not the file that runs in the browser but its twin, with NCHW where that one has tensors of four dimensions as NHWC. */
  readonly twin: boolean;
}

export interface CollectResult {
  readonly status: 'complete' | 'incomplete' | 'discarded';
  /** Why it is not complete. */
  readonly reason: string | null;
  /** What the bundle holds, in words. */
  readonly holds: string;
}

/** Of a run in the harness. */
export interface RunResult extends CollectResult {
  /** Whether predictions were timed in all the processes that were asked for, whatever became of the rest. */
  readonly timed: boolean;
}

/** Replicates of the timing pass, half of them before the trace pass: so that a drift of the machine does not pass for its cost. */
const REPLICATES_BEFORE = 2;
const REPLICATES_MIN = 4;
const REPLICATES_MAX = 8;
/** Of the rounds of one replicate. */
const ROUNDS_BUDGET_MS = 2000;
/** Of the whole timing pass, beyond which no replicate is begun. */
const TIMING_BUDGET_MS = 60_000;
/** Of a browser or a server that is to end: what does not is left to the end of this process. */
const CLOSE_LIMIT_MS = 30_000;

/**
 * Runs a model in a browser and natively, and records a run bundle: the timing pass in several fresh browser contexts, one after
 * the other, each interleaved with a fresh native process; the trace pass in another, in the middle of them.
 *
 * What goes wrong during the run is not thrown but said in the result and in the bundle, with what had been recorded until then.
 */
export async function collectRun(options: CollectOptions, progress: Progress, signal: AbortSignal): Promise<RunResult> {
  const record = await startRecord(options);
  const { manifest } = record;
  try {
    await run(options, record, progress, signal);
    manifest.status = 'complete';
  } catch (error) {
    manifest.status = 'incomplete';
    manifest.reason = signal.aborted ? `stopped by ${String(signal.reason)}` : explainFailure(error as Error, manifest);
  }
  const holds = contents(record);
  if (holds === '') {
    await record.writer.discard();
    return { status: 'discarded', reason: manifest.reason, timed: false, holds };
  }
  await record.save();
  const timed = new Set(manifest.timingPass.rounds.map(({ replicate }) => replicate)).size;
  return { status: manifest.status, reason: manifest.reason, timed: timed >= replicatesOf(options), holds };
}

type Closers = (() => Promise<unknown>)[];

async function run(options: CollectOptions, record: RunRecord, progress: Progress, signal: AbortSignal): Promise<void> {
  const { manifest } = record;
  const closers: Closers = [];
  try {
    progress.step('Starting the browser');
    const launched = await launchFor(options.backend);
    closers.push(() => launched.browser.close());
    manifest.browser = await browserFacts(launched);
    if (!launched.sandboxed) progress.note('Running as root: Chromium starts without its sandbox (--no-sandbox).');
    const content = {
      modelPath: options.model.path,
      externalData: options.model.externalData,
      inputs: options.inputs.map(({ bytes }) => bytes),
      frameworkFolders: frameworks[options.framework].folders(),
      scriptFolder: join(packageRoot(), 'dist/browser'),
    };
    const serve = async (isolated: boolean): Promise<HarnessServer> => {
      const serving = await serveHarness({ ...content, isolated });
      closers.push(() => serving.close());
      return serving;
    };
    const server = await serve(options.isolated);
    const workload: Workload = {
      runId: manifest.id,
      framework: options.framework,
      backend: options.backend,
      threads: options.threads,
      simd: options.simd,
      inputs: manifest.workload.inputs,
      externalData: options.model.externalData.map(({ location }) => location),
      captureModules: false,
      recordGpu: false,
      profileOperators: false,
      watchMemory: false,
    };

    const picked = await pickDevice(options, record, progress, signal);
    const timing: TimingContext = { browser: launched.browser, server, options, workload, record, picked, progress, signal };
    const { setups, rounds } = manifest.timingPass;
    const replicates = replicatesOf(options);
    const before = Math.min(REPLICATES_BEFORE, Math.ceil(replicates / 2));
    const startedMs = performance.now();
    const enough = (): boolean =>
      options.iterations === null &&
      options.passes.replicates === null &&
      setups.length >= REPLICATES_MIN &&
      (relativeWidth(byReplicate(rounds, ({ browserMs }) => browserMs)) < NARROW ||
        performance.now() - startedMs > TIMING_BUDGET_MS);
    const time = async (part: 'before' | 'after', until: number): Promise<void> => {
      while (setups.length < until && !enough()) {
        const number = setups.length;
        progress.step(`Timing, browser and native in turn (process ${number + 1})`);
        const iterations = options.iterations === null ? null : shareOf(options.iterations, replicates, number);
        await timingReplicate(part, { iterations, budgetMs: ROUNDS_BUDGET_MS }, timing);
      }
    };
    await time('before', before);

    if (options.passes.trace) {
      progress.step('Tracing');
      const traced = options.iterations ?? tracedIterations(timedLatencyMs(manifest));
      await tracePass(
        launched.browser,
        server,
        options,
        { ...workload, captureModules: true, recordGpu: isGpuBackend(options.backend) },
        traced,
        record,
        (done) => progress.advance(done / traced, `${done} of ${traced} predictions`),
        signal,
      );
    }
    await time('after', replicates);
    if (options.passes.kernels) {
      if (isGpuBackend(options.backend)) {
        progress.step('Finding where each operator runs');
        await placementOf(launched.browser, server, options.on, workload, manifest, signal);
        await record.save();
      }
      progress.step('Timing each operator');
      await kernelPass(launched.browser, server, options, workload, picked.device, record, signal);
      await record.save();
    }

    const lack = options.ladder && ladderLack(options, record, picked);
    if (lack) {
      const detail = `No ladder: ${lack}`;
      progress.note(detail);
      manifest.collectors.ladder = { outcome: 'unavailable', detail };
    } else if (options.ladder && options.baseline) {
      progress.step(`Ladder (seed ${options.ladder.seed})`);
      const isolatedServer = options.isolated ? server : await serve(true);
      const subject = {
        browser: launched.browser,
        server: (isolated: boolean) => (isolated ? isolatedServer : server),
        workload,
        on: options.on,
        cores: manifest.machine.cores,
        // On the GPU the threads are what is asked for: the Wasm backend beside it takes them.
        threads: (isGpuBackend(options.backend) ? null : manifest.framework?.threads) ?? options.threads,
        // Without SIMD TF.js has no threads, isolated or not.
        threadsIfIsolated: options.isolated ? undefined : options.simd === false ? 1 : options.threads,
        native: { modelPath: options.baseline.path, inputs: options.baseline.inputs, gpu: picked.device },
        software: manifest.browser.softwareRendering !== false,
      };
      const keep = async (ladder: Manifest['ladder']): Promise<void> => {
        manifest.ladder = ladder;
        await record.save();
      };
      await runLadder(options.ladder, subject, keep, progress, signal);
    }
    if (options.passes.memory) {
      progress.step('Watching memory');
      // Beside another browser, a process's proportional size would be too small by the code that both share.
      await launched.browser.close();
      await memoryPass(server, options, workload, record, signal);
      await record.save();
    }
  } finally {
    for (const close of closers.reverse()) await within(CLOSE_LIMIT_MS, close()).catch(() => {});
  }
}

/** What the native run computes on. That it is not what the browser does is said in the record. */
async function pickDevice(
  { backend, baseline, threads }: CollectOptions,
  { manifest }: RunRecord,
  progress: Progress,
  signal: AbortSignal,
): Promise<PickedDevice> {
  if (!baseline) return { device: nativeCpu, cpuOperators: null, lack: null };
  const { path, inputs } = baseline;
  const picked = await pickNativeDevice(backend, manifest.browser!, { modelPath: path, inputs, threads, signal });
  if (picked.lack !== null) {
    const detail = `The native run is on the CPU, so the gap compares the browser’s ${backend} backend with native CPU: ${picked.lack}`;
    progress.note(detail);
    manifest.collectors['native-webgpu'] = { outcome: 'unavailable', detail };
  }
  return picked;
}

/** @returns why there can be no ladder; null if there can */
function ladderLack({ backend, baseline }: CollectOptions, { manifest }: RunRecord, { device }: PickedDevice): string | null {
  if (!baseline || manifest.collectors.baseline?.outcome !== 'done')
    return 'it begins with a native run in ONNX Runtime, and there is none.';
  if (isGpuBackend(backend) && device.provider === 'cpu') {
    return 'beside a GPU backend it begins with native WebGPU, which cannot run here.';
  }
  return null;
}

function replicatesOf({ iterations, passes }: CollectOptions): number {
  const wanted = passes.replicates ?? (iterations === null ? REPLICATES_MAX : REPLICATES_MIN);
  return iterations === null ? wanted : Math.min(wanted, iterations);
}

/** The share of a number of iterations that falls to one of so many replicates; all shares sum to it. */
function shareOf(iterations: number, replicates: number, replicate: number): number {
  return Math.floor(iterations / replicates) + (replicate < iterations % replicates ? 1 : 0);
}

function contents({ manifest }: RunRecord): string {
  const timed = manifest.timingPass.rounds.reduce((sum, { browserMs }) => sum + browserMs.length, 0);
  return [
    timed > 0 ? `${timed} timed predictions` : '',
    manifest.trace ? `a trace with ${manifest.tracePass.iterationsMs.length} predictions` : '',
    manifest.modules.length > 0 ? `${manifest.modules.length} Wasm modules` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
