import type { Browser } from 'playwright-core';
import type { PickedDevice } from './baseline/pickNativeDevice.js';
import type { CollectOptions } from './collectOptions.js';
import type { Workload } from './harness/protocol.js';
import type { HarnessServer } from './harness/server.js';
import type { Progress } from './progress.js';
import type { RunRecord } from './runRecord.js';

/** What every pass of a run is given. A pass says itself what it is doing, and leaves what it found in the record. */
export interface PassContext {
  readonly browser: Browser;
  readonly server: HarnessServer;
  readonly options: CollectOptions;
  /** What the page is asked for when nothing is recorded. */
  readonly workload: Workload;
  readonly record: RunRecord;
  /** What the native run computes on. */
  readonly picked: PickedDevice;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}
