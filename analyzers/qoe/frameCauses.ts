import type { Trace } from '../../src/trace/trace.js';
import { findSlices } from '../activity/findSlices.js';
import { rowsOfThread } from '../activity/search.js';
import { clip, flatten, overlay, type Span } from '../activity/spans.js';
import type { Vsync } from '../frames/vsyncs.js';

/** Why a vsync was not smooth. */
interface FrameCauseEntry {
  readonly title: string;
  readonly meaning: string;
  readonly fill: string;
  /** Slices of the page’s main thread in which it is the cause, by name. */
  readonly slices?: RegExp;
}

/** The causes, the innermost slice deciding. */
export const frameCauses = {
  'frame.inference': {
    title: 'Inference on the main thread',
    meaning: 'An inference ran on the page’s main thread while the frame needed it.',
    fill: '#d1495b',
  },
  'frame.script': {
    title: 'Scripts',
    meaning: 'Another script of the page ran on its main thread.',
    fill: '#edae49',
    slices:
      /^(FunctionCall|EvaluateScript|TimerFire|FireAnimationFrame|EventDispatch|RunMicrotasks|v8\.callFunction|HandlePostMessage)$/,
  },
  'frame.style': {
    title: 'Style, layout and paint',
    meaning: 'The main thread prepared the frame.',
    fill: '#8fb8de',
    slices:
      /^(UpdateLayoutTree|Layout|PrePaint|Paint|Layerize|Commit|UpdateLayer|HitTest|IntersectionObserverController::computeIntersections)$/,
  },
  'frame.gc': {
    title: 'Garbage collection',
    meaning: 'V8 collected garbage on the main thread.',
    fill: '#66a182',
    slices: /^(MinorGC|MajorGC|V8\.GC.*|BlinkGC\..*)$/,
  },
  'frame.compile': {
    title: 'Compilation',
    meaning: 'V8 compiled scripts or Wasm on the main thread.',
    fill: '#2e4057',
    slices: /^(v8\.compile.*|V8\.Compile.*|wasm\.(?!GetFeatures).*|v8\.wasm\..*)$/,
  },
  'frame.task': {
    title: 'Other tasks of the page',
    meaning: 'The main thread ran a task without a script and without rendering.',
    fill: '#b8b8d1',
    slices: /^(ThreadControllerImpl::RunTask|RunTask)$/,
  },
  'frame.preempted': {
    title: 'No core',
    meaning: 'The thread that had to make the frame had work and no core, by the CPU time of its tasks.',
    fill: '#96386a',
  },
  'frame.compositor': {
    title: 'Compositor',
    meaning: 'The page’s compositor was busy, while the main thread was not.',
    fill: '#5c80bc',
  },
  'frame.gpu': {
    title: 'Drawing',
    meaning: 'The GPU process was busy putting frames together and drawing them.',
    fill: '#3e92cc',
  },
  'frame.unexplained': {
    title: 'Not explained',
    meaning: 'Nothing that the trace shows held the frame up.',
    fill: '#c9c9c9',
  },
} as const satisfies Readonly<Record<string, FrameCauseEntry>>;

export type FrameCauseId = keyof typeof frameCauses;
export const frameCauseIds = Object.keys(frameCauses) as readonly FrameCauseId[];

/** Their colours, for swatches. */
export const frameCauseFills: readonly string[] = frameCauseIds.map((id) => frameCauses[id].fill);

/** A vsync that was missed or shown in part, with its causes. */
export interface AffectedVsync extends Vsync {
  /** Weights that sum to 1. */
  readonly causes: Readonly<Partial<Record<FrameCauseId, number>>>;
}

/** The main thread holds a frame up if it is busy for at least this part of a vsync; the others if at least this part. */
const MAIN_BUSY = 0.5;
const OTHERS_BUSY = 0.25;

interface Threads {
  /** Rows of threads. */
  readonly main: number;
  readonly compositor: readonly number[];
  readonly gpu: readonly number[];
}

/**
 * The vsyncs that were missed or shown in part, and why: what the page’s main thread did from the vsync to the next one, if
 * the frame needed it and it was busy; otherwise what its compositor did, or the GPU process. Time of a task in which its thread had
 * no core is of that, by the task’s CPU time, and the rest is of what ran. Collections and compilation wait for their helper threads, so
 * their time off the core stays theirs.
 * @param inferences stretches of inferences on the main thread, sorted and without overlap
 */
