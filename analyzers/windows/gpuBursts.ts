import { median } from 'simple-statistics';
import { byName } from '../activity/findSlices.js';
import { rowsOfThread } from '../activity/search.js';
import type { Search } from './finder.js';
import { type Piece, splitAtIdle, type ThreadSeries } from './series.js';

/** What a page's thread hands to the GPU process. */
const HANDS_OVER = /^(DawnClientSerializer::|CommandBufferHelper::Flush|CommandBufferProxyImpl::Flush)/;
/** What it takes from there, or waits for. Not GLES2::ReadPixels: into a buffer it only asks, and where it waits that is a slice in it. */
const TAKES =
  /^(WebGPUImplementation::OnGpuControlReturnData|DawnReturnCommands|ImplementationBase::WaitForCmd|CommandBufferHelper::Finish|CommandBufferProxyImpl::Wait)/;
/** Threads that run a page's scripts; a page's compositor deals with the GPU too. */
const RUNS_SCRIPTS = /^(CrRendererMain|DedicatedWorker)/;
/** Of bursts that are inferences at least this part ends with something read back: drawing a picture does not. */
const READ_BACK = 0.5;
/** Bursts that are longer or shorter than the median by more are not of the usual length. */
const USUAL = 2;
/** Idle time that is none, µs. */
const FLOOR_US = 1000;

/**
 * Bursts of work for the GPU on each thread of a page, by Chrome's own slices. A thread that rests until the GPU answers is in the middle
 * of one; what comes after the last answer is none of it.
 */
export function gpuBursts({ trace, page }: Pick<Search, 'trace' | 'page'>): ThreadSeries[] {
  const { columns } = trace.tables.threads;
  return Array.from(columns.pid.keys()).flatMap((thread) =>
    RUNS_SCRIPTS.test(columns.name.at(thread)) ? (seriesOf({ trace, page }, thread) ?? []) : [],
  );
}

type Burst = ThreadSeries['spans'][number];

interface Deal extends Piece {
  readonly answered: boolean;
}

function seriesOf({ trace, page }: Pick<Search, 'trace' | 'page'>, thread: number): ThreadSeries | null {
  const deals = dealsOf({ trace }, thread);
  const { bursts, boundary } = splitAtIdle(deals, FLOOR_US);
  if (!boundary) return null;
  const spans = bursts.flatMap(({ startUs, pieces }) => {
    const last = (pieces as readonly Deal[]).findLast(({ answered }) => answered);
    return last ? [{ startUs, endUs: last.endUs }] : [];
  });
  if (spans.length < 2 || spans.length < READ_BACK * bursts.length) return null;
  const begun = page?.page.fromStart ? withOneWarmup(spans) : spans;
  return { thread, spans: begun, boundary, hasTasks: true, what: 'work for the GPU' };
}

/**
 * What comes before the first burst of the usual length is one: a page makes its device and compiles its shaders then, and rests in
 * between without an answer of the GPU in sight.
 */
function withOneWarmup(spans: readonly Burst[]): readonly Burst[] {
  const usualUs = median(spans.map(({ startUs, endUs }) => endUs - startUs));
  const isUsual = ({ startUs, endUs }: Burst): boolean =>
    endUs - startUs <= USUAL * usualUs && endUs - startUs >= usualUs / USUAL;
  const first = spans.findIndex(isUsual);
  if (first < 2) return spans;
  return [{ startUs: spans[0]!.startUs, endUs: spans[first - 1]!.endUs }, ...spans.slice(first)];
}

/** The tasks in which the thread deals with the GPU, by time. */
function dealsOf({ trace }: Pick<Search, 'trace'>, thread: number): Deal[] {
  const { columns } = trace.tables.slices;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const kindOf = byName(columns.name, (name) => (TAKES.test(name) ? 'takes' : HANDS_OVER.test(name) ? 'hands over' : null));
  const deals: Deal[] = [];
  let task = -1;
  let beganWith: 'takes' | 'hands over' | null = null;
  let answered = false;
  const close = (): void => {
    if (task < 0 || beganWith === null) return;
    const startUs = columns.startUs[task]!;
    const last = deals.at(-1);
    // A page that polls hands something over in the middle of its wait: it rests only once what it asked for was answered.
    const rests = beganWith === 'hands over' && last?.answered === true;
    const idleUs = rests ? Math.max(0, startUs - last.endUs) : 0;
    deals.push({ startUs, endUs: startUs + columns.durationUs[task]!, entry: '', idleUs, answered });
  };
  for (let row = from; row < to; row++) {
    if (columns.depth[row] === 0) {
      close();
      [task, beganWith, answered] = [row, null, false];
    }
    const kind = kindOf(row);
    beganWith ??= kind;
    if (kind === 'takes') answered = true;
  }
  close();
  return deals;
}
