import type { OutermostTask } from './outermostTasks.js';
import type { ScriptSample } from './scriptsSampled.js';

interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

/** What comes behind an inference in its task is the use of its outputs if it takes no longer than this part of it. */
const USE = 0.5;

/** Whether what comes behind an inference in its task is so short that it is the use of its outputs. */
export const usesOutputs = ({ startUs, endUs }: Span, task: OutermostTask): boolean =>
  task.endUs - endUs <= USE * (endUs - startUs);

/**
 * Where an inference ended, whose task takes far longer. Time without a core is on either side of its end: it counts up to where the thread is
 * next seen in a script, and with no such sample not. Time in which the thread works counts as far as it is seen in what other inferences do, too.
 * @param samples of the thread in scripts behind the inference in its task, by time
 * @param isUsual whether other inferences are seen in a function
 */
export function endInTask(
  { startUs, endUs }: Span,
  task: OutermostTask,
  samples: readonly ScriptSample[],
  isUsual: (name: string) => boolean,
): number {
  const seenUs = endUs - Math.max(task.startUs, startUs);
  const busyUs = Math.max(0, task.busyUs - seenUs);
  const isUse = busyUs <= USE * (endUs - startUs);
  const last = samples.findLast(({ name }) => isUse || isUsual(name));
  return Math.max(isUse ? endUs + busyUs : endUs, last?.atUs ?? endUs);
}
