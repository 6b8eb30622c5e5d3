import type { Trace } from '../../src/trace/trace.js';
import { byName } from '../byName.js';
import type { CauseId } from '../causes.js';
import { firstReachingInto } from '../firstReachingInto.js';
import { rowsOfThread } from '../rows.js';
import { clip, flatten, overlay, type Span, subtract, union } from '../spans.js';
import { gpuProcessCause } from './gpuProcessCause.js';

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
  const asleep = served.filter(({ value }) => value === 'asleep').map((span) => ({ ...span, value: 'gpu.validate' as const }));
  const awake = served.filter((span): span is Span<CauseId> => span.value !== 'asleep');
  const compiled = compiledAside(trace, [...taken.keys()], stretches);
  const spans = [asleep, compiled, awake].reduce(overlay<CauseId>);
  const executing = device.map(({ startUs, endUs }) => ({ startUs, endUs, value: 'gpu.execute' as const }));
  return {
    spans: overlay<CauseId>(spans, executing),
    isDeviceTimed: device.length > 0,
    serving: spans.filter(({ value }) => value !== 'contention.page' && value !== 'gpu.execute'),
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
        if (!isEmpty) tasks.push({ startUs, endUs, value: 'contention.page' });
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
          own.push({ startUs, endUs, value: isAsleep ? 'asleep' : 'gpu.validate' });
          // The task around it is there for it.
          const task = tasks.at(-1);
          if (task && task.endUs >= endUs) tasks[tasks.length - 1] = { ...task, value: 'gpu.validate' };
          flushEndUs = endUs;
          isTimed = clip(device, startUs, endUs).length > 0;
        }
      } else if (endUs <= flushEndUs) {
        const value = causeOf(row);
        // Where the device says when it computed, the rest of waiting for it is submitting and the way of its signal.
        if (value !== null) own.push({ startUs, endUs, value: isTimed && value === 'gpu.execute' ? 'gpu.sync' : value });
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
  return subtract(inside, outside).map(({ startUs, endUs }) => ({ startUs, endUs, value: 'gpu.compile' }));
}
