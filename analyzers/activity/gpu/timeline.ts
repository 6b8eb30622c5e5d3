import type { Trace } from '../../../src/trace/trace.js';
import { type CauseId, contention, gpu } from '../../partition/causes/index.js';
import { type GpuWait, gpuProcessCause } from '../../partition/causes/rules.js';
import { byName } from '../findSlices.js';
import { firstReachingInto, lowerBound, rowsOfThread } from '../search.js';
import { clip, firstEndingAfter, flatten, overlay, type Span, subtract, union } from '../spans.js';
import type { Task } from '../threadSpans.js';
import type { RealmOnTrace } from './realm.js';

/** What happens behind the page's thread while it waits for the GPU. */
export interface GpuTimeline {
  /** By the device's own times, and where it is idle by what the GPU process does. Sorted, free of overlap; gaps: nothing is known. */
  readonly spans: readonly Span<CauseId>[];
  /** False where the device tells no times: what is in a gap behind the last commands may be its computing. */
  readonly isDeviceTimed: boolean;
  /** What of it the GPU process does with the thread's commands, also while the device computes. Sorted, free of overlap. */
  readonly serving: readonly Span<CauseId>[];
}

/**
 * Tasks in which the GPU process only asks whether the device is done, which is part of tracing or of waiting, or only answers whoever waits.
 */
const WAITING =
  /^(CommandBufferStub::(PerformWork|PollWork|WaitForGetOffsetInRange|WaitForTokenInRange)|DawnServiceSerializer::Flush|GPUTracer::|QueryVk::)/;
type Served = CauseId | 'asleep';

const FLOW = 'GpuChannel::Flush';
const FLUSH = 'CommandBuffer::Flush';
/** On threads beside the serving one: Dawn's pipelines, and ANGLE's tasks, which make shaders and programs, and pipelines once they are linked. */
const COMPILING_ASIDE = /^(CreatePipelineAsync|ANGLEPlatformImpl::RunWorkerTask)/;

/**
 * What the GPU process and the device did for one thread in some stretches of time. Commands are known to be the thread's by the flow
 * that leads from its flush to the task that takes it up; other tasks on that thread of the GPU process are of other pages and of
 * the browser's own frames.
 * @param device when the device computed, sorted, free of overlap
 * @returns null where the thread handed the GPU process nothing
 */
export function gpuTimeline(
  trace: Trace,
  owner: number,
  stretches: readonly Span<unknown>[],
  device: readonly Span<unknown>[],
): GpuTimeline | null {
  const { flows } = trace.tables;
  /** Per thread of the GPU process, when commands of the owner are taken up. */
  const taken = new Map<number, number[]>();
  for (let row = 0; row < flows.length; row++) {
    if (flows.columns.fromThread[row] !== owner || flows.columns.name.at(row) !== FLOW) continue;
    const thread = flows.columns.toThread[row]!;
    const times = taken.get(thread);
    if (times) times.push(flows.columns.toUs[row]!);
    else taken.set(thread, [flows.columns.toUs[row]!]);
  }
  if (taken.size === 0) return null;
  const served = [...taken]
    .map(([thread, times]) =>
      serviceSpans(
        trace,
        thread,
        stretches,
        times.toSorted((a, b) => a - b),
        device,
      ),
    )
    .reduce(overlay<Served>);
  // A thread that sleeps over the run's commands waits for what compiles beside it, if anything does.
  const asleep = served.filter(({ value }) => value === 'asleep').map((span) => ({ ...span, value: gpu.validate.id }));
  const awake = served.filter((span): span is Span<CauseId> => span.value !== 'asleep');
  const compiled = compiledAside(trace, [...taken.keys()], stretches);
  const spans = [asleep, compiled, awake].reduce(overlay<CauseId>);
  const executing = device.map(({ startUs, endUs }) => ({ startUs, endUs, value: gpu.execute.id }));
  return {
    spans: overlay<CauseId>(spans, executing),
    isDeviceTimed: device.length > 0,
    serving: spans.filter(({ value }) => value !== contention.page.id && value !== gpu.execute.id),
  };
}

