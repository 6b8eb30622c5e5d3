import type { Trace } from '../../../src/trace/trace.js';
import { type CauseId, contention, gpu } from '../../partition/causes/index.js';
import { type GpuWait, gpuProcessCause } from '../../partition/causes/rules.js';
import { byName } from '../findSlices.js';
import { firstReachingInto, lowerBound, rowsOfThread } from '../search.js';
import { clip, firstEndingAfter, flatten, overlay, type Span, subtract, union } from '../spans.js';
import type { Task } from '../threadSpans.js';
import { type Sent, sentCommands, usesGpuApi } from './clients.js';
import { callsOfRun, type RealmOnTrace } from './realm.js';

/** What the GPU process and the device do for one of the page's threads. */
export interface GpuTimeline {
  /**
   * By the device's times; where it is idle, by slices of the GPU process. Sorted without overlap. In gaps nothing is known. What is
   * done for others is contention.page where it is in the owner's way, and unattributed where that is not known.
   */
  readonly spans: readonly Span<CauseId>[];
  /** False without times of the device: it may then compute in a gap after the last commands. */
  readonly isDeviceTimed: boolean;
  /** False if the trace does not show how the GPU process takes the commands up. Then a gap means nothing. */
  readonly isServiceKnown: boolean;
  /** What the GPU process does with the thread's commands, also while the device computes. Sorted without overlap. */
  readonly serving: readonly Span<CauseId>[];
}

/** Tasks in which the GPU process only polls the device, for tracing or for a wait, or only answers a waiting client. */
const WAITING =
  /^(CommandBufferStub::(PerformWork|PollWork|WaitForGetOffsetInRange|WaitForTokenInRange)|DawnServiceSerializer::Flush|GPUTracer::|QueryVk::)/;
type Served = CauseId | 'asleep';

const FLUSH = 'CommandBuffer::Flush';
/**
 * Slices in which other threads of the GPU process compile: Dawn compiles pipelines there, and ANGLE compiles shaders and
 * programs, and pipelines after linking.
 */
const COMPILING_ASIDE = /^(CreatePipelineAsync|ANGLEPlatformImpl::RunWorkerTask)/;

/**
 * What the GPU process and the device did for the inferences of one thread in some stretches of time. A flow from a flush leads to
 * the task of the GPU process that takes the commands up. Other tasks there belong to other contexts, other pages and the browser.
 * @param commands that the thread sent for its inferences
 * @param device when the device computed for them, sorted without overlap
 * @param elsewhere when the device computed for other contexts of the page, sorted without overlap
 * @returns null if nothing shows that the inferences sent anything to the GPU process
 */
export function gpuTimeline(
  trace: Trace,
  stretches: readonly Span<unknown>[],
  commands: readonly Sent[],
  device: readonly Span<unknown>[],
  elsewhere: readonly Span<unknown>[] = [],
): GpuTimeline | null {
  /** From when commands are sent until they are taken up, per thread of the GPU process. */
  const pending = new Map<number, Sent[]>();
  for (const sent of commands) {
    const known = pending.get(sent.toThread);
    if (known) known.push(sent);
    else pending.set(sent.toThread, [sent]);
  }
  if (pending.size === 0 && device.length === 0) return null;
  const served = [...pending]
    .map(([thread, spans]) => serviceSpans(trace, thread, stretches, spans, device))
    .reduce(overlay<Served>, []);
  // A thread that sleeps while it serves the run's commands waits for other threads to compile, if any does.
  const asleep = served.filter(({ value }) => value === 'asleep').map((span) => ({ ...span, value: gpu.validate.id }));
  const awake = served.filter((span): span is Span<CauseId> => span.value !== 'asleep');
  const compiled = compiledAside(trace, [...pending.keys()], stretches);
  const others = elsewhere.map(({ startUs, endUs }) => ({ startUs, endUs, value: contention.page.id }));
  // While the GPU process waits for the device, the owner waits for whatever that computes.
  const [waiting, working] = [awake.filter(waitsForDevice), awake.filter((span) => !waitsForDevice(span))];
  const spans = [waiting, asleep, others, compiled, working].reduce(overlay<CauseId>);
  const executing = device.map(({ startUs, endUs }) => ({ startUs, endUs, value: gpu.execute.id }));
  return {
    spans: overlay<CauseId>(spans, executing),
    isDeviceTimed: device.length > 0,
    isServiceKnown: [...pending.keys()].some((thread) => hasSlices(trace, thread)),
    serving: spans.filter((span) => isForOwner(span) && span.value !== gpu.execute.id),
  };
}

const waitsForDevice = ({ value }: Span<CauseId>): boolean => value === gpu.execute.id || value === gpu.sync.id;

function hasSlices(trace: Trace, thread: number): boolean {
  const [from, to] = rowsOfThread(trace.tables.slices.columns.thread, thread);
  return from < to;
}

/**
 * What a thread of the GPU process does: causes of the owner's commands, `asleep` if it mostly sleeps, and other tasks.
 */