export function causesOf(
  trace: Trace,
  vsyncs: readonly Vsync[],
  periodUs: number,
  threads: Threads,
  inferences: readonly Span<unknown>[],
): AffectedVsync[] {
  const main = mainActivity(trace, threads.main, inferences);
  const mainTasks = tasksOf(trace, threads.main);
  const others = [
    { cause: 'frame.compositor', tasks: threads.compositor.map((row) => tasksOf(trace, row)) },
    { cause: 'frame.gpu', tasks: threads.gpu.map((row) => tasksOf(trace, row)) },
  ] as const;
  const causes = ({ startUs, mainAnimation }: Vsync): AffectedVsync['causes'] => {
    const endUs = startUs + periodUs;
    const busy = new Map<FrameCauseId, number>();
    const add = (id: FrameCauseId, us: number): unknown => busy.set(id, (busy.get(id) ?? 0) + us);
    if (mainAnimation) {
      for (const span of clip(main, startUs, endUs)) {
        const onCore = hasHelpers(span.value) ? 1 : onCoreShare(mainTasks, span.startUs);
        const us = span.endUs - span.startUs;
        add(span.value, us * onCore);
        add('frame.preempted', us * (1 - onCore));
      }
    }
    if (sumOf(busy) < MAIN_BUSY * periodUs) {
      busy.clear();
      for (const { cause, tasks } of others) {
        for (const own of tasks) {
          for (const task of clip(own, startUs, endUs)) {
            const us = task.endUs - task.startUs;
            add(cause, us * task.value);
            add('frame.preempted', us * (1 - task.value));
          }
        }
      }
      if (sumOf(busy) < OTHERS_BUSY * periodUs) {
        busy.clear();
        add('frame.unexplained', 1);
      }
    }
    const all = sumOf(busy);
    return Object.fromEntries([...busy].map(([id, us]) => [id, us / all]));
  };
  const affected = vsyncs.filter(({ verdict }) => verdict === 'missed' || verdict === 'partial');
  return affected.map((vsync) => ({ ...vsync, causes: causes(vsync) }));
}

const sumOf = (busy: ReadonlyMap<unknown, number>): number => [...busy.values()].reduce((sum, us) => sum + us, 0);

/** Work of V8 that goes on on other threads, too. */
const hasHelpers = (id: FrameCauseId): boolean => id === 'frame.gc' || id === 'frame.compile';

/** What the main thread did. Collections and compilation count as themselves inside of inferences too. */
function mainActivity(trace: Trace, main: number, inferences: readonly Span<unknown>[]): readonly Span<FrameCauseId>[] {
  const meaning = (name: string): FrameCauseId | null =>
    frameCauseIds.find((id) => (frameCauses[id] as FrameCauseEntry).slices?.test(name)) ?? null;
  const slices = flatten(findSlices(trace, [main], meaning, (id) => id).get(main) ?? []);
  const busy = inferences.flatMap(({ startUs, endUs }) => clip(slices, startUs, endUs));
  const inInference = busy.map((span) => (hasHelpers(span.value) ? span : { ...span, value: 'frame.inference' as const }));
  return overlay(slices, inInference);
}

/** A thread’s outermost tasks, with the part of each in which it was on a core; 1 where the trace does not say. */
function tasksOf(trace: Trace, thread: number): readonly Span<number>[] {
  const { columns } = trace.tables.slices;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const tasks: Span<number>[] = [];
  for (let row = from; row < to; row++) {
    if (columns.depth[row] !== 0) continue;
    const startUs = columns.startUs[row]!;
    const durationUs = columns.durationUs[row]!;
    const cpuUs = columns.cpuUs[row]!;
    if (durationUs > 0)
      tasks.push({ startUs, endUs: startUs + durationUs, value: Number.isNaN(cpuUs) ? 1 : Math.min(1, cpuUs / durationUs) });
  }
  return tasks;
}

function onCoreShare(tasks: readonly Span<number>[], atUs: number): number {
  const [task] = clip(tasks, atUs, atUs + 1);
  return task?.value ?? 1;
}
