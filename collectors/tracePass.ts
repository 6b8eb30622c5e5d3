import type { Browser } from 'playwright-core';
import { median } from 'simple-statistics';
import { gpuLogSchema } from '../src/bundle/gpuLog.js';
import type { Manifest } from '../src/bundle/manifest.js';
import { browserProcesses } from './browser/processes.js';
import { whileConnected } from './browser/whileConnected.js';
import { samplingIntervalUs } from './cpuProfile/profileThreads.js';
import { isGpuBackend } from './frameworks.js';
import { openHarness } from './harness/session.js';
import type { PassContext } from './passContext.js';
import { recordRun } from './recordRun.js';
import { frameworkFacts } from './runRecord.js';
import { canSampleScheduling, NO_SCHEDULING, type SchedulingSampler, sampleScheduling } from './scheduling/sampleScheduling.js';
import { timedLatencyMs } from './timing/timingPass.js';
import { SETTLING_MS, settle } from './timing/timingRounds.js';
import { within } from './within.js';

/** A page that computes does not answer, so after a run was stopped its log is given up. Its trace is not: see `recordTrace`. */
const SALVAGE_LIMIT_MS = 15_000;
/** Predictions per request. The time between two requests is idle in the trace, and allows stopping. */
const BLOCK = 5;

/** A page under the trace that is set up and settled. */
export interface TracedRun {
  /** Predictions that are kept. */
  predict(count: number): Promise<void>;
  /**
   * Ends recording, and writes everything.
   * @returns byte offsets, in their modules, of the Wasm functions that were sampled
   */
  end(): Promise<ReadonlySet<number>>;
  /** After something failed or was stopped: writes what there is so far, if the browser can return it. Never fails. */
  salvage(): Promise<void>;
  /** Must be called at the end. Never fails. */
  close(): Promise<void>;
}

type TraceContext = Omit<PassContext, 'picked'>;

/**
 * The predictions under the trace, in a fresh browser context. Tracing begins before the page opens, so set-up and warm-up are
 * included. A run that is stopped or fails still writes the trace so far, if the browser can return it.
 * @returns byte offsets, in their modules, of the Wasm functions that were sampled
 */
export async function tracePass(context: TraceContext): Promise<ReadonlySet<number>> {
  const { options, record, progress } = context;
  const { manifest } = record;
  progress.step('Tracing');
  const run = await openTraced(context);
  try {
    const iterations = options.iterations ?? tracedIterations(tracedLatencyMs(manifest));
    try {
      await record.phase('trace', 'prediction', async () => {
        for (let done = 0; done < iterations; done += BLOCK) {
          await run.predict(Math.min(BLOCK, iterations - done));
          const traced = manifest.tracePass.iterationsMs.length;
          progress.advance(traced / iterations, `${traced} of ${iterations} predictions`);
        }
      });
    } catch (error) {
      await run.salvage();
      throw error;
    }
    return await run.end();
  } finally {
    await run.close();
  }
}

/** What a prediction takes: as timed or, where nothing was, as it settled under the trace. */
const tracedLatencyMs = (manifest: Manifest): number => timedLatencyMs(manifest) || median(manifest.tracePass.settlingMs);

