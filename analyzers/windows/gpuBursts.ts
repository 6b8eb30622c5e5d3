import { median } from 'simple-statistics';
import { byName } from '../activity/findSlices.js';
import { usesGpuApi } from '../activity/gpu/clients.js';
import { rowsOfThread } from '../activity/search.js';
import type { Search } from './finder.js';
import { type Piece, splitAtIdle, type ThreadSeries } from './series.js';

/** Slices in which a page's thread sends commands to the GPU process. */
const SENDS = /^(DawnClientSerializer::|CommandBufferHelper::Flush|CommandBufferProxyImpl::Flush)/;
/**
 * Slices in which it receives an answer, or waits for one. GLES2::ReadPixels is not among them: into a buffer it only sends a
 * request, and where it waits, an inner slice shows that.
 */
const RECEIVES =
  /^(WebGPUImplementation::OnGpuControlReturnData|DawnReturnCommands|ImplementationBase::WaitForCmd|CommandBufferHelper::Finish|CommandBufferProxyImpl::Wait)/;
/** Names of threads that run a page's scripts. A page's compositor uses the GPU too, on its own thread and on theirs, and is left out. */
const RUNS_SCRIPTS = /^(CrRendererMain|DedicatedWorker)/;
/** Bursts are inferences only if at least this part of them ends with a read-back. Drawing does not. */
const READ_BACK = 0.5;
/** A burst has the usual length if it differs from the median by at most this factor. */
const USUAL = 2;
/** Shorter pauses do not count as idle time, µs. */
const FLOOR_US = 1000;

/**
 * Bursts of work for the GPU on each thread of a page, by Chrome's own slices. While a thread waits for an answer of the GPU, its
 * burst goes on. The burst ends with the last answer.
 */
export function gpuBursts({ trace, page }: Pick<Search, 'trace' | 'page'>): ThreadSeries[] {
  const { columns } = trace.tables.threads;
  return Array.from(columns.pid.keys()).flatMap((thread) =>
    RUNS_SCRIPTS.test(columns.name.at(thread)) && usesGpuApi(trace, thread) ? (seriesOf({ trace, page }, thread) ?? []) : [],
  );
}

type Burst = ThreadSeries['spans'][number];

interface GpuTask extends Piece {
  readonly answered: boolean;
}

function seriesOf({ trace, page }: Pick<Search, 'trace' | 'page'>, thread: number): ThreadSeries | null {
  const gpuTasks = gpuTasksOf({ trace }, thread);
  const { bursts, boundary } = splitAtIdle(gpuTasks, FLOOR_US);
  if (!boundary) return null;
  const spans = bursts.flatMap(({ startUs, pieces }) => {
    const last = (pieces as readonly GpuTask[]).findLast(({ answered }) => answered);
    return last ? [{ startUs, endUs: last.endUs }] : [];
  });
  if (spans.length < 2 || spans.length < READ_BACK * bursts.length) return null;
  const begun = page?.page.fromStart ? withOneWarmup(spans) : spans;
  return { thread, spans: begun, boundary, hasTasks: true, what: 'work for the GPU' };
}

/**
 * Joins all bursts before the first one of the usual length into one, the warm-up. In it a page creates its device and compiles
 * its shaders, and pauses without waiting for an answer of the GPU.
 */
function withOneWarmup(spans: readonly Burst[]): readonly Burst[] {
  const usualUs = median(spans.map(({ startUs, endUs }) => endUs - startUs));
  const isUsual = ({ startUs, endUs }: Burst): boolean =>
    endUs - startUs <= USUAL * usualUs && endUs - startUs >= usualUs / USUAL;
  const first = spans.findIndex(isUsual);
  if (first < 2) return spans;
  return [{ startUs: spans[0]!.startUs, endUs: spans[first - 1]!.endUs }, ...spans.slice(first)];
}

/** The tasks in which the thread communicates with the GPU process, by time. */
function gpuTasksOf({ trace }: Pick<Search, 'trace'>, thread: number): GpuTask[] {
  const { columns } = trace.tables.slices;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const kindOf = byName(columns.name, (name) => (RECEIVES.test(name) ? 'receives' : SENDS.test(name) ? 'sends' : null));
  const gpuTasks: GpuTask[] = [];
  let task = -1;
  let beganWith: 'receives' | 'sends' | null = null;
  let answered = false;
  const close = (): void => {
    if (task < 0 || beganWith === null) return;
    const startUs = columns.startUs[task]!;
    const last = gpuTasks.at(-1);
    // A page that polls sends commands while it waits. It is idle only after its request was answered.
    const isIdle = beganWith === 'sends' && last?.answered === true;
    const idleUs = isIdle ? Math.max(0, startUs - last.endUs) : 0;
    gpuTasks.push({ startUs, endUs: startUs + columns.durationUs[task]!, entry: '', idleUs, answered });
  };
  for (let row = from; row < to; row++) {
    if (columns.depth[row] === 0) {
      close();
      [task, beganWith, answered] = [row, null, false];
    }
    const kind = kindOf(row);
    beganWith ??= kind;
    if (kind === 'receives') answered = true;
  }
  close();
  return gpuTasks;
}
