import { join } from 'node:path';
import { median } from 'simple-statistics';
import { packageRoot } from '../src/bundle/packageRoot.js';
import type { TensorSpec, TensorValue } from '../src/bundle/tensor.js';
import { TO_CHANNELS_FIRST, transposed } from '../src/bundle/transposed.js';
import { BaselineUnavailable } from './baseline/baselineUnavailable.js';
import { compareOutputs } from './baseline/compareOutputs.js';
import type { BaselineInput, NativeBaseline } from './baseline/nativeBaseline.js';
import { startNativeBaseline } from './baseline/startNativeBaseline.js';
import { browserFacts } from './browser/browserFacts.js';
import { launchBrowser } from './browser/launchBrowser.js';
import { type FrameworkId, frameworks } from './frameworks.js';
import type { Workload } from './harness/protocol.js';
import { serveHarness } from './harness/server.js';
import { openHarness } from './harness/session.js';
import type { Progress } from './progress.js';
import { type RunRecord, startRecord } from './runRecord.js';
import { timingRounds } from './timingPass.js';
import { tracePass } from './tracePass.js';

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
  /** What runs natively beside it; null if the model has no form that a native runtime here can run. */
  readonly baseline: BaselineModel | null;
  readonly framework: FrameworkId;
  readonly backend: string;
  readonly on: 'worker' | 'main';
  readonly threads: number;
  /** False: the framework's modules without SIMD; null: the framework leaves no choice. */
  readonly simd: boolean | null;
  /** Exactly so many predictions in either pass; null: as many as the interval needs. */
  readonly iterations: number | null;
  readonly seed: number;
}

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

/** Of the rounds before the trace pass. As many rounds again follow it. */
const TIMING_BUDGET_MS = 15_000;
/** Enough windows for an interval, few enough that the trace stays small. */
const TRACED_MS = 4000;
const TRACED_MIN = 10;
const TRACED_MAX = 60;

/**
 * Runs a model in a browser and natively, and records a run bundle: timing pass in one fresh browser context, interleaved with
 * the native baseline; trace pass in another; then as many rounds of the timing pass again, so that a drift of the machine is
 * not mistaken for the cost of recording.
 *
 * What goes wrong during the run is not thrown but said in the result and in the bundle, with what had been recorded until then.
 */
export async function collectRun(options: CollectOptions, progress: Progress, signal: AbortSignal): Promise<CollectResult> {
  const record = await startRecord(options);
  const { manifest } = record;
  try {
    await run(options, record, progress, signal);
    manifest.status = 'complete';
  } catch (error) {
    manifest.status = 'incomplete';
    manifest.reason = signal.aborted ? `stopped by ${String(signal.reason)}` : (error as Error).message;
  }
  const holds = contents(record);
  if (holds === '') {
    await record.writer.discard();
    return { status: 'discarded', reason: manifest.reason, holds };
  }
  await record.save();
  return { status: manifest.status, reason: manifest.reason, holds };
}

type Closers = (() => Promise<unknown>)[];