/** Opens the page under the trace, and lets it settle. What fails before that still leaves the trace so far. */
export async function openTraced(context: TraceContext): Promise<TracedRun> {
  const { browser, server, options, record, signal } = context;
  const { manifest, writer } = record;
  const workload = { ...context.workload, captureModules: true, recordGpu: isGpuBackend(options.backend) };
  const session = await openHarness(browser, server, signal);
  const close = (): Promise<void> => session.close().catch(() => {});
  try {
    const recording = await whileConnected(
      browser,
      recordRun(session.cdp, workload.recordGpu, samplingIntervalUs(timedLatencyMs(manifest))),
    );
    let sampler: SchedulingSampler | null = null;
    let sampledAt: ReadonlySet<number> = new Set();
    const keepTrace = async (): Promise<void> => {
      if (sampler) await writer.scheduling(sampler.stop());
      sampler = null;
      const { trace, samples, ...sampled } = await recording.stop(
        writer.tracePath,
        manifest.modules.map(({ url }) => url),
      );
      sampledAt = sampled.sampledAt;
      manifest.trace = trace;
      manifest.collectors.samples = samples;
      manifest.collectors.trace = { outcome: 'done', detail: `${manifest.trace.compressedBytes} bytes compressed` };
      await record.save();
    };
    const keepModules = async (): Promise<void> => {
      for (const { url, bytes } of await session.modules()) {
        const module = await writer.module(url, bytes);
        if (!manifest.modules.some(({ sha256 }) => sha256 === module.sha256)) manifest.modules.push(module);
      }
      manifest.collectors.modules = { outcome: 'done', detail: `${manifest.modules.length} Wasm modules captured` };
      await record.save();
    };
    const keepGpu = async (): Promise<void> => {
      const bytes = await session.gpu();
      if (bytes === null) return;
      const log = gpuLogSchema.safeParse({ schema: 'inferscope.gpu/1', realms: [JSON.parse(new TextDecoder().decode(bytes))] });
      if (log.success) await writer.gpu(log.data);
      const calls = log.data?.realms[0]?.calls.name.length ?? 0;
      manifest.collectors.gpu = log.success
        ? { outcome: 'done', detail: `${calls} calls of the GPU’s API` }
        : { outcome: 'failed', detail: `What was asked of the GPU could not be kept: ${log.error.message}` };
    };
    const salvage = async (): Promise<void> => {
      await within(SALVAGE_LIMIT_MS, keepGpu()).catch(() => {});
      await keepTrace().catch((lost: Error) => {
        manifest.collectors.trace = { outcome: 'failed', detail: `the trace was lost: ${lost.message}` };
      });
    };
    try {
      const loaded = await record.phase('trace', 'load', () => session.open(options.on, workload));
      sampler = await startSampler(browser, manifest);
      const setup = await record.phase('trace', 'setup', () => session.setup());
      manifest.framework ??= frameworkFacts(loaded, setup);
      manifest.tracePass.setupMs = setup.ms;
      manifest.tracePass.warmupMs = await record.phase('trace', 'warm-up', () => session.warmup());
      // Between two windows, and early, so that a run that is stopped later can still show which instructions ran.
      await keepModules();
      manifest.tracePass.settlingMs = await record.phase('trace', 'settling', () => settle(session.settle, SETTLING_MS));
    } catch (error) {
      await salvage();
      throw error;
    }
    return {
      async predict(count) {
        manifest.tracePass.iterationsMs.push(...(await session.predict(count)));
      },
      async end() {
        await keepGpu();
        await keepTrace();
        await keepModules();
        return sampledAt;
      },
      salvage,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Samples the scheduling of the browser's threads, if the system provides it. */
async function startSampler(browser: Browser, manifest: Manifest): Promise<SchedulingSampler | null> {
  if (!canSampleScheduling()) {
    manifest.collectors.scheduling = { outcome: 'unavailable', detail: NO_SCHEDULING };
    return null;
  }
  const pids = (await browserProcesses(browser)).map(({ id }) => id);
  manifest.collectors.scheduling = { outcome: 'done', detail: `${pids.length} processes sampled` };
  return sampleScheduling(pids);
}

/** Enough windows for an interval, few enough that the trace stays small. */
const WANTED_MS = 4000;
const ITERATIONS = { min: 10, max: 60 };
/** If predictions take seconds, there are fewer of them: the pass must not take minutes. */
const BUDGET_MS = 20_000;
const MIN_SLOW = 3;

/**
 * Default number of recorded predictions.
 * @param latencyMs of a prediction without recording
 */
export function tracedIterations(latencyMs: number): number {
  const wanted = Math.max(ITERATIONS.min, Math.min(ITERATIONS.max, Math.round(WANTED_MS / latencyMs)));
  return Math.min(wanted, Math.max(MIN_SLOW, Math.floor(BUDGET_MS / latencyMs)));
}