/** What the thread that serves the owner does: its commands by what is done with them, asleep if it mostly is, and other tasks. */
function serviceSpans(
  trace: Trace,
  thread: number,
  stretches: readonly Span<unknown>[],
  taken: readonly number[],
  device: readonly Span<unknown>[],
): Span<Served>[] {
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
        // Of polls the trace may hold the task and not what it did.
        const isEmpty = row + 1 >= to || columns.depth[row + 1] === 0;
        if (!isEmpty) tasks.push({ startUs, endUs, value: contention.page.id });
        taskEndUs = endUs;
      } else if (columns.depth[row] === 1 && isWaiting(row) && tasks.at(-1)?.endUs === taskEndUs) {
        tasks.pop();
        taskEndUs = Number.NaN;
      }
      if (isFlush(row) && startUs >= flushEndUs) {
        // The flow ends where the request begins that the flush is in.
        const parent = columns.parent[row]!;
        const requestUs = parent < 0 ? startUs : columns.startUs[parent]!;
        while (next < taken.length && taken[next]! < requestUs) next++;
        if (next < taken.length && taken[next]! <= endUs) {
          const isAsleep = columns.cpuUs[row]! < (endUs - startUs) / 2;
          own.push({ startUs, endUs, value: isAsleep ? 'asleep' : gpu.validate.id });
          // The task around it is there for it.
          const task = tasks.at(-1);
          if (task && task.endUs >= endUs) tasks[tasks.length - 1] = { ...task, value: gpu.validate.id };
          flushEndUs = endUs;
          isTimed = clip(device, startUs, endUs).length > 0;
        }
      } else if (endUs <= flushEndUs) {
        const value = causeOf(row);
        // Where the device says when it computed, the rest of waiting for it is submitting and the way of its signal.
        if (value !== null) own.push({ startUs, endUs, value: isTimed && value === gpu.execute.id ? gpu.sync.id : value });
      }
    }
  }
  return overlay(tasks, flatten(own));
}

/** Pipelines that other threads of the same process compile meanwhile. */
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

/** In a task of a page: an answer of the GPU process is taken in, or commands are handed over. */
const CLIENT =
  /^(WebGPUImplementation::|DawnReturnCommands|DawnClientSerializer::|CommandBufferHelper::|CommandBufferProxyImpl::|GLES2)/;

/**
 * Tells tasks of a thread in which the GPU is dealt with, by a call of its API that was written down or by Chrome's own slices: they are the
 * run's, though they may be too short to have the run's script in a sample.
 */
export function gpuTasks(trace: Trace, thread: number, realms: readonly RealmOnTrace[]): (task: Span<Task>) => boolean {
  const { columns, length } = trace.tables.slices;
  const calls = realms
    .filter((realm) => realm.thread === thread)
    .flatMap(({ log, toTraceUs }) => log.calls.atMs.map(toTraceUs))
    .sort((a, b) => a - b);
  const isClient = columns.name.strings.map((name) => CLIENT.test(name));
  return ({ startUs, endUs, value: { row } }) => {
    const call = lowerBound(calls, startUs);
    if (call < calls.length && calls[call]! < endUs) return true;
    for (let inner = row; inner < length && columns.thread[inner] === thread && columns.startUs[inner]! < endUs; inner++) {
      if (isClient[columns.name.codes[inner]!]) return true;
    }
    return false;
  };
}

/**
 * What a stretch goes to in which the owner waits for the GPU: to what the GPU process or the device does for it; before they
 * begin, to the way there; behind them, to the way back. Both ways of a blocking call are its round trip.
 * @param wait what it waits for in a call; null if it waits for a message
 * @param window that it waits in: where the device tells no times, a wait between two activities of the GPU process is one for the device,
 * however long it computes
 * @returns null where nothing says that it is the GPU that it waits for
 */
export function whileGpuWorks(
  { startUs, endUs }: Span<unknown>,
  { spans, isDeviceTimed }: GpuTimeline,
  wait: GpuWait | null,
  window: Pick<Span<unknown>, 'startUs' | 'endUs'> = { startUs, endUs },
): Span<CauseId>[] | null {
  const known = clip(spans, startUs, endUs).map((span) =>
    // ANGLE compiles without a slice that says so; the page asked for the outcome.
    wait === gpu.compile.id && span.value === gpu.validate.id ? { ...span, value: wait } : span,
  );
  if (known.length === 0 && wait === null && !isBetween(spans, startUs, endUs, isDeviceTimed ? null : window)) return null;
  const lastEndUs = known.at(-1)?.endUs ?? Number.NEGATIVE_INFINITY;
  const nothingKnown = (atUs: number): CauseId => {
    // There and back again is what a blocking call costs by itself.
    if (wait !== null) return wait === gpu.compile.id ? gpu.sync.id : wait;
    if (atUs < lastEndUs) return gpu.ipc.id;
    return isDeviceTimed ? gpu.sync.id : gpu.execute.id;
  };
  const gaps = subtract([{ startUs, endUs, value: null }], known).map(
    (gap): Span<CauseId> => ({ ...gap, value: nothingKnown(gap.startUs) }),
  );
  return [...known, ...gaps].sort((a, b) => a.startUs - b.startUs);
}

/** How long after the GPU's last activity a wait still counts as one for the GPU, µs. */
const NEAR_US = 20_000;

/** The GPU worked shortly before: polls of the page cut one wait into many. */
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
