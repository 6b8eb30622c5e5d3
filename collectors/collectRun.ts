import { type PickedDevice, pickNativeDevice } from './baseline/pickNativeDevice.js';
import { nativeCpu } from './baseline/startNativeBaseline.js';
import type { CollectOptions } from './collectOptions.js';
import type { CollectResult } from './collectResult.js';
import { countPass } from './counting/countPass.js';
import { explainFailure } from './explainFailure.js';
import { ladderPass } from './ladder/ladderPass.js';
import { memoryPass } from './memory/memoryPass.js';
import { openRun } from './openRun.js';
import { operatorPass } from './operators/operatorPass.js';
import { type PassContext, plainWorkload } from './passContext.js';
import { type PassName, passesOn, whyNothing } from './passes.js';
import { placementPass } from './placementPass.js';
import type { Progress } from './progress.js';
import { qoePass } from './qoe/qoePass.js';
import { tryBackends } from './qoe/tryBackends.js';
import { checkVideo } from './qoe/videoRounds.js';
import { type RunRecord, startRecord } from './runRecord.js';
import { replicatesOf } from './timing/replicatesOf.js';
import { timingPass } from './timing/timingPass.js';
import { tracePass } from './tracePass.js';
import { visitPass } from './visits/visitPass.js';

/** The result of a run in the harness. */
export interface RunResult extends CollectResult {
  /** Whether predictions were timed in all requested processes, even if later passes failed. */
  readonly timed: boolean;
}

/**
 * Runs a model in a browser and natively, and records a run bundle. The timing pass uses several fresh browser contexts in
 * sequence, each interleaved with a fresh native process. The trace pass uses another context, in the middle of the sequence.
 *
 * Failures during the run are not thrown. The result and the bundle report them, with everything recorded before.
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
    return { status: 'discarded', reason: manifest.reason ?? whyNothing(manifest.collectors), timed: false, holds };
  }
  await record.save();
  const timed = new Set(manifest.timingPass.rounds.map(({ replicate }) => replicate)).size;
  return { status: manifest.status, reason: manifest.reason, timed: timed >= replicatesOf(options), holds };
}

/** Opens what the passes need, and runs the passes one after the other. */
async function run(options: CollectOptions, record: RunRecord, progress: Progress, signal: AbortSignal): Promise<void> {
  const video = options.qoe?.video;
  const opened = await openRun(options, record, progress, video ? { videoPath: video.path } : {});
  try {
    const { browser, server, serve } = opened;
    await tryBackends(options, record.manifest.browser!.softwareRendering, progress, signal);
    // Whether it can be played is to be known before the passes, which take minutes.
    if (video) {
      progress.step('Opening the video');
      await checkVideo(video, { browser, server, signal });
    }
    const counting = counted(progress);
    const context: PassContext = {
      browser,
      server,
      options,
      workload: plainWorkload(options, record.manifest),
      record,
      picked: await pickDevice(options, record, progress, signal),
      progress: counting,
      signal,
    };

    const { ladder, qoe, visits } = options;
    const time = timingPass(context);
    let sampledAt: ReadonlySet<number> = new Set();
    const steps: readonly (readonly [pass: StepName, make: () => Promise<void>])[] = [
      ['timing', () => time('before')],
      [
        'trace',
        async () => {
          sampledAt = await tracePass(context);
        },
      ],
      ['timing', () => time('after')],
      ['placement', () => placementPass(context)],
      ['operators', () => operatorPass(context)],
      ['counts', () => countPass(context, serve, sampledAt)],
      ['ladder', () => ladderPass(ladder!, context, serve)],
      ['qoe', () => qoePass(qoe!, context)],
      ['visits', () => visitPass(visits!, context, serve)],
      [
        'memory',
        async () => {
          // A second browser shares code with this one, which would make a process's proportional size too small.
          await browser.close();
          await memoryPass(context);
        },
      ],
    ];
    const asked = new Set<StepName>(passesOn(options.backend, options.passes));
    if (ladder) asked.add('ladder');
    if (qoe) asked.add('qoe');
    if (visits !== undefined) asked.add('visits');
    const wanted = steps.filter(([pass]) => asked.has(pass));
    for (const [place, [, make]] of wanted.entries()) {
      counting.count(place + 1, wanted.length);
      await make();
      await record.save();
    }
  } finally {
    await opened.close();
  }
}

type StepName = PassName | 'ladder' | 'qoe' | 'visits';

/** Progress whose steps say which one of how many they belong to: "Step 2 of 6: Tracing". */
function counted(progress: Progress): Progress & { count(number: number, of: number): void } {
  let before = '';
  return {
    ...progress,
    step: (title) => progress.step(`${before}${title}`),
    count(number, of) {
      before = `Step ${number} of ${of}: `;
    },
  };
}

/** Picks the device of the native run. The record says if it differs from the browser's. */
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
    manifest.collectors.counts?.outcome === 'done' ? manifest.collectors.counts.detail : '',
    manifest.collectors.memory?.outcome === 'done' ? 'memory over the run' : '',
    manifest.collectors.qoe?.outcome === 'done' ? manifest.collectors.qoe.detail : '',
    manifest.collectors.visits?.outcome === 'done' ? manifest.collectors.visits.detail : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
