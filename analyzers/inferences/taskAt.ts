import { firstFrom } from './firstFrom.js';
import type { OutermostTask } from './outermostTasks.js';

/** The task that is under way at a moment; null where there is none. */
export function taskAt(tasks: readonly OutermostTask[], atUs: number): OutermostTask | null {
  const task = tasks[firstFrom(tasks, atUs) - 1];
  return task && task.endUs > atUs ? task : null;
}
