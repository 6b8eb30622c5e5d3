import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { stackActivities } from '../../analyzers/activity/callStacks.js';
import { gpuRealms } from '../../analyzers/activity/gpu/realm.js';
import { type ScheduledThread, threadScheduling } from '../../analyzers/activity/scheduling.js';
import { awakeSpans } from '../../analyzers/activity/threadSpans.js';
import { findWasmFunctions } from '../../analyzers/activity/wasmFunctions.js';
import { analyze } from '../../analyzers/index.js';
import type { AnalyzerInput } from '../../analyzers/input.js';
import { type SplitWindows, splitWindows } from '../../analyzers/partition/splitWindows.js';
import { findWindows } from '../../analyzers/windows/index.js';
import { browserFacts, launchFor } from '../../collectors/browser/launchBrowser.js';
import { browserProcesses } from '../../collectors/browser/processes.js';
import type { CollectOptions } from '../../collectors/collectOptions.js';
import { countPass } from '../../collectors/counting/countPass.js';
import { isGpuBackend } from '../../collectors/frameworks.js';
import { type HarnessContent, type HarnessServer, serveHarness } from '../../collectors/harness/server.js';
import { plainWorkload } from '../../collectors/passContext.js';
import { PASS_NAMES } from '../../collectors/passes.js';
import { type Progress, silent } from '../../collectors/progress.js';
import { startRecord } from '../../collectors/runRecord.js';
import { type SchedulingSampler, sampleScheduling } from '../../collectors/scheduling/sampleScheduling.js';
import { tracePass } from '../../collectors/tracePass.js';
import { loadInput } from '../../src/loadInput.js';
import { prefer } from './prefer.js';

export interface RecordOptions {
  readonly content: HarnessContent;
  readonly options: Pick<CollectOptions, 'framework' | 'backend' | 'on' | 'threads' | 'inputs' | 'model'>;
  readonly v8Flags: readonly string[];
  readonly iterations: number;
  /** Whether a further page counts what is executed. */
  readonly counts?: boolean;
  /** Called between two blocks of iterations, when so many are done. */
  readonly advance?: (done: number) => void;
  /** Called before anything is recorded; what it opens ends with the browser. */
  readonly beside?: (browser: Browser) => Promise<void>;
}

/** Fine enough to tell one window from the next: the product's own figures hold for all windows together only. */
const KERNEL_INTERVAL_MS = 2;

export interface Recorded {
  readonly input: AnalyzerInput;
  readonly split: SplitWindows;
  readonly analysis: ReturnType<typeof analyze>;
  /** What the kernel says of the threads, finer than in the bundle; from the first block of iterations on. */
  readonly kernel: readonly ScheduledThread[];
  /** And that of the bundle, which is read seldom. */
  readonly bundled: readonly ScheduledThread[];
  readonly kernelFromUs: number;
  /** What the page posted, by path, where it did. */
  readonly posted: Uint8Array | null;
}

/** One trace pass as the product makes it, read and analyzed as the product does it, in a browser of its own. */
export async function record(
  { content, options, v8Flags, iterations, counts = false, advance = () => {}, beside = async () => {} }: RecordOptions,
  postedAt: string | null,
): Promise<Recorded> {
  const folder = await mkdtemp(join(tmpdir(), 'inferscope-planted-'));
  const { backend } = options;
  const launched = await launchFor(backend, { v8Flags });
  const server = await serveHarness(content);
  let counting: HarnessServer | null = null;
  try {
    await prefer([process.pid, ...(await browserProcesses(launched.browser)).map(({ id }) => id)]);
    const all: CollectOptions = {
      ...options,
      folder: join(folder, 'bundle'),
      toolVersion: 'test',
      baseline: null,
      simd: null,
      isolated: true,
      iterations,
      seed: 1,
      passes: PASS_NAMES,
      processes: null,
      qoe: null,
      ladder: null,
    };
    const run = await startRecord(all);
    const { manifest } = run;
    manifest.browser = await browserFacts(launched);
    const workload = plainWorkload(all, manifest);
    await beside(launched.browser);
    let sampling: Promise<SchedulingSampler> | null = null;
    const progress: Progress = {
      ...silent,
      advance(fraction) {
        sampling ??= sampleFinely(launched.browser, backend);
        advance(Math.round(fraction! * iterations));
      },
    };
    const { signal } = new AbortController();
    const sampledAt = await tracePass({
      browser: launched.browser,
      server,
      options: all,
      workload,
      record: run,
      progress,
      signal,
    });
    const scheduling = (await sampling!).stop();
    if (counts) {
      const context = { browser: launched.browser, options: all, workload, record: run, progress: silent, signal };
      await countPass(
        context,
        async (page) => {
          counting = await serveHarness({ ...content, ...page });
          return counting;
        },
        sampledAt,
      );
    }
    manifest.status = 'complete';
    await run.save();
    const input = await loadInput(all.folder);
    const trace = input.trace!;
    const wasm = findWasmFunctions(trace, input.modules, null);
    const activities = stackActivities(trace, wasm.functions);
    const found = findWindows(trace, manifest.id, null, wasm.functions);
    const realms = input.gpu ? gpuRealms(trace, input.gpu) : [];
    const bundled = threadScheduling(trace, input.scheduling!, (thread, around) =>
      awakeSpans(trace, thread, activities, around, input.manifest!.trace!.samplingIntervalUs),
    );
    const split = splitWindows(trace, found, activities, bundled, realms);
    const kernel = threadScheduling(trace, scheduling, () => []);
    const kernelFromUs = scheduling.samples.atUs[0]!;
    return {
      input,
      split,
      analysis: analyze(input),
      bundled,
      kernel,
      kernelFromUs,
      posted: postedAt === null ? null : (server.take(postedAt) ?? null),
    };
  } finally {
    await launched.browser.close();
    await server.close();
    await (counting as HarnessServer | null)?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function sampleFinely(browser: Browser, backend: string): Promise<SchedulingSampler> {
  const types = isGpuBackend(backend) ? ['renderer', 'GPU'] : ['renderer'];
  const processes = (await browserProcesses(browser)).filter(({ type }) => types.includes(type));
  return sampleScheduling(
    processes.map(({ id }) => id),
    KERNEL_INTERVAL_MS,
  );
}
