import type { Trace } from '../../src/trace/trace.js';
import { byName, sliceArgs } from '../activity/findSlices.js';
import { nearestFrame } from '../activity/nearestFrame.js';
import { rowsOfThread, samplesBetween } from '../activity/search.js';
import { clip, type Span } from '../activity/spans.js';
import type { Task, ThreadSpans } from '../activity/threadSpans.js';
import type { Window } from '../activity/window.js';

/** Chrome's own work for a page: input, parsing, style, layout and painting. */
const RENDERING =
  /^(EventDispatch|ParseHTML|ParseAuthorStyleSheet|UpdateLayoutTree|Layout|PrePaint|Paint|Layerize|Commit|HitTest|Decode Image)$/;

/**
 * Rows of the slices that are tasks of the page in the middle of a window. Such a task begins and ends inside the window, and shows
 * that it is of the page: it runs scripts, none of them the run's, or it renders. Scripts are those on its sampled call stacks and
 * those that its slices name. The run's scripts are those sampled in the tasks in which its windows begin and end. If none was
 * sampled there, the page's tasks cannot be told from the run's, and the result is empty.
 * @param isOfGpu whether a task uses the GPU. Then it belongs to the run
 */
export function findPageTasks(
  trace: Trace,
  windows: readonly Window[],
  thread: number,
  owner: ThreadSpans,
  isOfGpu: (task: Span<Task>) => boolean,
): Set<number> {
  const atEdges: Span<Task>[] = [];
  const inside: Span<Task>[] = [];
  for (const { startUs, endUs } of windows) {
    for (const task of clip(owner.tasks, startUs, endUs)) {
      (task.startUs === startUs || task.endUs === endUs ? atEdges : inside).push(task);
    }
  }
  const scripts = new Set<string>();
  const { parent, url } = trace.tables.callFrames.columns;
  const seen = new Uint8Array(parent.length);
  for (const task of atEdges) {
    for (const sampled of framesIn(trace, thread, task)) {
      for (let frame = sampled; frame >= 0 && seen[frame] === 0; frame = parent[frame]!) {
        seen[frame] = 1;
        if (url.at(frame) !== '') scripts.add(url.at(frame));
      }
    }
  }
  if (scripts.size === 0) return new Set();
  const ofRun = nearestFrame(trace, (frame) => scripts.has(url.at(frame)));
  const isOfRun = (frame: number): boolean => ofRun(frame) >= 0;
  const ofScript = nearestFrame(trace, (frame) => url.at(frame) !== '');
  const isOfScript = (frame: number): boolean => ofScript(frame) >= 0;
  const inTask = taskContents(trace, thread);
  const pages = inside.filter((task) => {
    const frames = framesIn(trace, thread, task);
    const { urls, renders } = inTask(task);
    if (frames.some(isOfRun) || urls.some((each) => scripts.has(each)) || isOfGpu(task)) return false;
    return frames.some(isOfScript) || urls.length > 0 || renders;
  });
  return new Set(pages.map(({ value }) => value.row));
}

/** Returns what the slices in a task tell: scripts that they name, and whether the task renders. */
function taskContents(trace: Trace, thread: number): (task: Span<Task>) => { urls: string[]; renders: boolean } {
  const { columns } = trace.tables.slices;
  const [, last] = rowsOfThread(columns.thread, thread);
  const urlOf = sliceArgs(trace, 'data.url', 'text');
  const isRendering = byName(columns.name, (name) => RENDERING.test(name));
  return ({ endUs, value: { row: task } }) => {
    const urls: string[] = [];
    let renders = false;
    for (let row = task; row < last && columns.startUs[row]! < endUs; row++) {
      const named = urlOf.get(row);
      if (named) urls.push(named);
      renders ||= isRendering(row);
    }
    return { urls, renders };
  };
}

/** The innermost call frames of a thread's samples in a span. */
function framesIn(trace: Trace, thread: number, { startUs, endUs }: Span<unknown>): Int32Array {
  return trace.tables.samples.columns.frame.subarray(...samplesBetween(trace, thread, startUs, endUs));
}
