import type { Trace } from '../src/trace/trace.js';
import { lowerBound, rowsOfThread } from './rows.js';
import { clip } from './spans.js';
import type { ThreadSpans } from './threadSpans.js';
import type { Window } from './windows.js';

/**
 * Rows of the slices that are tasks of the page in the middle of a window: tasks that begin and end inside it, were sampled, and
 * have no script of the run on their stacks. The run's scripts are those on the stacks of the tasks in which its windows begin and
 * end; where none was sampled there, nothing tells the page's tasks from the run's, and none is claimed.
 */
export function findPageTasks(trace: Trace, windows: readonly Window[], thread: number, owner: ThreadSpans): Set<number> {
  const scripts = new Set<string>();
  const inside: { row: number; urls: ReadonlySet<string> }[] = [];
  for (const { startUs, endUs } of windows) {
    for (const task of clip(owner.tasks, startUs, endUs)) {
      const urls = scriptsOnStack(trace, thread, task.startUs, task.endUs);
      if (urls === null) continue;
      if (task.startUs === startUs || task.endUs === endUs) for (const url of urls) scripts.add(url);
      else inside.push({ row: task.value.row, urls });
    }
  }
  if (scripts.size === 0) return new Set();
  return new Set(inside.filter(({ urls }) => ![...urls].some((url) => scripts.has(url))).map(({ row }) => row));
}

/** URLs of all scripts and modules on the stacks of a thread in [startUs, endUs); null if it was not sampled there. */
function scriptsOnStack(trace: Trace, thread: number, startUs: number, endUs: number): Set<string> | null {
  const { columns: samples } = trace.tables.samples;
  const { columns: frames } = trace.tables.callFrames;
  const [from, to] = rowsOfThread(samples.thread, thread);
  const first = lowerBound(samples.atUs, startUs, from, to);
  const last = lowerBound(samples.atUs, endUs, first, to);
  if (first === last) return null;
  const seen = new Set<number>();
  const urls = new Set<string>();
  for (let row = first; row < last; row++) {
    for (let frame = samples.frame[row]!; frame >= 0 && !seen.has(frame); frame = frames.parent[frame]!) {
      seen.add(frame);
      const url = frames.url.at(frame);
      if (url !== '') urls.add(url);
    }
  }
  return urls;
}
