import type { Manifest } from '../../src/bundle/manifest.js';
import type { FoundEvent } from './dropEvents.js';

export type Dropped = NonNullable<NonNullable<Manifest['trace']>['dropped']>;

/** Recognizes the GPU process’s polling, and counts it. */
export interface PollingCount {
  drops(event: FoundEvent): boolean;
  dropped(): Dropped;
}

export function pollingCount(): PollingCount {
  let events = 0;
  const names = new Set<string>();
  return {
    drops(event) {
      const { name, durationUs, phase } = event;
      if (phase !== 'X' || !pollingEvent({ name, durationUs, postedFrom: event.postedFrom() })) return false;
      events++;
      names.add(name);
      return true;
    },
    dropped: () => ({ events, names: [...names].sort() }),
  };
}

/** What the filter looks at in a complete event (`ph: "X"`) of one thread. */
export interface CompleteEvent {
  readonly name: string;
  readonly durationUs: number;
  /** The function that posted the task, for a task of Chrome's; null for other events. */
  readonly postedFrom: string | null;
}

/**
 * The events of the GPU process's polling, and the tasks that contain them: every one or two milliseconds it asks whether the
 * device has finished. They can be three quarters of a trace's events; docs/cost.md has the counts.
 * https://source.chromium.org/chromium/chromium/src/+/main:gpu/ipc/service/command_buffer_stub.cc (ScheduleDelayedWork, PollWork)
 */
const NAMES: ReadonlySet<string> = new Set([
  'CommandBufferStub::PerformWork',
  'CommandBufferStub::PollWork',
  'WebGPUDecoderImpl::PerformPollingWork',
  'DeviceBase::APITick::IsDeviceIdle',
  'GPUTracer::ProcessTraces',
  'QueryVk::getResult',
  'Queue::Tick',
]);
const TASK = 'ThreadControllerImpl::RunTask';
const TASK_OF = 'ScheduleDelayedWork';

/** The answer "not yet" takes 20 µs. A longer event did other work too, and is kept. */
const SHORT_US = 100;

/**
 * Whether an event is only a question whether the GPU is done. No analyzer counts it as work, and the slices around it stay as
 * they are.
 */
export function pollingEvent({ name, durationUs, postedFrom }: CompleteEvent): boolean {
  return durationUs < SHORT_US && (NAMES.has(name) || (name === TASK && postedFrom === TASK_OF));
}
