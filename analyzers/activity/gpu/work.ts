import type { Trace } from '../../../src/trace/trace.js';
import { type Span, union } from '../spans.js';
import { commandsOfRun, type Sent, sentCommands, usesGpuApi } from './clients.js';
import { deviceClock, devicePasses } from './deviceClock.js';
import { callsOfRun, type RealmOnTrace } from './realm.js';

/** What the inferences of one thread had the GPU do, apart from what the page had it do for other contexts. */
export interface GpuWork {
  /** Commands for the inferences, by time. */
  readonly commands: readonly Sent[];
  /** When the device computed for them, and when for others. Both sorted without overlap. */
  readonly device: readonly Span<null>[];
  readonly elsewhere: readonly Span<null>[];
  /** Whether the inferences use the GPU at all. */
  readonly isUsed: boolean;
}

/**
 * @param stretches when inferences ran
 * @param realms recorded calls of GPU APIs
 */
export function gpuWork(
  trace: Trace,
  thread: number,
  stretches: readonly Omit<Span<unknown>, 'value'>[],
  realms: readonly RealmOnTrace[],
): GpuWork {
  const sent = sentCommands(trace, thread);
  const commands = commandsOfRun(trace, thread, sent, stretches, realms);
  const device: Span<null>[] = [];
  const elsewhere: Span<null>[] = [];
  let called: boolean | null = null;
  for (const realm of realms) {
    const isOfRun = realm.thread === thread ? callsOfRun(realm.log) : () => false;
    const passes = devicePasses(trace, realm);
    for (const pass of passes) if (isOfRun(pass.value)) device.push({ ...pass, value: null });
    if (isPlaced(realm)) for (const pass of passes) if (!isOfRun(pass.value)) elsewhere.push({ ...pass, value: null });
    if (realm.thread === thread) called = (called ?? false) || realm.log.calls.name.some((_, call) => isOfRun(call));
  }
  return {
    commands,
    device: union(device),
    elsewhere: union(elsewhere),
    isUsed: called ?? (commands.length > 0 || (sent.length === 0 && usesGpuApi(trace, thread))),
  };
}

/** Whether it is known when the device computed. A clock that differs and has no upper bound only tells that it was not before. */
function isPlaced(realm: RealmOnTrace): boolean {
  const clock = deviceClock(realm);
  return clock === null || clock.errorUs !== null || clock.offsetUs === 0;
}
