import type { Trace } from '../../src/trace/trace.js';
import { INFERENCE_FILL, NOTHING_FILL } from '../../src/view/palette.js';
import { findSlices } from '../activity/findSlices.js';
import { rowsOfThread } from '../activity/search.js';
import { clip, flatten, lengthWithin, overlay, type Span, subtract, union } from '../activity/spans.js';
import type { Vsync } from '../frames/vsyncs.js';
import { contention, page as pageCauses, runtime } from '../partition/causes/index.js';
import { gpuWait } from '../partition/causes/rules.js';
import { heldByCommands, isDeviceWait } from './heldByCommands.js';

/** Why a vsync was not smooth. */
interface FrameCauseEntry {
  readonly title: string;
  readonly meaning: string;
  readonly fill: string;
  /** Slices of the page’s main thread in which it is the cause, by name. */
  readonly slices?: RegExp;
}

/** The causes, the innermost slice deciding. What means the same as a cause of the partition has its colour. */
export const frameCauses = {
  'frame.inference': {
    title: 'Inference on the main thread',
    meaning: 'An inference ran on the page’s main thread while the frame needed it.',
    fill: INFERENCE_FILL,
  },
  'frame.script': {
    title: 'Scripts',
    meaning: 'Another script of the page ran on its main thread.',
    fill: pageCauses.script.fill,
    slices:
      /^(FunctionCall|EvaluateScript|TimerFire|FireAnimationFrame|EventDispatch|RunMicrotasks|v8\.callFunction|HandlePostMessage)$/,
  },
  'frame.style': {
    title: 'Style, layout and paint',
    meaning: 'The main thread prepared the frame.',
    fill: '#0a5a96',
    slices:
      /^(UpdateLayoutTree|Layout|PrePaint|Paint|Layerize|Commit|UpdateLayer|HitTest|IntersectionObserverController::computeIntersections)$/,
  },
  'frame.gc': {
    title: 'Garbage collection',
    meaning: 'V8 collected garbage on the main thread.',
    fill: runtime.gc.fill,
    slices: /^(MinorGC|MajorGC|V8\.GC.*|BlinkGC\..*)$/,
  },
  'frame.compile': {
    title: 'Compilation',
    meaning: 'V8 compiled scripts or Wasm on the main thread.',
    fill: runtime.compile.fill,
    slices: /^(v8\.compile.*|V8\.Compile.*|wasm\.(?!GetFeatures).*|v8\.wasm\..*)$/,
  },
  'frame.task': {
    title: 'Other tasks of the page',
    meaning: 'The main thread ran a task without a script and without rendering.',
    fill: '#6e5a96',
    slices: /^(ThreadControllerImpl::RunTask|RunTask)$/,
  },
  'frame.preempted': {
    title: 'No core',
    meaning: 'The thread that had to make the frame had work and no core, by the CPU time of its tasks.',
    fill: contention.preempted.fill,
  },
  'frame.compositor': {
    title: 'Compositor',
    meaning: 'The page’s compositor was busy, while the main thread was not.',
    fill: '#0082a0',
  },
  'frame.gpu': {
    title: 'GPU commands of the page',
    meaning:
      'The GPU process worked on what scripts asked of WebGL or WebGPU, as a model on the GPU does, or waited until the device had computed that, while frames had to be drawn.',
    fill: '#be8cdc',
  },
  'frame.draw': {
    title: 'Drawing',
    meaning: 'The GPU process put frames together and drew them, or waited for the device that does.',
    fill: '#0ab4aa',
  },
  'frame.unexplained': {
    title: 'Not explained',
    meaning: 'Nothing that the trace shows held the frame up.',
    fill: NOTHING_FILL,
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
 * their time off the core stays theirs. So does time in which the trace shows a thread waiting for the GPU process or for the device.
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
    ...threads.compositor.map((row) => ({ cause: 'frame.compositor' as const, tasks: tasksOf(trace, row) })),
    ...threads.gpu.flatMap((row) => {
      const tasks = tasksOf(trace, row);
      const held = heldByCommands(trace, row);
      return [
        { cause: 'frame.gpu' as const, tasks: held.flatMap(({ startUs, endUs }) => clip(tasks, startUs, endUs)) },
        { cause: 'frame.draw' as const, tasks: subtract(tasks, held) },
      ];
    }),
  ];
  const causes = ({ startUs, mainAnimation }: Vsync): AffectedVsync['causes'] => {
    const endUs = startUs + periodUs;
    const busy = new Map<FrameCauseId, number>();
    const add = (id: FrameCauseId, us: number): unknown => busy.set(id, (busy.get(id) ?? 0) + us);
    if (mainAnimation) {
      for (const span of clip(main, startUs, endUs)) {
        const owned = hasHelpers(span.value) ? 1 : ownedShare(mainTasks, span.startUs);
        const us = span.endUs - span.startUs;
        add(span.value, us * owned);
        add('frame.preempted', us * (1 - owned));
      }
    }
    if (sumOf(busy) < MAIN_BUSY * periodUs) {
      busy.clear();
      for (const { cause, tasks } of others) {
        for (const task of clip(tasks, startUs, endUs)) {
          const us = task.endUs - task.startUs;
          add(cause, us * task.value);
          add('frame.preempted', us * (1 - task.value));
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

/** Callbacks that the browser makes for the page, as in a task of their own. */
const CALLBACKS = /^(FireAnimationFrame|EventDispatch|TimerFire)$/;

/**
 * What the main thread did. Collections and compilation count as themselves inside of inferences too. An inference on the GPU leaves the
 * thread while it waits, so rendering and callbacks of later tasks are not of it.
 */
function mainActivity(trace: Trace, main: number, inferences: readonly Span<unknown>[]): readonly Span<FrameCauseId>[] {
  const meaning = (name: string): FrameCauseId | null =>
    frameCauseIds.find((id) => (frameCauses[id] as FrameCauseEntry).slices?.test(name)) ?? null;
  const slices = flatten(findSlices(trace, [main], meaning, (id) => id).get(main) ?? []);
  const callbacks = union(
    findSlices(
      trace,
      [main],
      (name) => (CALLBACKS.test(name) ? name : null),
      (name) => name,
    ).get(main) ?? [],
  );
  const tasks = tasksOf(trace, main);
  const inInference = inferences.flatMap(({ startUs, endUs }): Span<FrameCauseId>[] => {
    const firstEndUs = clip(tasks, startUs, endUs)[0]?.endUs ?? startUs;
    const isOther = (span: Span<FrameCauseId>): boolean =>
      span.startUs >= firstEndUs && (span.value === 'frame.style' || clip(callbacks, span.startUs, span.endUs).length > 0);
    return clip(slices, startUs, endUs).map((span) =>
      hasHelpers(span.value) || isOther(span) ? span : { ...span, value: 'frame.inference' },
    );
  });
  return overlay(slices, inInference);
}

/**
 * A thread’s outermost tasks, with the part of each that is its own: in which it was on a core, or waited for the GPU process or for the
 * device. 1 where the trace does not say.
 */
function tasksOf(trace: Trace, thread: number): readonly Span<number>[] {
  const { columns } = trace.tables.slices;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const waits = lengthWithin(
    union(
      findSlices(
        trace,
        [thread],
        (name) => (isGpuWait(name) ? 'waits' : null),
        (waiting) => waiting,
      ).get(thread) ?? [],
    ),
  );
  const tasks: Span<number>[] = [];
  for (let row = from; row < to; row++) {
    if (columns.depth[row] !== 0) continue;
    const startUs = columns.startUs[row]!;
    const durationUs = columns.durationUs[row]!;
    const cpuUs = columns.cpuUs[row]!;
    const endUs = startUs + durationUs;
    const own = (): number => Math.min(1, (cpuUs + waits(startUs, endUs)) / durationUs);
    if (durationUs > 0) tasks.push({ startUs, endUs, value: Number.isNaN(cpuUs) ? 1 : own() });
  }
  return tasks;
}

/** Whether a thread waits in a slice: the page’s for the GPU process, or that for the device. */
const isGpuWait = (name: string): boolean => gpuWait(name) !== null || isDeviceWait(name);

function ownedShare(tasks: readonly Span<number>[], atUs: number): number {
  const [task] = clip(tasks, atUs, atUs + 1);
  return task?.value ?? 1;
}
