import type { Browser } from 'playwright-core';
import type { Manifest } from '../src/bundle/manifest.js';
import type { PickedDevice } from './baseline/pickNativeDevice.js';
import type { CollectOptions } from './collectOptions.js';
import { NOTHING_CHANGED, NOTHING_RECORDED, type Workload } from './harness/protocol.js';
import type { HarnessServer } from './harness/server.js';
import { toldOf } from './harness/subject.js';
import type { Progress } from './progress.js';
import type { RunRecord } from './runRecord.js';

/** What every pass of a run gets. A pass reports its own progress, and writes its results into the record. */
export interface PassContext {
  readonly browser: Browser;
  readonly server: HarnessServer;
  readonly options: CollectOptions;
  /** What the page runs without recording. */
  readonly workload: Workload;
  readonly record: RunRecord;
  /** The device of the native run. */
  readonly picked: PickedDevice;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** What the page runs without recording. A pass that records adds its own options. */
export function plainWorkload(options: CollectOptions, { id }: Manifest): Workload {
  const { backend, threads, simd, model } = options;
  return {
    runId: id,
    backend,
    threads,
    simd,
    ...toldOf(options),
    ...NOTHING_CHANGED,
    freeDimensions: model.freeDimensions ?? {},
    ...NOTHING_RECORDED,
  };
}