function serviceSpans(
  trace: Trace,
  thread: number,
  stretches: readonly Span<unknown>[],
  pending: readonly Span<null>[],
  device: readonly Span<unknown>[],
): Span<Served>[] {
  const taken = pending.map(({ endUs }) => endUs).sort((a, b) => a - b);
  const { columns } = trace.tables.slices;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const isWaiting = byName(columns.name, (name) => WAITING.test(name));
  const isFlush = byName(columns.name, (name) => name === FLUSH);
  const causeOf = byName(columns.name, gpuProcessCause);
  const own: Span<Served>[] = [];
  const tasks: Span<Served>[] = [];
  let next = 0;
  let flushEndUs = Number.NEGATIVE_INFINITY;
  let isTimed = false;
  let taskEndUs = Number.NEGATIVE_INFINITY;
  let row = from;
  for (const stretch of stretches) {
    row = Math.max(row, firstReachingInto(trace, stretch.startUs, from, to));
    for (; row < to && columns.startUs[row]! < stretch.endUs; row++) {
      const startUs = columns.startUs[row]!;
      const endUs = startUs + columns.durationUs[row]!;
      if (!(endUs > startUs)) continue;
      if (columns.depth[row] === 0) {
        // An empty task is a poll: the trace may hold its task without the slices in it.
        const isEmpty = row + 1 >= to || columns.depth[row + 1] === 0;
        if (!isEmpty) tasks.push({ startUs, endUs, value: contention.page.id });
        taskEndUs = endUs;
      } else if (columns.depth[row] === 1 && isWaiting(row) && tasks.at(-1)?.endUs === taskEndUs) {
        tasks.pop();
        taskEndUs = Number.NaN;
      }
      if (isFlush(row) && startUs >= flushEndUs) {
        // The flow ends at the begin of the request, which is the slice around the flush.
        const parent = columns.parent[row]!;
        const requestUs = parent < 0 ? startUs : columns.startUs[parent]!;
        while (next < taken.length && taken[next]! < requestUs) next++;
        if (next < taken.length && taken[next]! <= endUs) {
          const isAsleep = columns.cpuUs[row]! < (endUs - startUs) / 2;
          own.push({ startUs, endUs, value: isAsleep ? 'asleep' : gpu.validate.id });
          // The task around the flush serves the owner too.
          const task = tasks.at(-1);
          if (task && task.endUs >= endUs) tasks[tasks.length - 1] = { ...task, value: gpu.validate.id };
          flushEndUs = endUs;
          isTimed = clip(device, startUs, endUs).length > 0;
        }
      } else if (endUs <= flushEndUs) {
        const value = causeOf(row);
        // With times of the device, the rest of this wait is submitting and signalling, not computing.
        if (value !== null) own.push({ startUs, endUs, value: isTimed && value === gpu.execute.id ? gpu.sync.id : value });
      }
    }
  }
  if (device.length > 0) return overlay(tasks, flatten(own));
  const others = tasks.filter(({ value }) => value === contention.page.id);
  // While a busy GPU process holds the answer up, a device that tells no times may compute for the owner.
  const meanwhile = subtract(others, union(pending)).map((task): Span<Served> => ({ ...task, value: 'unattributed' }));
  return overlay(overlay(tasks, meanwhile), flatten(own));
}

/** When other threads of the same process compile, during the stretches. */
function compiledAside(trace: Trace, serving: readonly number[], stretches: readonly Span<unknown>[]): Span<CauseId>[] {
  const { threads, slices } = trace.tables;
  const processes = new Set(serving.map((thread) => threads.columns.pid[thread]));
  const isCompiling = byName(slices.columns.name, (name) => COMPILING_ASIDE.test(name));
  const compiling: Span<null>[] = [];
  for (let thread = 0; thread < threads.length; thread++) {
    if (!processes.has(threads.columns.pid[thread]) || serving.includes(thread)) continue;
    const [from, to] = rowsOfThread(slices.columns.thread, thread);
    for (let row = from; row < to; row++) {
      if (!isCompiling(row)) continue;
      const startUs = slices.columns.startUs[row]!;
      compiling.push({ startUs, endUs: startUs + slices.columns.durationUs[row]!, value: null });
    }
  }
  const inside = union(compiling);
  const outside = subtract(inside, stretches);
  return subtract(inside, outside).map(({ startUs, endUs }) => ({ startUs, endUs, value: gpu.compile.id }));
}

/** Slices of a page's thread in which it sends commands to the GPU process or receives an answer. */
const CLIENT =
  /^(WebGPUImplementation::|DawnReturnCommands|DawnClientSerializer::|CommandBufferHelper::|CommandBufferProxyImpl::|GLES2)/;

/**
 * Returns whether a task of the thread uses the GPU for its inferences, by recorded calls of its API or by Chrome's own slices.
 * Such tasks belong to the run, even if they are too short for a sample of the run's script.
 * @param commands that the thread sent for its inferences
 */
