import type { OutermostTask } from './outermostTasks.js';
import { taskAt } from './taskAt.js';

/** What comes behind an inference in its task is the use of its outputs if it takes no longer than this part of it. */
const USE = 0.5;

/**
 * Where an inference ended, whose outputs are used in the task that it was seen in: with that task, unless it holds something else too, or
 * is busy with far more. Time in which another program has the core is nobody's work.
 * @param highUs when what comes next began
 * @param edgeUs how well its edges are known
 */
export function endInTask(
  { startUs, endUs }: { readonly startUs: number; readonly endUs: number },
  highUs: number,
  tasks: readonly OutermostTask[],
  edgeUs: number,
): number {
  const task = taskAt(tasks, endUs - edgeUs / 2);
  if (task === null || task.endUs > highUs) return endUs;
  const seenUs = endUs - Math.max(task.startUs, startUs);
  const behindUs = Math.min(task.endUs - endUs, task.busyUs - seenUs);
  return behindUs <= USE * (endUs - startUs) ? Math.max(task.endUs, endUs) : endUs;
}
