import { mostAroundUs } from './mostAroundUs.js';
import type { OutermostTask } from './outermostTasks.js';
import { taskAt } from './taskAt.js';

/**
 * Where an inference began, whose inputs are made in the task that it was seen in: with that task, unless it holds something else too, or far more
 * comes before. What a page does behind it in a long task is its own affair.
 * @param lowUs when what came before it ended, and highUs: when the next began
 * @param edgeUs how well its edges are known
 */
export function startInTask(
  { startUs, endUs }: { readonly startUs: number; readonly endUs: number },
  lowUs: number,
  highUs: number,
  tasks: readonly OutermostTask[],
  edgeUs: number,
): number {
  const task = taskAt(tasks, startUs + edgeUs / 2);
  const isOwn =
    task !== null &&
    task.startUs >= lowUs &&
    task.endUs <= highUs &&
    Math.min(startUs - task.startUs, task.busyUs) <= mostAroundUs(startUs, endUs, edgeUs);
  return isOwn ? Math.min(task.startUs, startUs) : startUs;
}