async function run(options: CollectOptions, record: RunRecord, progress: Progress, signal: AbortSignal): Promise<void> {
  const { manifest } = record;
  const closers: Closers = [];
  try {
    progress.step('Starting the browser');
    const launched = await launchBrowser();
    closers.push(() => launched.browser.close());
    manifest.browser = await browserFacts(launched);
    if (!launched.sandboxed) progress.note('Running as root: Chromium starts without its sandbox (--no-sandbox).');
    const server = await serveHarness({
      modelPath: options.model.path,
      externalData: options.model.externalData,
      inputs: options.inputs.map(({ bytes }) => bytes),
      frameworkFolders: frameworks[options.framework].folders(),
      scriptFolder: join(packageRoot(), 'dist/browser'),
    });
    closers.push(() => server.close());
    const workload: Workload = {
      runId: manifest.id,
      framework: options.framework,
      backend: options.backend,
      threads: options.threads,
      simd: options.simd,
      inputs: manifest.workload.inputs,
      externalData: options.model.externalData.map(({ location }) => location),
      captureModules: false,
    };

    progress.step('Setting up');
    const session = await openHarness(launched.browser, server, signal);
    const loaded = await record.phase('timing', 'load', () => session.open(options.on, workload));
    const setup = await record.phase('timing', 'setup', () => session.setup());
    manifest.timingPass.setupMs = setup.ms;
    manifest.timingPass.warmupMs = await record.phase('timing', 'warm-up', () => session.warmup());
    manifest.framework = {
      version: loaded.frameworkVersion,
      threads: setup.threads,
      note: setup.note,
      crossOriginIsolated: loaded.crossOriginIsolated,
      hardwareConcurrency: loaded.hardwareConcurrency,
    };
    const native = await startBaseline(options, record, progress, closers, signal);
    await record.save();

    let first = 0;
    const browser = async (count: number): Promise<readonly number[]> => {
      const latencies = await session.predict(first, count);
      first += count;
      return latencies;
    };
    const time = (part: 'before' | 'after', budgetMs: number): Promise<void> =>
      record.phase('timing', `prediction, ${part} the trace pass`, () =>
        timingRounds(
          part,
          { iterations: options.iterations, budgetMs },
          browser,
          native && ((count) => native.predict(count)),
          async (round) => {
            manifest.timingPass.rounds.push(round);
            await record.save();
          },
          progress,
        ),
      );
    progress.step('Timing, browser and native in turn');
    const startedMs = performance.now();
    await time('before', TIMING_BUDGET_MS);
    const spentMs = performance.now() - startedMs;

    progress.step('Tracing');
    const traced = options.iterations ?? tracedIterations(record);
    await tracePass(
      launched.browser,
      server,
      options,
      { ...workload, captureModules: true },
      traced,
      record,
      (done) => progress.advance(done / traced, `${done} of ${traced} predictions`),
      signal,
    );

    progress.step('Timing again');
    await time('after', spentMs);

    if (native) {
      const outputs = await session.outputs();
      manifest.outputs = compareOutputs(options.baseline?.twin ? outputs.map(channelsFirst) : outputs, await native.outputs());
      if (!manifest.outputs.match) progress.note('The browser’s outputs differ from the native ones by more than the tolerance.');
    }
  } finally {
    for (const close of closers.reverse()) await close().catch(() => {});
  }
}

function channelsFirst(output: TensorValue): TensorValue {
  return output.shape.length === 4 ? transposed(output, TO_CHANNELS_FIRST) : output;
}

/** @returns null, with the reason in the record, where there is nothing to run natively or no native runtime */
async function startBaseline(
  options: CollectOptions,
  { manifest, writer }: RunRecord,
  progress: Progress,
  closers: Closers,
  signal: AbortSignal,
): Promise<NativeBaseline | null> {
  const unavailable = (detail: string): null => {
    manifest.collectors.baseline = { outcome: 'unavailable', detail };
    progress.note(detail);
    return null;
  };
  if (!options.baseline)
    return unavailable(`No native baseline: ${options.model.name} has no ONNX form that could run natively.`);
  try {
    const threads = manifest.framework?.threads ?? options.threads;
    const { path, inputs, twin } = options.baseline;
    const native = await startNativeBaseline({ modelPath: path, inputs, threads, signal });
    closers.push(() => native.close());
    const runtime = `${twin ? 'ONNX twin, ' : ''}onnxruntime-node ${native.version}, CPU`;
    const setupMs = await native.setup();
    await writer.baseline({
      schema: 'inferscope.baseline/1',
      runtime,
      threads: native.threads,
      setupMs,
      warmupMs: await native.warmup(),
    });
    manifest.collectors.baseline = { outcome: 'done', detail: runtime };
    return native;
  } catch (error) {
    if (!(error instanceof BaselineUnavailable)) throw error;
    return unavailable(error.message);
  }
}

function tracedIterations({ manifest }: RunRecord): number {
  const latencyMs = median(manifest.timingPass.rounds.flatMap(({ browserMs }) => browserMs));
  return Math.max(TRACED_MIN, Math.min(TRACED_MAX, Math.round(TRACED_MS / latencyMs)));
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