export function gpuTasks(
  trace: Trace,
  thread: number,
  realms: readonly RealmOnTrace[],
  commands: readonly Sent[],
): (task: Span<Task>) => boolean {
  const { columns, length } = trace.tables.slices;
  const calls = realms
    .filter((realm) => realm.thread === thread)
    .flatMap(({ log, toTraceUs }) => {
      const isOfRun = callsOfRun(log);
      return log.calls.atMs.filter((_, call) => isOfRun(call)).map(toTraceUs);
    })
    .sort((a, b) => a - b);
  const all = sentCommands(trace, thread).map(({ startUs }) => startUs);
  const own = commands.map(({ startUs }) => startUs);
  const isClient = columns.name.strings.map((name) => CLIENT.test(name));
  const uses = usesGpuApi(trace, thread);
  return ({ startUs, endUs, value: { row } }) => {
    if (isWithin(calls, startUs, endUs) || isWithin(own, startUs, endUs)) return true;
    if (!uses || isWithin(all, startUs, endUs)) return false;
    for (let inner = row; inner < length && columns.thread[inner] === thread && columns.startUs[inner]! < endUs; inner++) {
      if (isClient[columns.name.codes[inner]!]) return true;
    }
    return false;
  };
}

/** Whether any of some sorted moments lies in a stretch. */
function isWithin(moments: readonly number[], startUs: number, endUs: number): boolean {
  const next = lowerBound(moments, startUs);
  return next < moments.length && moments[next]! < endUs;
}

/**
 * Splits a stretch in which the owner waits for the GPU. It goes to what the GPU process or the device does for the owner. The
 * time before is the way to the GPU process, and the time after the way back. In a blocking call, both are its round trip.
 * @param wait what the owner waits for in a call; null if it waits for a message
 * @param window window of the stretch. Without times of the device, a wait of any length between two activities of the GPU
 *   process in that window is a wait for the device
 * @returns null if nothing shows that the owner waits for the GPU
 */
export function whileGpuWorks(
  { startUs, endUs }: Span<unknown>,
  { spans, isDeviceTimed, isServiceKnown }: GpuTimeline,
  wait: GpuWait | null,
  window: Pick<Span<unknown>, 'startUs' | 'endUs'> = { startUs, endUs },
): Span<CauseId>[] | null {
  // What the GPU does for others does not show that the owner waits for it.
  if (wait === null && !worksForOwner(spans, window)) return null;
  const known = clip(spans, startUs, endUs).map((span) =>
    // ANGLE has no slice for compiling here, but the page waits for the result of a compilation.
    wait === gpu.compile.id && span.value === gpu.validate.id ? { ...span, value: wait } : span,
  );
  if (known.length === 0 && wait === null && !isBetween(spans, startUs, endUs, isDeviceTimed ? null : window)) return null;
  const lastEndUs = known.findLast(isForOwner)?.endUs ?? Number.NEGATIVE_INFINITY;
  const nothingKnown = (atUs: number): CauseId => {
    if (!isServiceKnown) return 'unattributed';
    // In a blocking call the rest is its round trip, unless the device may compute meanwhile.
    if (wait === gpu.sync.id && !isDeviceTimed) return 'unattributed';
    if (wait !== null) return wait === gpu.compile.id ? gpu.sync.id : wait;
    if (atUs < lastEndUs) return gpu.ipc.id;
    return isDeviceTimed ? gpu.sync.id : gpu.execute.id;
  };
  const gaps = subtract([{ startUs, endUs, value: null }], known).map(
    (gap): Span<CauseId> => ({ ...gap, value: nothingKnown(gap.startUs) }),
  );
  return [...known, ...gaps].sort((a, b) => a.startUs - b.startUs);
}

/** Whether the GPU process or the device did it for the owner. */
export const isForOwner = ({ value }: Span<CauseId>): boolean => value !== contention.page.id && value !== 'unattributed';

/** Whether any of the spans in a stretch is of the owner's work. */
function worksForOwner(spans: readonly Span<CauseId>[], { startUs, endUs }: Pick<Span<unknown>, 'startUs' | 'endUs'>): boolean {
  for (let i = firstEndingAfter(spans, startUs); i < spans.length && spans[i]!.startUs < endUs; i++) {
    if (isForOwner(spans[i]!)) return true;
  }
  return false;
}

/** A wait at most this far from an activity of the GPU counts as a wait for the GPU, µs. */
const NEAR_US = 20_000;

/**
 * Whether the GPU works shortly before or after a wait, or on both sides of it within the window. Polls of the page cut one wait
 * into many, and the GPU need not work in each.
 */
function isBetween(
  spans: readonly Span<unknown>[],
  startUs: number,
  endUs: number,
  window: Pick<Span<unknown>, 'startUs' | 'endUs'> | null,
): boolean {
  const next = firstEndingAfter(spans, startUs);
  const before = spans[next - 1];
  const after = spans[next];
  if (window && before && after && before.startUs >= window.startUs && after.endUs <= window.endUs) return true;
  return (before !== undefined && startUs - before.endUs < NEAR_US) || (after !== undefined && after.startUs < endUs + NEAR_US);
}
