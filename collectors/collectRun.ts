import { join } from 'node:path';
import { packageRoot } from '../src/packageRoot.js';
import { type PickedDevice, pickNativeDevice } from './baseline/pickNativeDevice.js';
import { nativeCpu } from './baseline/startNativeBaseline.js';
import { browserFacts, launchFor } from './browser/launchBrowser.js';
import type { CollectOptions } from './collectOptions.js';
import type { CollectResult } from './collectResult.js';
import { explainFailure } from './explainFailure.js';
import { frameworks } from './frameworks.js';
import { type HarnessServer, serveHarness } from './harness/server.js';
import { ladderPass } from './ladder/ladderPass.js';
import { memoryPass } from './memory/memoryPass.js';
import { operatorPass } from './operators/operatorPass.js';
import { type PassContext, plainWorkload } from './passContext.js';
import { type PassName, passesOn } from './passes.js';
import { placementPass } from './placementPass.js';
import type { Progress } from './progress.js';
import { type RunRecord, startRecord } from './runRecord.js';
import { replicatesOf } from './timing/replicatesOf.js';
import { timingPass } from './timing/timingPass.js';
import { tracePass } from './tracePass.js';
import { within } from './within.js';

/** Of a run in the harness. */
export interface RunResult extends CollectResult {
  /** Whether predictions were timed in all the processes that were asked for, whatever became of the rest. */
  readonly timed: boolean;
}

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

/** Opens what the passes need, and makes them one after the other. */
async function run(options: CollectOptions, record: RunRecord, progress: Progress, signal: AbortSignal): Promise<void> {
  const { manifest } = record;
  const closers: (() => Promise<unknown>)[] = [];
  try {
    progress.step('Starting the browser');
    const launched = await launchFor(options.backend);
    closers.push(() => launched.browser.close());
    manifest.browser = await browserFacts(launched);
    if (!launched.sandboxed) progress.note('Running as root: Chromium starts without its sandbox (--no-sandbox).');
    const serve = async (isolated: boolean): Promise<HarnessServer> => {
      const serving = await serveHarness({ ...contentOf(options), isolated });
      closers.push(() => serving.close());
      return serving;
    };
    const context: PassContext = {
      browser: launched.browser,
      server: await serve(options.isolated),
      options,
      workload: plainWorkload(options, manifest),
      record,
      picked: await pickDevice(options, record, progress, signal),
      progress,
      signal,
    };

    const { ladder } = options;
    const time = timingPass(context);
    const steps: readonly (readonly [pass: PassName | 'ladder', make: () => Promise<void>])[] = [
      ['timing', () => time('before')],
      ['trace', () => tracePass(context)],
      ['timing', () => time('after')],
      ['placement', () => placementPass(context)],
      ['operators', () => operatorPass(context)],
      ['ladder', () => ladderPass(ladder!, context, () => serve(true))],
      [
        'memory',
        async () => {
          // Beside another browser, a process's proportional size would be too small by the code that both share.
          await launched.browser.close();
          await memoryPass(context);
        },
      ],
    ];
    const asked = new Set<PassName | 'ladder'>(passesOn(options.backend, options.passes));
    if (ladder) asked.add('ladder');
    for (const [pass, make] of steps) {
      if (!asked.has(pass)) continue;
      await make();
      await record.save();
    }
  } finally {
    for (const close of closers.reverse()) await within(CLOSE_LIMIT_MS, close()).catch(() => {});
  }
}

/** What the page is served. */
function contentOf({ model, inputs, framework }: CollectOptions) {
  return {
    modelPath: model.path,
    externalData: model.externalData,
    inputs: inputs.map(({ bytes }) => bytes),
    frameworkFolders: frameworks[framework].folders(),
    scriptFolder: join(packageRoot(), 'dist/browser'),
  };
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

function contents({ manifest }: RunRecord): string {
  const timed = manifest.timingPass.rounds.reduce((sum, { browserMs }) => sum + browserMs.length, 0);
  return [
    timed > 0 ? `${timed} timed predictions` : '',
    manifest.trace ? `a trace with ${manifest.tracePass.iterationsMs.length} predictions` : '',
    manifest.modules.length > 0 ? `${manifest.modules.length} Wasm modules` : '',
    manifest.placement ? 'where each operator ran' : '',
    manifest.collectors.kernels?.outcome === 'done' ? 'the time of each operator' : '',
    manifest.collectors.memory?.outcome === 'done' ? 'memory over the run' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
